using System.Text;
using Plumbline.Rego.Builtins.Formats;
using Plumbline.Values;

namespace Plumbline.Rego.Builtins;

/// <summary>The "Strings" functions of the Rego reference, those that search aside (<see cref="StringSearchBuiltins"/>).</summary>
/// <remarks>Positions and lengths count code points; what a text costs is charged by its bytes.</remarks>
internal static class StringBuiltins
{
    public static readonly Builtin[] All =
    [
        Builtin.Of<Utf8, AnArrayOrSet>("concat", Concat),
        Builtin.Of<Utf8>("lower", (context, s) => Charged(context, s, s => Mapped(s, Rune.ToLowerInvariant))),
        Builtin.Of<Utf8>("upper", (context, s) => Charged(context, s, s => Mapped(s, Rune.ToUpperInvariant))),
        Builtin.Of<Utf8, Utf8, Utf8>("replace", Replace),
        Builtin.Of<AnObject, Utf8>("strings.replace_n", ReplaceMany),
        Builtin.Of<Utf8>("strings.reverse", (context, s) => Charged(context, s, Reverse)),
        Builtin.Of<Utf8, Utf8>("split", Split),
        Builtin.Of<Utf8, Utf8, long>("strings.split_n", SplitSome),
        Builtin.Of<Utf8, long, long>("substring", Substring),
        Builtin.Of<Utf8, Utf8>("trim", (context, s, set) => Trim(context, s, set, start: true, end: true)),
        Builtin.Of<Utf8, Utf8>("trim_left", (context, s, set) => Trim(context, s, set, start: true, end: false)),
        Builtin.Of<Utf8, Utf8>("trim_right", (context, s, set) => Trim(context, s, set, start: false, end: true)),
        Builtin.Of<Utf8>(
            "trim_space",
            (context, s) => Charged(context, s, s => Text.Trim(s, Rune.IsWhiteSpace, start: true, end: true))
        ),
        Builtin.Of<Utf8, Utf8>("trim_prefix", (s, p) => s.Span.StartsWith(p.Span) ? s.Slice(p.Length) : s),
        Builtin.Of<Utf8, Utf8>(
            "trim_suffix",
            (s, end) => s.Span.EndsWith(end.Span) ? s.Slice(0, s.Length - end.Length) : s
        ),
        Builtin.Of<Utf8, AnArray>("sprintf", Format).AsTotal((_, o) => FormatUnknown(o)),
        Builtin.Of<AnArray>("internal.template_string", Fill).WhenUnknown((_, o) => FillUnknown(o)),
    ];

    private static Utf8 Charged(IBuiltinContext context, Utf8 text, Func<Utf8, Utf8> make)
    {
        context.Charge(text.Length);
        return make(text);
    }

    private static Answer Concat(IBuiltinContext context, Utf8 delimiter, AnArrayOrSet collection)
    {
        var members = Members.InOrder(collection.Value);
        var parts = new Utf8[members.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!members[i].IsString)
            {
                return Members.WrongMember(2, collection.Value, members[i], "string");
            }

            parts[i] = members[i].Utf8;
            context.Charge(1 + parts[i].Length + delimiter.Length);
        }

        return Text.Join(parts, delimiter);
    }

    /// <summary>Each code point by its simple mapping, as Go's <c>strings.ToLower</c> and <c>ToUpper</c>.</summary>
    private static Utf8 Mapped(Utf8 text, Func<Rune, Rune> map)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.ToString().EnumerateRunes())
        {
            result.Append(map(rune));
        }

        return result.ToString();
    }

    private static Answer Replace(IBuiltinContext context, Utf8 text, Utf8 old, Utf8 @new)
    {
        var places = old.Length == 0 ? Text.CountRunes(text.Span) + 1 : text.Span.Count(old.Span);
        context.Charge(text.Length + (long)places * @new.Length);
        return Text.Replace(text, old, @new);
    }

    /// <summary>From left to right, at each place the first pattern in order that fits; what was replaced is not looked at again.</summary>
    private static Answer ReplaceMany(IBuiltinContext context, AnObject patterns, Utf8 text)
    {
        var order = Members.Order(patterns.Value);
        foreach (var i in order)
        {
            if (!patterns.Value.KeyAt(i).IsString)
            {
                return Answer.WrongType("operand 1 non-string key found in pattern object");
            }

            if (!patterns.Value[i].IsString)
            {
                return Answer.WrongType("operand 1 non-string value found in pattern object");
            }
        }

        var parts = new List<Utf8>();
        var (kept, afterEmpty) = (0, false);
        for (var at = 0; at <= text.Length; )
        {
            context.Charge(1 + order.Length);
            var rest = text.Slice(at);
            var found = Array.FindIndex(
                order,
                i =>
                    Fits(patterns.Value.KeyAt(i).Utf8, rest)
                    && !(afterEmpty && patterns.Value.KeyAt(i).Utf8.Length == 0)
            );
            afterEmpty = found >= 0 && patterns.Value.KeyAt(order[found]).Utf8.Length == 0;
            if (found < 0)
            {
                at += at == text.Length ? 1 : Text.RuneLength(text.Span, at);
                continue;
            }

            var value = patterns.Value[order[found]].Utf8;
            context.Charge(value.Length);
            parts.Add(text.Slice(kept, at - kept));
            parts.Add(value);
            at += patterns.Value.KeyAt(order[found]).Utf8.Length;
            kept = at;
        }

        parts.Add(text.Slice(kept));
        return Text.Join(parts, Utf8.Empty);
    }

    private static bool Fits(Utf8 pattern, Utf8 rest) => rest.Span.StartsWith(pattern.Span);

    private static Utf8 Reverse(Utf8 text)
    {
        var runes = Text.Runes(text);
        runes.Reverse();
        return Text.Join(runes, Utf8.Empty);
    }

    private static Answer Split(IBuiltinContext context, Utf8 text, Utf8 delimiter)
    {
        var parts = Text.Split(text, delimiter);
        context.Charge(parts.Count + Text.ScanSteps(text));
        return Text.ToArray(parts);
    }

    /// <summary>The first parts, or for a negative number the last.</summary>
    private static Answer SplitSome(IBuiltinContext context, Utf8 text, Utf8 delimiter, long wanted)
    {
        var parts = Text.Split(text, delimiter);
        context.Charge(parts.Count + Text.ScanSteps(text));
        var count = (int)Math.Min(parts.Count, wanted == long.MinValue ? long.MaxValue : Math.Abs(wanted));
        return Text.ToArray(parts.GetRange(wanted < 0 ? parts.Count - count : 0, count));
    }

    /// <summary>A negative length means all that follows.</summary>
    private static Answer Substring(IBuiltinContext context, Utf8 text, long start, long length)
    {
        context.Charge(Text.ScanSteps(text));
        if (start < 0)
        {
            return Answer.Invalid("negative offset");
        }

        var rest = text.Slice(Text.OffsetOf(text.Span, start));
        return length < 0 ? rest : rest.Slice(0, Text.OffsetOf(rest.Span, length));
    }

    private static Answer Trim(IBuiltinContext context, Utf8 text, Utf8 set, bool start, bool end)
    {
        context.Charge(set.Length + Text.ScanSteps(text));
        var runes = set.ToString().EnumerateRunes().ToHashSet();
        return Text.Trim(text, runes.Contains, start, end);
    }

    private static Answer Format(IBuiltinContext context, Utf8 format, AnArray arguments) =>
        GoFormat.Format(context, format.ToString(), arguments.Value);

    /// <summary>A text in which unknowns are shown, as far as it is sure: up to the first of them.</summary>
    private static UnknownAnswer FormatUnknown(ReadOnlySpan<Value> operands)
    {
        var (format, arguments) = (operands[0], operands[1]);
        if (!format.IsString || !arguments.IsArray || arguments.IsOpen)
        {
            var isText = Unknowns.KindOf(format) == ValueKind.String && Unknowns.KindOf(arguments) == ValueKind.Array;
            return new UnknownAnswer(Unknowns.Fresh(operands, ValueKind.String), isText);
        }

        var text = GoFormat.Format(null, format.Utf8.ToString(), arguments);
        return UnknownAnswer.Certain(Unknowns.FreshText(operands, SureStart(text), text));
    }

    /// <summary>The parts of a template string: texts, and sets of at most one value (rego: <c>$"{x}"</c>).</summary>
    private static Answer Fill(IBuiltinContext context, AnArray parts)
    {
        var text = new StringBuilder();
        for (var i = 0; i < parts.Value.Count; i++)
        {
            var part = parts.Value[i];
            if (part is { IsSet: true, Count: > 1 })
            {
                return Answer.Invalid("template-strings must not produce multiple outputs");
            }

            var shown = Show(part);
            context.Charge(shown.Length);
            text.Append(shown);
        }

        return text.ToString();
    }

    private static UnknownAnswer FillUnknown(ReadOnlySpan<Value> operands)
    {
        var parts = operands[0];
        if (!parts.IsArray || parts.IsOpen)
        {
            return UnknownAnswer.Possible(Unknowns.Fresh(operands, ValueKind.String));
        }

        var (text, isSure) = (new StringBuilder(), true);
        for (var i = 0; i < parts.Count; i++)
        {
            text.Append(Show(parts[i]));
            isSure &= parts[i] is not { IsSet: true, Count: > 1 } and not { IsSet: true, IsOpen: true };
        }

        var shown = text.ToString();
        return new UnknownAnswer(Unknowns.FreshText(operands, SureStart(shown), shown), isSure);
    }

    private static string Show(Value part) =>
        part switch
        {
            { IsSet: true, Count: 0, IsOpen: false } => "<undefined>",
            { IsSet: true, Count: 0 } => $"‹unknown: {part.Open!.Cause}›",
            { IsSet: true } => GoFormat.Plain(part[0]),
            _ => GoFormat.Plain(part),
        };

    /// <summary>What stands before the first mark of an unknown or of an open collection.</summary>
    private static Utf8 SureStart(string text)
    {
        var end = text.AsSpan().IndexOfAny('‹', '…');
        return end < 0 ? text : text[..end];
    }
}
