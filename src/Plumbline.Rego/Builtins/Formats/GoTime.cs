using System.Numerics;

namespace Plumbline.Rego.Builtins.Formats;

/// <summary>A day of the proleptic Gregorian calendar and a time of it, of any year.</summary>
/// <param name="Day">From 1; months and days beyond their ranges carry over.</param>
internal readonly record struct CivilTime(
    long Year,
    long Month,
    long Day,
    long Hour,
    long Minute,
    long Second,
    long Nanosecond
)
{
    private const long SecondsPerDay = 86_400;

    /// <summary>Nanoseconds since 1970 in UTC, of any size.</summary>
    public BigInteger UnixNanoseconds =>
        ((BigInteger)DaysFromCivil(Year, Month, Day) * SecondsPerDay + Hour * 3600 + Minute * 60 + Second)
            * 1_000_000_000
        + Nanosecond;

    /// <summary>Sunday is 0.</summary>
    public int Weekday => (int)FloorMod(DaysFromCivil(Year, Month, Day) + 4, 7);

    public int DayOfYear => (int)(DaysFromCivil(Year, Month, Day) - DaysFromCivil(Year, 1, 1)) + 1;

    public static CivilTime Of(long unixNanoseconds, TimeSpan offset)
    {
        var nanoseconds = FloorMod(unixNanoseconds, 1_000_000_000);
        var seconds = FloorDiv(unixNanoseconds, 1_000_000_000) + (long)offset.TotalSeconds;
        var ofDay = FloorMod(seconds, SecondsPerDay);
        var (year, month, day) = CivilFromDays(FloorDiv(seconds, SecondsPerDay));
        return new CivilTime(year, month, day, ofDay / 3600, ofDay / 60 % 60, ofDay % 60, nanoseconds);
    }

    public static int DaysInMonth(long year, long month) =>
        (int)(DaysFromCivil(year, month + 1, 1) - DaysFromCivil(year, month, 1));

    /// <summary>Days since 1970; months and days may lie outside their ranges and carry over.</summary>
    public static long DaysFromCivil(long year, long month, long day)
    {
        year += FloorDiv(month - 1, 12);
        month = FloorMod(month - 1, 12) + 1;
        // Years begin in March here, so that the leap day is the last of its year.
        year -= month <= 2 ? 1 : 0;
        var era = FloorDiv(year, 400);
        var yearOfEra = year - era * 400;
        var dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468;
    }

    private static (long Year, long Month, long Day) CivilFromDays(long days)
    {
        days += 719_468;
        var era = FloorDiv(days, 146_097);
        var dayOfEra = days - era * 146_097;
        var yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        var dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        var shifted = (5 * dayOfYear + 2) / 153;
        var month = shifted < 10 ? shifted + 3 : shifted - 9;
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1);
    }

    private static long FloorMod(long value, long by) => ((value % by) + by) % by;

    public static long FloorDiv(long value, long by) => value / by - (value % by < 0 ? 1 : 0);
}

/// <summary>A point in time in a zone.</summary>
internal readonly record struct ZonedTime(long UnixNanoseconds, TimeZoneInfo Zone)
{
    public TimeSpan Offset =>
        Zone.GetUtcOffset(DateTimeOffset.FromUnixTimeSeconds(CivilTime.FloorDiv(UnixNanoseconds, 1_000_000_000)));

    public CivilTime Civil => CivilTime.Of(UnixNanoseconds, Offset);

    /// <summary><c>UTC</c>, or the offset for zones whose abbreviation the runtime does not know.</summary>
    public string Abbreviation
    {
        get
        {
            if (ReferenceEquals(Zone, TimeZoneInfo.Utc))
            {
                return "UTC";
            }

            var hours = Math.Abs(Offset.Hours);
            var minutes = Math.Abs(Offset.Minutes);
            var sign = Offset < TimeSpan.Zero ? '-' : '+';
            return minutes == 0 ? $"{sign}{hours:00}" : $"{sign}{hours:00}{minutes:00}";
        }
    }
}
