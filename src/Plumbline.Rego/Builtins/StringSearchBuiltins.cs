using Plumbline.Values;

namespace Plumbline.Rego.Builtins;

/// <summary>The functions of the Rego reference that look for a text in a text.</summary>
internal static class StringSearchBuiltins
{
    public static readonly Builtin[] All =
    [
        Builtin.Of<Utf8, Utf8>("contains", (context, s, part) => Scanned(context, s).IndexOf(part.Span) >= 0),
        Builtin
            .Of<Utf8, Utf8>("startswith", (s, start) => s.Span.StartsWith(start.Span))
            .WhenUnknown((_, o) => StartsWithUnknown(o)),
        Builtin.Of<Utf8, Utf8>("endswith", (s, end) => s.Span.EndsWith(end.Span)),
        Builtin.Of<Utf8, Utf8>("indexof", IndexOf),
        Builtin.Of<Utf8, Utf8>("indexof_n", IndexesOf),
        Builtin.Of<Utf8, Utf8>("strings.count", CountOf),
        Builtin.Of<Value, Value>(
            "strings.any_prefix_match",
            (context, s, starts) => AnyMatch(context, s, starts, (s, start) => s.Span.StartsWith(start.Span))
        ),
        Builtin.Of<Value, Value>(
            "strings.any_suffix_match",
            (context, s, ends) => AnyMatch(context, s, ends, (s, end) => s.Span.EndsWith(end.Span))
        ),
    ];

    /// <summary>The text, whose one reading is charged.</summary>
    private static ReadOnlySpan<byte> Scanned(IBuiltinContext context, Utf8 text)
    {
        context.Charge(Text.ScanSteps(text));
        return text.Span;
    }

    private static Answer CountOf(IBuiltinContext context, Utf8 text, Utf8 part) =>
        part.Length == 0 ? Text.CountRunes(Scanned(context, text)) + 1L : Scanned(context, text).Count(part.Span);

    /// <summary>The first place in code points, or -1.</summary>
    private static Answer IndexOf(IBuiltinContext context, Utf8 text, Utf8 part)
    {
        if (part.Length == 0)
        {
            return Answer.Invalid("empty search character");
        }

        var at = Scanned(context, text).IndexOf(part.Span);
        return at < 0 ? -1L : Text.CountRunes(text.Span[..at]);
    }

    /// <summary>All places in code points; occurrences may overlap.</summary>
    private static Answer IndexesOf(IBuiltinContext context, Utf8 text, Utf8 part)
    {
        if (part.Length == 0)
        {
            return Answer.Invalid("empty search character");
        }

        context.Charge(text.Length);
        var places = new ArrayBuilder();
        var (start, runes) = (0, 0L);
        while (text.Span[start..].IndexOf(part.Span) is >= 0 and var at)
        {
            runes += Text.CountRunes(text.Span.Slice(start, at));
            places.Add(runes);
            start += at + Text.RuneLength(text.Span, start + at);
            runes++;
        }

        return places.Build();
    }

    private static Answer AnyMatch(IBuiltinContext context, Value texts, Value parts, Func<Utf8, Utf8, bool> matches)
    {
        if (Strings(1, texts, out var searched) is { } wrongTexts)
        {
            return wrongTexts;
        }

        if (Strings(2, parts, out var wanted) is { } wrongParts)
        {
            return wrongParts;
        }

        foreach (var text in searched)
        {
            context.Charge(1 + wanted.Length);
            if (Array.Exists(wanted, part => matches(text, part)))
            {
                return true;
            }
        }

        return false;
    }

    /// <returns>Null where the operand is a string or a collection of strings.</returns>
    private static Answer? Strings(int operand, Value value, out Utf8[] strings)
    {
        strings = [];
        if (value.IsString)
        {
            strings = [value.Utf8];
            return null;
        }

        if (!value.IsArray && !value.IsSet)
        {
            return Answer.WrongType(operand, "one of {string, set, array}", value);
        }

        strings = new Utf8[value.Count];
        for (var i = 0; i < strings.Length; i++)
        {
            if (!value[i].IsString)
            {
                return Members.WrongMember(operand, value, value[i], "string");
            }

            strings[i] = value[i].Utf8;
        }

        return null;
    }

    /// <summary>Decided by the known start of either text (rule 11).</summary>
    private static UnknownAnswer StartsWithUnknown(ReadOnlySpan<Value> operands)
    {
        if (Unknowns.KindOf(operands[0]) != ValueKind.String || Unknowns.KindOf(operands[1]) != ValueKind.String)
        {
            return UnknownAnswer.Possible(Unknowns.Fresh(operands, ValueKind.Boolean));
        }

        var (text, isWholeText) = Unknowns.PrefixOf(operands[0]);
        var (start, isWholeStart) = Unknowns.PrefixOf(operands[1]);
        var shared = Math.Min(text.Length, start.Length);
        var answer =
            !text.Span[..shared].SequenceEqual(start.Span[..shared]) ? Tri.No
            : isWholeStart && start.Length <= text.Length ? Tri.Yes
            : isWholeText && start.Length > text.Length ? Tri.No
            : Tri.Possible;
        return UnknownAnswer.Certain(Unknowns.Truth(answer, operands));
    }
}
