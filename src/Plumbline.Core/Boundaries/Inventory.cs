using System.Collections.Immutable;
using System.Globalization;
using Plumbline.Core.Authored;
using Plumbline.Core.Resources;

namespace Plumbline.Core.Boundaries;

/// <summary>What the estate is said to hold, one line a type: held against what was seen (<c>inventory</c> of <c>plumbline.yaml</c>).</summary>
/// <remarks>
/// What is declared and was not seen is a gap: nobody knows how it is configured, so every check that would have been asked of it is
/// unknown, and so is every requirement that such a check decides (ADR 9).
/// </remarks>
/// <param name="Type">e.g. <c>k8s/apps/Deployment</c>.</param>
/// <param name="Names">What identifies each within its realm, as people write it, or whole resource keys.</param>
public sealed record InventoryLine(string Type, ImmutableArray<string> Names)
{
    /// <summary>Glob over realms; empty for any.</summary>
    public string Realm { get; init; } = "";

    /// <summary>The gaps that an inventory leaves in a snapshot: one for each line of which something is missing.</summary>
    public static ImmutableArray<Gap> GapsIn(Snapshot snapshot, ImmutableArray<InventoryLine> inventory) =>
        [.. inventory.Select(line => line.GapIn(snapshot)).OfType<Gap>()];

    private Gap? GapIn(Snapshot snapshot)
    {
        var seen = snapshot
            .Resources.Where(r => r.Key.Type == Type && (Realm.Length == 0 || KeyPattern.Matches(Realm, r.Key.Realm)))
            .SelectMany(r => new[] { r.Key.Primary, r.Key.Text })
            .ToHashSet(StringComparer.Ordinal);
        var missing = Names.Where(n => !seen.Contains(n)).ToList();
        if (missing.Count == 0)
        {
            return null;
        }

        var names = string.Join(", ", missing.Select(n => $"`{n}`"));
        var counts = string.Create(
            CultureInfo.InvariantCulture,
            $"declared {Names.Length:N0} of {Type}, seen {Names.Length - missing.Count:N0}: {names} missing"
        );
        return new Gap("compare with the declared inventory", "", counts)
        {
            Code = FileFaults.NotSeen,
            Affects = [new GapScope(Type, "")],
        };
    }
}
