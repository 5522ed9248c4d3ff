using System.Globalization;

namespace Plumbline.Core.Evidence;

/// <summary>Times below the leaf: UTC, to 100 nanoseconds, which is all that a clock here can hold.</summary>
/// <remarks>A verdict may depend on every digit of the clock, so none is cut off as in <see cref="LogTime"/>.</remarks>
internal static class Instant
{
    private const string Pattern = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    public static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString(Pattern, CultureInfo.InvariantCulture);

    /// <exception cref="FormatException">The text is no such time.</exception>
    public static DateTimeOffset Parse(string text) =>
        DateTimeOffset.TryParseExact(
            text,
            Pattern,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time
        )
            ? time
            : throw new FormatException($"expected a time such as `2026-11-20T23:06:12.0000000Z`, got `{text}`");
}
