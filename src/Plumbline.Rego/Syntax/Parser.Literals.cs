using System.Globalization;
using System.Text;
using Plumbline.Values;

namespace Plumbline.Rego.Syntax;

/// <summary>Numbers, strings and template strings.</summary>
internal sealed partial class Parser
{
    /// <summary>A number with its sign and a leading point, which OPA allows: <c>-.5</c>.</summary>
    private Literal ParseNumber()
    {
        var start = Current.Span;
        var negative = Accept(TokenKind.Minus);
        var point = Accept(TokenKind.Dot);
        if (_kind != TokenKind.Number)
        {
            Unexpected("expected number", negative ? "write `0 - x` to negate a term" : null);
            return new Literal(start, Value.Null);
        }

        var digits = _source.Bytes.AsSpan(Current.Start, Current.Length);
        if (!point && digits.Length > 1 && digits[0] == '0' && char.IsAsciiDigit((char)digits[1]))
        {
            Unexpected("expected number without leading zero");
        }

        if (!TryReadNumber(digits, point, out var number))
        {
            Fail("number too big", $"expected an exponent within {MaxExponent}");
        }

        Advance();
        return new Literal(start.To(Previous.Span), Value.Of(negative ? number.Negate() : number));
    }

    /// <summary>OPA's limit, 100,000 binary digits, in decimal ones.</summary>
    private const int MaxExponent = 30_102;

    private static bool TryReadNumber(ReadOnlySpan<byte> digits, bool point, out Number number)
    {
        if (
            digits.Length < 19
            && !point
            && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var small)
        )
        {
            number = small;
            return true;
        }

        number = default;
        var exponent = digits.IndexOfAny((byte)'e', (byte)'E');
        if (
            exponent >= 0
            && (
                !int.TryParse(
                    digits[(exponent + 1)..],
                    NumberStyles.AllowLeadingSign,
                    CultureInfo.InvariantCulture,
                    out var written
                )
                || Math.Abs((long)written) > MaxExponent
            )
        )
        {
            return false;
        }

        return Number.TryParse(point ? [.. "0."u8, .. digits] : digits, out number);
    }

    private Literal ParseString()
    {
        var inner = _source.Bytes.AsSpan(Current.Start + 1, Current.Length - 2);
        return Constant(
            inner.Contains((byte)'\\')
                ? Unescape(inner, isTemplate: false)
                : Value.Of(new Utf8(_source.Bytes, Current.Start + 1, inner.Length))
        );
    }

    /// <summary>JSON's escapes (RFC 8259, section 7), in template strings also <c>\{</c>; a lone surrogate becomes U+FFFD.</summary>
    private Value Unescape(ReadOnlySpan<byte> text, bool isTemplate)
    {
        var decoded = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                decoded.Add(text[i]);
                continue;
            }

            switch (++i < text.Length ? text[i] : 0)
            {
                case (byte)'"' or (byte)'\\' or (byte)'/':
                    decoded.Add(text[i]);
                    break;
                case (byte)'{' when isTemplate:
                    decoded.Add((byte)'{');
                    break;
                case (byte)'b':
                    decoded.Add(0x08);
                    break;
                case (byte)'f':
                    decoded.Add(0x0C);
                    break;
                case (byte)'n':
                    decoded.Add(0x0A);
                    break;
                case (byte)'r':
                    decoded.Add(0x0D);
                    break;
                case (byte)'t':
                    decoded.Add(0x09);
                    break;
                case (byte)'u' when TryCodeUnit(text, i + 1, out var unit):
                    i += 4;
                    if (
                        char.IsHighSurrogate(unit)
                        && text[(i + 1)..].StartsWith("\\u"u8)
                        && TryCodeUnit(text, i + 3, out var low)
                        && char.IsLowSurrogate(low)
                    )
                    {
                        i += 6;
                        AddRune(new Rune(unit, low));
                    }
                    else
                    {
                        AddRune(Rune.TryCreate(unit, out var rune) ? rune : Rune.ReplacementChar);
                    }

                    break;
                default:
                    Fail(
                        "illegal escape sequence",
                        @"expected one of `""\/bfnrtu` after `\`; a raw string in backquotes has no escapes"
                    );
                    return Value.Null;
            }
        }

        var bytes = decoded.ToArray();
        return Value.Of(new Utf8(bytes, 0, bytes.Length));

        void AddRune(Rune rune)
        {
            Span<byte> encoded = stackalloc byte[4];
            decoded.AddRange(encoded[..rune.EncodeToUtf8(encoded)]);
        }
    }

    private static bool TryCodeUnit(ReadOnlySpan<byte> text, int at, out char unit)
    {
        unit = '\0';
        if (
            at + 4 > text.Length
            || !ushort.TryParse(
                text.Slice(at, 4),
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture,
                out var code
            )
        )
        {
            return false;
        }

        unit = (char)code;
        return true;
    }

    /// <summary>e.g. <c>$"{x} is not {y}"</c>; texts and constants that adjoin become one part.</summary>
    private TemplateString ParseTemplate()
    {
        var start = Current.Span;
        var isRaw = _kind == TokenKind.RawTemplate;
        var mark = _terms.Mark;
        var height = 0;
        var text = new List<Literal>();
        Advance();
        while (!_failed && !Accept(TokenKind.TemplateEnd))
        {
            var part = _kind == TokenKind.TemplateText ? ParseTemplateText(isRaw) : ParseTemplateTerm();
            height = Math.Max(height, _height);
            if (part is Literal literal)
            {
                text.Add(literal);
                continue;
            }

            AddText(text);
            _terms.Add(part);
        }

        AddText(text);
        SetHeight(height + 1);
        return new TemplateString(start.To(Previous.Span), _terms.Take(mark));
    }

    private void AddText(List<Literal> text)
    {
        if (text.Count == 1)
        {
            _terms.Add(text[0] with { Value = TextOf(text[0].Value) });
        }
        else if (text.Count > 1)
        {
            var joined = new List<byte>();
            text.ForEach(t => joined.AddRange(TextOf(t.Value).Utf8.Span));
            var bytes = joined.ToArray();
            _terms.Add(new Literal(text[0].Span.To(text[^1].Span), Value.Of(new Utf8(bytes, 0, bytes.Length))));
        }

        text.Clear();
    }

    private static Value TextOf(Value constant) => constant.IsString ? constant : Value.Of(constant.ToString());

    private Literal ParseTemplateText(bool isRaw)
    {
        var text = _source.Bytes.AsSpan(Current.Start, Current.Length);
        _height = 1;
        return Constant(
            !text.Contains((byte)'\\') ? Value.Of(new Utf8(_source.Bytes, Current.Start, Current.Length))
            : isRaw ? Value.Of(Encoding.UTF8.GetString(text).Replace(@"\{", "{"))
            : Unescape(text, isTemplate: true)
        );
    }

    private Term ParseTemplateTerm()
    {
        if (!Accept(TokenKind.TemplateOpen))
        {
            Unexpected("expected } to end template string expression");
        }

        var statement = ParseStatement();
        if (!Accept(TokenKind.TemplateClose))
        {
            Unexpected("expected } to end template string expression");
        }

        switch (statement)
        {
            case ExpressionStatement { Term: Call { IsInfix: true, Name: ["assign"] } }:
                Fail(statement.Span, "unexpected assignment (':=') in template-string expression");
                break;
            case ExpressionStatement { Term: Call { IsInfix: true, Name: ["eq"] } }:
                Fail(statement.Span, "unexpected unification ('=') in template-string expression");
                break;
            case ExpressionStatement { With.IsEmpty: true } plain:
                return plain.Term;
            case ExpressionStatement replaced:
                return Replaced(replaced);
            default:
                Fail(statement.Span, "expected a term in template-string expression");
                break;
        }

        return new Literal(statement.Span, Value.Null);
    }

    /// <summary>A term under <c>with</c> has no node of its own: <c>{a with input as x}</c> is <c>[t | t := a with input as x][0]</c>.</summary>
    private Reference Replaced(ExpressionStatement statement)
    {
        var span = statement.Span;
        var name = new Variable(span, "__template_term__");
        var bound = statement with
        {
            Term = new Call(span, Operators.NameOf(TokenKind.Assign), [name, statement.Term]) { IsInfix = true },
        };
        SetHeight(_height + 3);
        return new Reference(
            span,
            new ArrayComprehension(span, name, new Body(span, [bound])),
            [new Literal(span, Value.Of(0))]
        );
    }
}
