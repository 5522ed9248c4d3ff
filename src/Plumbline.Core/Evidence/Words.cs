using System.Collections.Immutable;
using System.Text.Json;

namespace Plumbline.Core.Evidence;

/// <summary>How evidence spells the members of an enumeration: <c>NotApplicable</c> is <c>not_applicable</c>.</summary>
internal static class Words<T>
    where T : struct, Enum
{
    private static readonly ImmutableArray<(T Meaning, string Word)> All =
    [
        .. Enum.GetValues<T>().Select(v => (v, JsonNamingPolicy.SnakeCaseLower.ConvertName(v.ToString()))),
    ];

    public static string Of(T meaning) => All.First(w => EqualityComparer<T>.Default.Equals(w.Meaning, meaning)).Word;

    /// <exception cref="FormatException">No member is spelled so.</exception>
    public static T Parse(string word)
    {
        foreach (var known in All)
        {
            if (known.Word == word)
            {
                return known.Meaning;
            }
        }

        throw new FormatException($"expected one of {string.Join(", ", All.Select(w => $"`{w.Word}`"))}, got `{word}`");
    }
}
