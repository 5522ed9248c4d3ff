using System.Numerics;
using Plumbline.Rego.Builtins.Formats;
using Plumbline.Values;

namespace Plumbline.Rego.Builtins;

/// <summary>The "Time" functions of the Rego reference. Times are nanoseconds since 1970 that fit 64 bits: 1677 to 2262.</summary>
internal static class TimeBuiltins
{
    public static readonly Builtin[] All =
    [
        Builtin.Nullary("time.now_ns", context => context.NowNanoseconds).Nondeterministic(),
        Builtin.Of<Utf8, Utf8>("time.parse_ns", (layout, text) => Parse(layout.ToString(), text.ToString())),
        Builtin.Of<Utf8>("time.parse_rfc3339_ns", text => Parse("RFC3339", text.ToString())),
        Builtin.Of<Utf8>("time.parse_duration_ns", ParseDuration),
        Builtin.Of<Value>("time.date", v => On(v, t => List(t.Civil.Year, t.Civil.Month, t.Civil.Day))),
        Builtin.Of<Value>("time.clock", v => On(v, t => List(t.Civil.Hour, t.Civil.Minute, t.Civil.Second))),
        Builtin.Of<Value>("time.weekday", v => On(v, t => TimeLayout.Weekdays[t.Civil.Weekday])),
        Builtin.Of<Value>("time.format", Format),
        Builtin.Of<BigInteger, long, long, long>("time.add_date", AddDate),
        Builtin.Of<Value, Value>("time.diff", Difference),
    ];

    private static Answer Parse(string layout, string text)
    {
        try
        {
            return InRange(TimeParser.Parse(layout, text));
        }
        catch (TimeException e)
        {
            return Answer.Invalid(e.Message);
        }
    }

    private static Answer InRange(BigInteger nanoseconds) =>
        nanoseconds < long.MinValue || nanoseconds > long.MaxValue
            ? Answer.Invalid("time outside of valid range")
            : (long)nanoseconds;

    private static Value List(params ReadOnlySpan<long> numbers)
    {
        var items = new ArrayBuilder();
        foreach (var number in numbers)
        {
            items.Add(number);
        }

        return items.Build();
    }

    private static Answer On(Value operand, Func<ZonedTime, Answer> then) =>
        Read(1, operand, out var time, out _) is { } fault ? fault : then(time);

    /// <summary>Reads nanoseconds, or <c>[nanoseconds, zone]</c>, or <c>[nanoseconds, zone, layout]</c>.</summary>
    private static Answer? Read(int operand, Value value, out ZonedTime time, out string? layout)
    {
        (time, layout) = (new ZonedTime(0, TimeZoneInfo.Utc), null);
        var nanoseconds = value;
        if (value.IsArray)
        {
            if (value.Count == 0 || !value[0].IsNumber)
            {
                return Answer.WrongType(operand, "array of [number, string]", value);
            }

            nanoseconds = value[0];
            if (value.Count > 1 && !value[1].IsString || value.Count > 2 && !value[2].IsString)
            {
                return Members.WrongMember(operand, value, value[value[1].IsString ? 2 : 1], "string");
            }

            layout = value.Count > 2 ? value[2].Utf8.ToString() : null;
        }
        else if (!value.IsNumber)
        {
            return Answer.WrongType(operand, "either number (ns) or [ns, tz]", value);
        }

        if (!nanoseconds.TryGetInt64(out var at))
        {
            return Answer.Invalid("timestamp too big");
        }

        var zone = value.IsArray && value.Count > 1 ? value[1].Utf8.ToString() : "";
        if (zone is "" or "UTC")
        {
            time = new ZonedTime(at, TimeZoneInfo.Utc);
            return null;
        }

        if (
            !zone.Contains('/', StringComparison.Ordinal) && zone == "Local"
            || !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found)
        )
        {
            return Answer.Invalid($"unknown time zone {zone}");
        }

        time = new ZonedTime(at, found);
        return null;
    }

    private static Answer Format(Value operand) =>
        Read(1, operand, out var time, out var layout) is { } fault
            ? fault
            : TimeFormatter.Format(time, string.IsNullOrEmpty(layout) ? "RFC3339Nano" : layout);

    private static Answer AddDate(BigInteger nanoseconds, long years, long months, long days)
    {
        if (nanoseconds < long.MinValue || nanoseconds > long.MaxValue)
        {
            return Answer.Invalid("timestamp too big");
        }

        const long most = 1_000_000_000;
        if (Math.Max(Math.Max(Math.Abs(years), Math.Abs(months)), Math.Abs(days)) > most)
        {
            return Answer.Invalid("time outside of valid range");
        }

        var civil = CivilTime.Of((long)nanoseconds, TimeSpan.Zero);
        var moved = civil with { Year = civil.Year + years, Month = civil.Month + months, Day = civil.Day + days };
        return InRange(moved.UnixNanoseconds);
    }

    /// <summary>Years, months, days, hours, minutes and seconds between two times, whichever is first, in the zone of the one given first.</summary>
    private static Answer Difference(Value first, Value second)
    {
        if (Read(1, first, out var a, out _) is { } firstFault)
        {
            return firstFault;
        }

        if (Read(2, second, out var b, out _) is { } secondFault)
        {
            return secondFault;
        }

        var (from, to) = (a.Civil, new ZonedTime(b.UnixNanoseconds, a.Zone).Civil);
        if (a.UnixNanoseconds > b.UnixNanoseconds)
        {
            (from, to) = (to, from);
        }

        long[] parts =
        [
            to.Year - from.Year,
            to.Month - from.Month,
            to.Day - from.Day,
            to.Hour - from.Hour,
            to.Minute - from.Minute,
            to.Second - from.Second,
        ];
        long[] sizes = [0, 12, CivilTime.DaysInMonth(from.Year, from.Month), 24, 60, 60];
        for (var i = parts.Length - 1; i > 0; i--)
        {
            if (parts[i] < 0)
            {
                parts[i] += sizes[i];
                parts[i - 1]--;
            }
        }

        return List(parts);
    }

    private static readonly (string Unit, long Nanoseconds)[] Units =
    [
        ("ns", 1),
        ("us", 1_000),
        ("µs", 1_000),
        ("μs", 1_000),
        ("ms", 1_000_000),
        ("s", 1_000_000_000),
        ("m", 60_000_000_000),
        ("h", 3_600_000_000_000),
        ("d", 86_400_000_000_000),
        ("w", 604_800_000_000_000),
        ("y", 31_536_000_000_000_000),
    ];

    /// <summary>Numbers with units in a row, e.g. <c>-1h30m</c>, <c>1.5s</c> (Go's <c>time.ParseDuration</c>), and OPA's days, weeks and years of 365 days.</summary>
    private static Answer ParseDuration(Utf8 text)
    {
        var source = text.ToString();
        var at = source.StartsWith('-') || source.StartsWith('+') ? 1 : 0;
        if (source[at..] == "0")
        {
            return 0L;
        }

        BigInteger total = 0;
        var fault = Answer.Invalid($"time: invalid duration {GoQuote.String(source, false)}");
        if (at == source.Length)
        {
            return fault;
        }

        while (at < source.Length)
        {
            var number = Span(source, at, c => char.IsAsciiDigit(c) || c == '.');
            var unit = Span(source, at + number.Length, c => !char.IsAsciiDigit(c) && c != '.');
            at += number.Length + unit.Length;
            var size = Array.Find(Units, u => u.Unit == unit).Nanoseconds;
            var parts = number.Split('.');
            if (parts.Length > 2 || number.Length - (parts.Length - 1) == 0)
            {
                return fault;
            }

            if (size == 0)
            {
                return Answer.Invalid(
                    unit.Length == 0
                        ? $"time: missing unit in duration {GoQuote.String(source, false)}"
                        : $"time: unknown unit {GoQuote.String(unit, false)} in duration {GoQuote.String(source, false)}"
                );
            }

            total += Whole(parts[0]) * size;
            total += parts.Length > 1 ? Whole(parts[1]) * size / BigInteger.Pow(10, parts[1].Length) : 0;
        }

        total = source.StartsWith('-') ? -total : total;
        return total < long.MinValue || total > long.MaxValue ? fault : (long)total;
    }

    private static string Span(string text, int start, Predicate<char> holds)
    {
        var end = start;
        while (end < text.Length && holds(text[end]))
        {
            end++;
        }

        return text[start..end];
    }

    private static BigInteger Whole(string digits) =>
        digits.Length == 0 ? 0 : BigInteger.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
}
