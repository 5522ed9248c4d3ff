using System.Text.Json;
using Plumbline.Core.Evidence;
using Plumbline.Values;

namespace Plumbline.Exchange.Reports;

/// <summary>Compares a report that somebody holds with the one that the evidence gives.</summary>
/// <remarks>Compared as JSON: layout and the order of members do not count, everything else does.</remarks>
public static class ReportComparison
{
    /// <returns>The first difference, in the order of the expected report; null where there is none.</returns>
    /// <exception cref="JsonException"><paramref name="found"/> is no JSON.</exception>
    public static Discrepancy? FirstDifference(byte[] expected, byte[] found)
    {
        using var left = JsonDocument.Parse(expected);
        using var right = JsonDocument.Parse(
            found,
            new JsonDocumentOptions { AllowDuplicateProperties = false, AllowTrailingCommas = false }
        );
        return Compare(left.RootElement, right.RootElement, JsonPointer.Root);
    }

    private static Discrepancy? Compare(JsonElement expected, JsonElement found, JsonPointer at) =>
        expected.ValueKind switch
        {
            JsonValueKind.Object when found.ValueKind == JsonValueKind.Object => CompareObjects(expected, found, at),
            JsonValueKind.Array when found.ValueKind == JsonValueKind.Array => CompareArrays(expected, found, at),
            _ => JsonElement.DeepEquals(expected, found) ? null : Differs(at, Shown(expected), Shown(found)),
        };

    private static Discrepancy? CompareObjects(JsonElement expected, JsonElement found, JsonPointer at)
    {
        foreach (var member in expected.EnumerateObject())
        {
            var place = at.Append(member.Name);
            if (!found.TryGetProperty(member.Name, out var other))
            {
                return Differs(place, Shown(member.Value), "nothing");
            }

            if (Compare(member.Value, other, place) is { } difference)
            {
                return difference;
            }
        }

        foreach (var member in found.EnumerateObject())
        {
            if (!expected.TryGetProperty(member.Name, out _))
            {
                return Differs(at.Append(member.Name), "nothing", Shown(member.Value));
            }
        }

        return null;
    }

    private static Discrepancy? CompareArrays(JsonElement expected, JsonElement found, JsonPointer at)
    {
        var (left, right) = (expected.EnumerateArray(), found.EnumerateArray());
        for (var i = 0; ; i++)
        {
            var (hasLeft, hasRight) = (left.MoveNext(), right.MoveNext());
            if (!hasLeft && !hasRight)
            {
                return null;
            }

            if (!hasLeft || !hasRight)
            {
                return Differs(
                    at.Append(i),
                    hasLeft ? Shown(left.Current) : "nothing",
                    hasRight ? Shown(right.Current) : "nothing"
                );
            }

            if (Compare(left.Current, right.Current, at.Append(i)) is { } difference)
            {
                return difference;
            }
        }
    }

    private static Discrepancy Differs(JsonPointer at, string expected, string found) =>
        new(at.IsRoot ? "the report" : at.Text, expected, found);

    private static string Shown(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => $"a list of {value.GetArrayLength()}",
            _ => $"`{value.GetRawText()}`",
        };
}
