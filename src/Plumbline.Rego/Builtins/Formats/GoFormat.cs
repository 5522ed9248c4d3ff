using System.Globalization;
using System.Text;
using Plumbline.Values;

namespace Plumbline.Rego.Builtins.Formats;

/// <summary>Go's <c>fmt.Sprintf</c> (pkg.go.dev/fmt, "Printing") over the four types that OPA hands to it.</summary>
/// <remarks>
/// <code>
/// % [flags # + - 0 space] [width | *] [. precision | *] [[n]] verb
/// </code>
/// An integer of 64 bits is an <c>int</c>, a larger one a <c>big.Int</c>, any other number a <c>float64</c>, a string
/// a <c>string</c>; everything else is the string that Rego writes for it. What does not fit is said in the text:
/// <c>%!d(string=x)</c>, <c>%!v(MISSING)</c>, <c>%!(EXTRA int=1)</c>.
/// </remarks>
internal sealed class GoFormat
{
    /// <summary>Widths and precisions that Go accepts.</summary>
    private const int TooLarge = 1_000_000;

    private readonly IBuiltinContext? _context;
    private readonly string _format;
    private readonly Value _arguments;
    private readonly StringBuilder _output = new();
    private int _at;
    private int _argument;
    private bool _reordered;
    private bool _goodArgument;

    private GoFormat(IBuiltinContext? context, string format, Value arguments)
    {
        _context = context;
        _format = format;
        _arguments = arguments;
    }

    /// <param name="context">Is charged for widths; null where the work is bounded by what was shown already.</param>
    public static string Format(IBuiltinContext? context, string format, Value arguments) =>
        new GoFormat(context, format, arguments).Run();

    /// <summary>A string as it is, anything else as Rego writes it.</summary>
    public static string Plain(Value value) => value.IsString ? value.Utf8.ToString() : value.ToString();

    private string Run()
    {
        while (_at < _format.Length)
        {
            var next = _format.IndexOf('%', _at);
            next = next < 0 ? _format.Length : next;
            _output.Append(_format, _at, next - _at);
            _at = next + 1;
            if (next < _format.Length)
            {
                Directive();
            }
        }

        Extra();
        _context?.Charge(_output.Length);
        return _output.ToString();
    }

    private void Directive()
    {
        var spec = ReadFlags();
        _goodArgument = true;
        var afterIndex = ReadIndex();
        if (_at < _format.Length && _format[_at] == '*')
        {
            _at++;
            spec.Width = TakeNumber();
            if (spec.Width is null)
            {
                _output.Append("%!(BADWIDTH)");
            }
            else if (spec.Width < 0)
            {
                spec.Width = -spec.Width;
                spec.Minus = true;
                spec.Zero = false;
            }

            afterIndex = false;
        }
        else if (ReadNumber() is { } width)
        {
            spec.Width = width;
            _goodArgument &= !afterIndex;
        }

        if (_at < _format.Length && _format[_at] == '.')
        {
            _at++;
            _goodArgument &= !afterIndex;
            afterIndex = ReadIndex();
            if (_at < _format.Length && _format[_at] == '*')
            {
                _at++;
                spec.Precision = TakeNumber();
                if (spec.Precision is null or < 0)
                {
                    spec.Precision = null;
                    _output.Append("%!(BADPREC)");
                }

                afterIndex = false;
            }
            else
            {
                spec.Precision = ReadNumber() ?? 0;
            }
        }

        if (!afterIndex)
        {
            ReadIndex();
        }

        Verb(spec);
    }

    private void Verb(FormatSpec spec)
    {
        if (_at >= _format.Length)
        {
            _output.Append("%!(NOVERB)");
            return;
        }

        _ = Rune.DecodeFromUtf16(_format.AsSpan(_at), out var verb, out var length);
        _at += length;
        if (verb.Value == '%')
        {
            _output.Append('%');
        }
        else if (!_goodArgument)
        {
            _output.Append("%!").Append(verb).Append("(BADINDEX)");
        }
        else if (_argument >= _arguments.Count)
        {
            _output.Append("%!").Append(verb).Append("(MISSING)");
        }
        else
        {
            _context?.Charge((spec.Width ?? 0) + (spec.Precision ?? 0));
            _output.Append(GoVerb.Format(_arguments[_argument++], verb, spec));
        }
    }

    private FormatSpec ReadFlags()
    {
        var spec = new FormatSpec();
        for (; _at < _format.Length; _at++)
        {
            switch (_format[_at])
            {
                case '#':
                    spec.Sharp = true;
                    break;
                case '0':
                    spec.Zero = true;
                    break;
                case '+':
                    spec.Plus = true;
                    break;
                case '-':
                    spec.Minus = true;
                    break;
                case ' ':
                    spec.Space = true;
                    break;
                default:
                    return spec;
            }
        }

        return spec;
    }

    private int? ReadNumber()
    {
        var start = _at;
        var number = 0;
        for (; _at < _format.Length && char.IsAsciiDigit(_format[_at]); _at++)
        {
            number = Math.Min(TooLarge + 1, number * 10 + (_format[_at] - '0'));
        }

        return _at == start || number > TooLarge ? null : number;
    }

    /// <summary>Reads <c>[3]</c>, which names the next argument from 1.</summary>
    private bool ReadIndex()
    {
        if (_at >= _format.Length || _format[_at] != '[')
        {
            return false;
        }

        _reordered = true;
        var close = _format.IndexOf(']', _at);
        var inside = close < 0 ? "" : _format[(_at + 1)..close];
        var isGood =
            int.TryParse(inside, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && index >= 1
            && index <= _arguments.Count;
        _at = close < 0 ? _at + 1 : close + 1;
        _goodArgument &= isGood;
        _argument = isGood ? index - 1 : _argument;
        return isGood;
    }

    /// <summary>A width or precision that is an argument; null where it is no small integer.</summary>
    private int? TakeNumber() =>
        _argument < _arguments.Count
        && _arguments[_argument++].TryGetInt64(out var number)
        && Math.Abs(number) <= TooLarge
            ? (int)number
            : null;

    private void Extra()
    {
        if (_reordered || _argument >= _arguments.Count)
        {
            return;
        }

        var extra = Enumerable
            .Range(_argument, _arguments.Count - _argument)
            .Select(i => $"{GoVerb.TypeOf(_arguments[i])}={GoVerb.Format(_arguments[i], new Rune('v'), default)}");
        _output.Append("%!(EXTRA ").AppendJoin(", ", extra).Append(')');
    }
}

/// <summary>What stands between a percent sign and its verb.</summary>
internal record struct FormatSpec
{
    public bool Sharp { get; set; }
    public bool Zero { get; set; }
    public bool Plus { get; set; }
    public bool Minus { get; set; }
    public bool Space { get; set; }
    public int? Width { get; set; }
    public int? Precision { get; set; }

    /// <summary>Fills up to the width, with zeros only where the flag says so and the text is not put left.</summary>
    public readonly string Pad(string text)
    {
        var missing = (Width ?? 0) - Text.CountRunes(Encoding.UTF8.GetBytes(text));
        return missing <= 0 ? text
            : Minus ? text + new string(' ', missing)
            : new string(Zero ? '0' : ' ', missing) + text;
    }

    /// <summary>Puts a sign before the digits; zeros go between the two.</summary>
    public readonly string PadNumber(bool negative, string digits)
    {
        var sign =
            negative ? "-"
            : Plus ? "+"
            : Space ? " "
            : "";
        var zeros = Zero && !Minus ? (Width ?? 0) - sign.Length - digits.Length : 0;
        return (this with { Zero = false }).Pad(sign + new string('0', Math.Max(0, zeros)) + digits);
    }
}
