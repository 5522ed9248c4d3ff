using System.Text;
using Plumbline.Rego.Builtins.Re2;
using Plumbline.Values;

namespace Plumbline.Rego.Builtins;

/// <summary>The "Glob" functions of the Rego reference.</summary>
internal static class GlobBuiltins
{
    public static readonly Builtin[] All =
    [
        Builtin.Of<Utf8, Value, Utf8>("glob.match", Match),
        Builtin.Of<Utf8>("glob.quote_meta", Quote),
    ];

    /// <summary>A compiled glob, or why there is none.</summary>
    private sealed record Compiled(Pattern? Pattern, string? Fault);

    /// <summary>No delimiters stand for a dot, null for none at all.</summary>
    private static Answer Match(IBuiltinContext context, Utf8 glob, Value delimiters, Utf8 text)
    {
        if (Separators(delimiters, out var separators) is { } fault)
        {
            return fault;
        }

        context.Charge(glob.Length + text.Length);
        var compiled = context.Cached($"glob {string.Join(',', separators)}", glob, g => Compile(g, separators));
        return compiled.Pattern is { } pattern ? pattern.IsMatch(text) : Answer.Invalid(compiled.Fault!);
    }

    private static Answer? Separators(Value delimiters, out List<int> separators)
    {
        separators = [];
        if (delimiters.IsNull)
        {
            return null;
        }

        if (!delimiters.IsArray)
        {
            return Answer.WrongType(2, "one of {null, array}", delimiters);
        }

        for (var i = 0; i < delimiters.Count; i++)
        {
            if (!delimiters[i].IsString)
            {
                return Members.WrongMember(2, delimiters, delimiters[i], "string");
            }

            var runes = delimiters[i].Utf8.ToString().EnumerateRunes().ToList();
            if (runes.Count != 1)
            {
                return Answer.Invalid($"expected delimiters of one character, got {delimiters[i]}");
            }

            separators.Add(runes[0].Value);
        }

        if (separators.Count == 0)
        {
            separators.Add('.');
        }

        return null;
    }

    private static Compiled Compile(Utf8 glob, List<int> separators)
    {
        try
        {
            return new Compiled(Pattern.Of(Glob.Parse(glob.ToString(), separators)), null);
        }
        catch (PatternException e)
        {
            return new Compiled(null, e.Message);
        }
    }

    private static Answer Quote(Utf8 text)
    {
        var quoted = new StringBuilder(text.Length);
        foreach (var c in text.ToString())
        {
            quoted.Append(Glob.IsSpecial(c) ? "\\" : "").Append(c);
        }

        return quoted.ToString();
    }
}
