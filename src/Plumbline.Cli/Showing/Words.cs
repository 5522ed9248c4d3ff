using System.Globalization;
using Plumbline.Cli.Terminal;
using Plumbline.Core.Assessments;
using Plumbline.Core.Checks;

namespace Plumbline.Cli.Showing;

/// <summary>Numbers, times and verdicts in the words that people read.</summary>
internal static class Words
{
    /// <summary><c>1 check</c>, <c>1,204 checks</c>.</summary>
    public static string Count(long count, string noun) => $"{Number(count)} {noun}{(count == 1 ? "" : "s")}";

    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary><c>24 Nov 2026, 18:24 UTC</c>.</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary><c>24 Nov 2026</c>.</summary>
    public static string Day(DateTimeOffset time) =>
        time.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    public static string Of(Severity severity) => severity.ToString().ToLowerInvariant();

    /// <summary><c>40 pass, 13 fail (2 waived), 0 unknown, 3 not applicable</c>, each number in the tone of its word.</summary>
    /// <param name="fail">Of requirements those that are waived are no part of the failing ones; people count them among them.</param>
    public static Ink[] Of(VerdictCount count, int fail) =>
        [
            new($"{Number(count.Pass)} pass", count.Pass > 0 ? Tone.Pass : Tone.Plain),
            ", ",
            new($"{Number(fail)} fail", fail > 0 ? Tone.Fail : Tone.Plain),
            new(count.Waived > 0 ? $" ({Number(count.Waived)} waived)" : "", Tone.Waived),
            ", ",
            new($"{Number(count.Unknown)} unknown", count.Unknown > 0 ? Tone.Unknown : Tone.Plain),
            ", ",
            new($"{Number(count.NotApplicable)} not applicable", Tone.Plain),
        ];
}
