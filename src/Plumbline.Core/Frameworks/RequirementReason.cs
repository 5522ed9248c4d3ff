using System.Globalization;
using Plumbline.Core.Waivers;

namespace Plumbline.Core.Frameworks;

/// <summary>Says why a requirement is no plain pass. Every number names what it counts, and of how many.</summary>
internal static class RequirementReason
{
    /// <summary>How many of a list a sentence names before it counts the others.</summary>
    private const int Named = 3;

    public static string Of(Grounds grounds, WaiversInForce waivers) =>
        grounds.Effective switch
        {
            RequirementStatus.Pass => "",
            RequirementStatus.NotApplicable => $"Nothing in scope is subject to it: {grounds.OutOfBoundary}",
            RequirementStatus.Waived =>
                $"Pass with {Count(grounds.Whole.Waived, "exception")}, waived until {Waivers(grounds, waivers)}",
            _ => Sentence(string.Join("; ", Clauses(grounds, waivers))),
        };

    private static IEnumerable<string> Clauses(Grounds grounds, WaiversInForce waivers)
    {
        var checks = Count(grounds.Checks.Length + grounds.NotAsked.Length, "check");
        var failing = grounds.Checks.Count(c => c.Findings.Fail > c.Findings.Waived);
        if (failing > 0)
        {
            yield return $"{failing} of {checks} {(failing == 1 ? "fails" : "fail")}";
        }

        if (grounds.Whole.Waived is var waived and > 0)
        {
            var words = waived == 1 ? "finding fails" : "findings fail";
            yield return $"{waived} {words}, waived until {Waivers(grounds, waivers)}";
        }

        var unknown = grounds.Checks.Count(c => c.Findings.Unknown > 0);
        if (unknown > 0)
        {
            yield return $"{unknown} of {checks} {(unknown == 1 ? "is" : "are")} unknown";
        }

        if (grounds.NotAsked.Length > 0)
        {
            yield return $"not asked: {List(grounds.NotAsked)}";
        }

        var gaps = grounds.Checks.SelectMany(c => c.Gaps).Distinct().Select(g => g.Reason).Order(Ordinal.Comparer);
        if (gaps.Any())
        {
            yield return $"not read: {List([.. gaps])}";
        }

        if (grounds.LacksAttestation)
        {
            yield return grounds.Lapsed is { } lapsed
                ? $"the attestation by {lapsed.By} was valid until {Day(lapsed.Expires)}"
                : "nobody has attested what no check can see";
        }
        else if (grounds.Whole.Raw is null)
        {
            yield return "nothing in scope is subject to it, and the boundary does not say why";
        }
    }

    /// <summary><c>2 Apr 2026 (E-12)</c> for each waiver that sets a failure aside, the first to end first.</summary>
    private static string Waivers(Grounds grounds, WaiversInForce waivers) =>
        List([
            .. grounds
                .Checks.Where(c => c.Findings.Waived > 0)
                .SelectMany(c => c.Vectors.SelectMany(v => v.Rows))
                .Where(waivers.Covers)
                .SelectMany(f => f.CertainParts)
                .Select(p => waivers.For(p)!)
                .Distinct()
                .OrderBy(w => w.Expires)
                .ThenBy(w => w.Id, Ordinal.Comparer)
                .Select(w => $"{Day(w.Expires)} ({w.Id})"),
        ]);

    private static string List(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(Named)) + (names.Count > Named ? $" and {names.Count - Named:N0} more" : "");

    private static string Count(int count, string noun) => $"{count:N0} {noun}{(count == 1 ? "" : "s")}";

    private static string Day(DateTimeOffset time) =>
        time.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    private static string Sentence(string clauses) =>
        clauses.Length == 0 ? "" : char.ToUpperInvariant(clauses[0]) + clauses[1..];
}
