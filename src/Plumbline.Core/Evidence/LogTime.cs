using System.Globalization;

namespace Plumbline.Core.Evidence;

/// <summary>Times as leaves state them: UTC, to the microsecond, always 27 characters.</summary>
/// <remarks>The fixed length is relied on: a pending leaf's time is filled in by the writer that takes it in.</remarks>
public static class LogTime
{
    /// <summary>Length of every text that <see cref="Format"/> gives.</summary>
    public const int Length = 27;

    private const string Pattern = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    public static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString(Pattern, CultureInfo.InvariantCulture);

    public static bool TryParse(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(
            text,
            Pattern,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out time
        );

    /// <summary>Whole microseconds since 1970; what is finer is cut off.</summary>
    public static long ToMicroseconds(DateTimeOffset time) =>
        (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset FromMicroseconds(long microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
