using System.Text;
using Plumbline.Rego.Builtins.Re2;
using Plumbline.Values;

namespace Plumbline.Rego.Builtins;

/// <summary>The "Regex" functions of the Rego reference, over RE2's syntax and in linear time.</summary>
/// <remarks>A pattern that the linear engine refuses is an error of the builtin, never a slower engine.</remarks>
internal static class RegexBuiltins
{
    public static readonly Builtin[] All =
    [
        Builtin.Of<Utf8, Utf8>("regex.match", Match),
        Builtin.Of<Utf8, Utf8>("re_match", Match).Deprecated(),
        Builtin.Of<Value>("regex.is_valid", (context, v) => v.IsString && Compile(context, v.Utf8, out _) is null),
        Builtin.Of<Utf8, Utf8, long>(
            "regex.find_n",
            (context, pattern, text, n) => Find(context, pattern, text, n, Whole)
        ),
        Builtin.Of<Utf8, Utf8, long>(
            "regex.find_all_string_submatch_n",
            (context, pattern, text, n) => Find(context, pattern, text, n, Groups)
        ),
        Builtin.Of<Utf8, Utf8>("regex.split", Split),
        Builtin.Of<Utf8, Utf8, Utf8>("regex.replace", Replace),
        Builtin.Of<Utf8, Utf8, Utf8, Utf8>("regex.template_match", MatchTemplate),
        Builtin.Of<Utf8, Utf8>("regex.globs_match", GlobIntersection.Match),
    ];

    /// <summary>Characters that stand for themselves only behind a backslash.</summary>
    private const string Special = @"\.+*?()|[]{}^$";

    /// <summary>A compiled pattern, or why there is none.</summary>
    private sealed record Compiled(Pattern? Pattern, string? Fault);

    /// <returns>Null where the pattern was compiled.</returns>
    private static Answer? Compile(IBuiltinContext context, Utf8 text, out Pattern pattern)
    {
        context.Charge(text.Length);
        var compiled = context.Cached("regex", text, Make);
        pattern = compiled.Pattern!;
        return compiled.Fault is null ? (Answer?)null : Answer.Invalid(compiled.Fault);
    }

    private static Compiled Make(Utf8 text)
    {
        try
        {
            return new Compiled(Pattern.Of(text.ToString()), null);
        }
        catch (PatternException e)
        {
            return new Compiled(null, e.Message);
        }
    }

    private static Answer Match(IBuiltinContext context, Utf8 pattern, Utf8 text)
    {
        if (Compile(context, pattern, out var compiled) is { } fault)
        {
            return fault;
        }

        context.Charge(text.Length);
        return compiled.IsMatch(text);
    }

    private static Answer Find(
        IBuiltinContext context,
        Utf8 pattern,
        Utf8 text,
        long limit,
        Func<Pattern, PatternMatch, Utf8, Value> show
    )
    {
        if (Compile(context, pattern, out var compiled) is { } fault)
        {
            return fault;
        }

        context.Charge(text.Length);
        var found = compiled.Find(text, limit);
        context.Charge((long)found.Count * compiled.Names.Count);
        var shown = new ArrayBuilder();
        foreach (var match in found)
        {
            shown.Add(show(compiled, match, text));
        }

        return shown.Build();
    }

    private static Value Whole(Pattern pattern, PatternMatch match, Utf8 text) => match.Group(text, 0);

    private static Value Groups(Pattern pattern, PatternMatch match, Utf8 text)
    {
        var groups = new ArrayBuilder();
        for (var i = 0; i < pattern.Names.Count; i++)
        {
            groups.Add(match.Group(text, i));
        }

        return groups.Build();
    }

    /// <summary>The parts between the matches (Go's <c>Split</c>): an empty match at the very start parts nothing.</summary>
    private static Answer Split(IBuiltinContext context, Utf8 pattern, Utf8 text)
    {
        if (Compile(context, pattern, out var compiled) is { } fault)
        {
            return fault;
        }

        context.Charge(text.Length);
        if (pattern.Length > 0 && text.Length == 0)
        {
            return Value.ArrayOf("");
        }

        var parts = new List<Utf8>();
        var (start, end) = (0, 0);
        foreach (var match in compiled.Find(text, -1))
        {
            end = match.Start;
            if (match.End != 0)
            {
                parts.Add(text.Slice(start, end - start));
            }

            start = match.End;
        }

        if (end != text.Length)
        {
            parts.Add(text.Slice(start));
        }

        return Text.ToArray(parts);
    }

    private static Answer Replace(IBuiltinContext context, Utf8 text, Utf8 pattern, Utf8 replacement)
    {
        if (Compile(context, pattern, out var compiled) is { } fault)
        {
            return fault;
        }

        context.Charge(text.Length);
        var template = Template(replacement.ToString(), compiled.Names);
        var parts = new List<Utf8>();
        var end = 0;
        foreach (var match in compiled.Find(text, -1))
        {
            parts.Add(text.Slice(end, match.Start - end));
            foreach (var (literal, group) in template)
            {
                var part = group < 0 ? literal : match.Group(text, group);
                context.Charge(1 + part.Length);
                parts.Add(part);
            }

            end = match.End;
        }

        parts.Add(text.Slice(end));
        return Text.Join(parts, Utf8.Empty);
    }

    /// <summary>The parts of a replacement (Go's <c>Expand</c>): <c>$1</c>, <c>$name</c>, <c>${name}</c>, <c>$$</c>; a group that is not there is empty.</summary>
    private static List<(Utf8 Literal, int Group)> Template(string text, IReadOnlyList<string?> names)
    {
        var parts = new List<(Utf8, int)>();
        for (var at = 0; at < text.Length; )
        {
            var dollar = text.IndexOf('$', at);
            if (dollar != at)
            {
                var stop = dollar < 0 ? text.Length : dollar;
                parts.Add((text[at..stop], -1));
                at = stop;
                continue;
            }

            if (at + 1 < text.Length && text[at + 1] == '$')
            {
                parts.Add(("$", -1));
                at += 2;
                continue;
            }

            var (name, end) = ReadName(text, at + 1);
            if (name.Length == 0)
            {
                parts.Add(("$", -1));
                at++;
                continue;
            }

            var group = IndexOf(name, names);
            parts.Add(group >= 0 ? (Utf8.Empty, group) : (Utf8.Empty, -1));
            at = end;
        }

        return parts;
    }

    private static (string Name, int End) ReadName(string text, int at)
    {
        var isBraced = at < text.Length && text[at] == '{';
        var start = isBraced ? at + 1 : at;
        var end = start;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_'))
        {
            end++;
        }

        var isWhole = !isBraced || (end < text.Length && text[end] == '}');
        return isWhole ? (text[start..end], isBraced ? end + 1 : end) : ("", at);
    }

    private static int IndexOf(string name, IReadOnlyList<string?> names)
    {
        if (int.TryParse(name, System.Globalization.CultureInfo.InvariantCulture, out var number))
        {
            return number < names.Count ? number : -1;
        }

        for (var i = 1; i < names.Count; i++)
        {
            if (names[i] == name)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>A text with regular expressions between delimiters, against the whole of the other.</summary>
    private static Answer MatchTemplate(IBuiltinContext context, Utf8 template, Utf8 text, Utf8 open, Utf8 close)
    {
        if (open.Length != 1)
        {
            return Answer.Invalid("start delimiter has to be exactly one character long");
        }

        if (close.Length != 1)
        {
            return Answer.Invalid("end delimiter has to be exactly one character long");
        }

        var pattern = new StringBuilder("^");
        var (depth, start) = (0, 0);
        var (opening, closing) = ((char)open.Span[0], (char)close.Span[0]);
        var source = template.ToString();
        for (var i = 0; i < source.Length; i++)
        {
            if (source[i] == opening && ++depth == 1)
            {
                pattern.Append(Quote(source[start..i]));
                start = i + 1;
            }
            else if (source[i] == closing && --depth == 0)
            {
                pattern.Append('(').Append(source, start, i - start).Append(')');
                start = i + 1;
            }

            if (depth < 0)
            {
                break;
            }
        }

        return depth != 0
            ? Answer.Invalid($"unbalanced braces in {Value.Of(template)}")
            : Match(context, pattern.Append(Quote(source[start..])).Append('$').ToString(), text);
    }

    private static string Quote(string text) =>
        string.Concat(text.Select(c => Special.Contains(c, StringComparison.Ordinal) ? "\\" + c : c.ToString()));
}
