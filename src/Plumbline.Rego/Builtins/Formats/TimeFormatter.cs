using System.Globalization;
using System.Text;

namespace Plumbline.Rego.Builtins.Formats;

/// <summary>Writes a time in a layout (Go's <c>Time.Format</c>).</summary>
internal static class TimeFormatter
{
    public static string Format(ZonedTime time, string layout)
    {
        var civil = time.Civil;
        var text = new StringBuilder();
        foreach (var (piece, written) in TimeLayout.Parse(layout))
        {
            text.Append(Piece(time, civil, piece, written));
        }

        return text.ToString();
    }

    private static string Piece(ZonedTime time, CivilTime civil, TimePiece piece, string written) =>
        piece switch
        {
            TimePiece.LongMonth => TimeLayout.Months[(int)civil.Month - 1],
            TimePiece.Month => TimeLayout.Months[(int)civil.Month - 1][..3],
            TimePiece.MonthNumber => Digits(civil.Month, 1),
            TimePiece.TwoDigitMonth => Digits(civil.Month, 2),
            TimePiece.LongWeekday => TimeLayout.Weekdays[civil.Weekday],
            TimePiece.Weekday => TimeLayout.Weekdays[civil.Weekday][..3],
            TimePiece.Day => Digits(civil.Day, 1),
            TimePiece.SpacedDay => Digits(civil.Day, 1).PadLeft(2),
            TimePiece.TwoDigitDay => Digits(civil.Day, 2),
            TimePiece.SpacedDayOfYear => Digits(civil.DayOfYear, 1).PadLeft(3),
            TimePiece.DayOfYear => Digits(civil.DayOfYear, 3),
            TimePiece.Hour => Digits(civil.Hour, 2),
            TimePiece.Hour12 => Digits((civil.Hour + 11) % 12 + 1, 1),
            TimePiece.TwoDigitHour12 => Digits((civil.Hour + 11) % 12 + 1, 2),
            TimePiece.Minute => Digits(civil.Minute, 1),
            TimePiece.TwoDigitMinute => Digits(civil.Minute, 2),
            TimePiece.Second => Digits(civil.Second, 1),
            TimePiece.TwoDigitSecond => Digits(civil.Second, 2),
            TimePiece.LongYear => Digits(civil.Year, 4),
            TimePiece.Year => Digits(civil.Year % 100, 2),
            TimePiece.UpperHalf => civil.Hour >= 12 ? "PM" : "AM",
            TimePiece.LowerHalf => civil.Hour >= 12 ? "pm" : "am",
            TimePiece.ZoneName => time.Abbreviation,
            TimePiece.Offset => Offset(time.Offset, written),
            TimePiece.Fraction => written[..1]
                + Digits(civil.Nanosecond, 9).PadRight(written.Length)[..(written.Length - 1)],
            TimePiece.TrimmedFraction => Trimmed(written, civil.Nanosecond),
            _ => written,
        };

    private static string Digits(long number, int width) =>
        number.ToString("D" + width.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string Trimmed(string written, long nanosecond)
    {
        var digits = Digits(nanosecond, 9)[..Math.Min(9, written.Length - 1)].TrimEnd('0');
        return digits.Length == 0 ? "" : written[..1] + digits;
    }

    /// <summary><c>Z</c> stands for no offset where the layout begins with it.</summary>
    private static string Offset(TimeSpan offset, string written)
    {
        if (written[0] == 'Z' && offset == TimeSpan.Zero)
        {
            return "Z";
        }

        var colon = written.Contains(':', StringComparison.Ordinal) ? ":" : "";
        var parts = written.Count(char.IsAsciiDigit) / 2;
        var magnitude = offset.Duration();
        var text = (offset < TimeSpan.Zero ? "-" : "+") + Digits((long)magnitude.TotalHours, 2);
        text += parts > 1 ? colon + Digits(magnitude.Minutes, 2) : "";
        return text + (parts > 2 ? colon + Digits(magnitude.Seconds, 2) : "");
    }
}
