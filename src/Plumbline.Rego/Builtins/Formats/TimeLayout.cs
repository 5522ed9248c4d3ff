using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Plumbline.Rego.Builtins.Formats;

/// <summary>What a piece of a layout stands for.</summary>
internal enum TimePiece
{
    Literal,
    LongMonth,
    Month,
    MonthNumber,
    TwoDigitMonth,
    LongWeekday,
    Weekday,
    Day,
    SpacedDay,
    TwoDigitDay,
    SpacedDayOfYear,
    DayOfYear,
    Hour,
    Hour12,
    TwoDigitHour12,
    Minute,
    TwoDigitMinute,
    Second,
    TwoDigitSecond,
    LongYear,
    Year,
    UpperHalf,
    LowerHalf,
    ZoneName,
    Offset,
    Fraction,
    TrimmedFraction,
}

/// <summary>A layout of Go's <c>time</c> package: the reference time <c>Mon Jan 2 15:04:05 MST 2006</c>, written as a time shall be.</summary>
internal static class TimeLayout
{
    public static readonly ImmutableArray<string> Months =
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];

    public static readonly ImmutableArray<string> Weekdays =
    [
        "Sunday",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
    ];

    /// <summary>Go's constants, which OPA takes by name.</summary>
    private static readonly FrozenDictionary<string, string> Named = new Dictionary<string, string>(
        StringComparer.Ordinal
    )
    {
        ["ANSIC"] = "Mon Jan _2 15:04:05 2006",
        ["UnixDate"] = "Mon Jan _2 15:04:05 MST 2006",
        ["RubyDate"] = "Mon Jan 02 15:04:05 -0700 2006",
        ["RFC822"] = "02 Jan 06 15:04 MST",
        ["RFC822Z"] = "02 Jan 06 15:04 -0700",
        ["RFC850"] = "Monday, 02-Jan-06 15:04:05 MST",
        ["RFC1123"] = "Mon, 02 Jan 2006 15:04:05 MST",
        ["RFC1123Z"] = "Mon, 02 Jan 2006 15:04:05 -0700",
        ["RFC3339"] = "2006-01-02T15:04:05Z07:00",
        ["RFC3339Nano"] = "2006-01-02T15:04:05.999999999Z07:00",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Longer texts before those they begin with.</summary>
    private static readonly ImmutableArray<(string Text, TimePiece Piece)> Pieces =
    [
        ("January", TimePiece.LongMonth),
        ("Jan", TimePiece.Month),
        ("Monday", TimePiece.LongWeekday),
        ("Mon", TimePiece.Weekday),
        ("MST", TimePiece.ZoneName),
        ("002", TimePiece.DayOfYear),
        ("01", TimePiece.TwoDigitMonth),
        ("02", TimePiece.TwoDigitDay),
        ("03", TimePiece.TwoDigitHour12),
        ("04", TimePiece.TwoDigitMinute),
        ("05", TimePiece.TwoDigitSecond),
        ("06", TimePiece.Year),
        ("15", TimePiece.Hour),
        ("1", TimePiece.MonthNumber),
        ("2006", TimePiece.LongYear),
        ("2", TimePiece.Day),
        ("__2", TimePiece.SpacedDayOfYear),
        ("_2", TimePiece.SpacedDay),
        ("3", TimePiece.Hour12),
        ("4", TimePiece.Minute),
        ("5", TimePiece.Second),
        ("PM", TimePiece.UpperHalf),
        ("pm", TimePiece.LowerHalf),
        ("-07:00:00", TimePiece.Offset),
        ("-070000", TimePiece.Offset),
        ("-07:00", TimePiece.Offset),
        ("-0700", TimePiece.Offset),
        ("-07", TimePiece.Offset),
        ("Z07:00:00", TimePiece.Offset),
        ("Z070000", TimePiece.Offset),
        ("Z07:00", TimePiece.Offset),
        ("Z0700", TimePiece.Offset),
        ("Z07", TimePiece.Offset),
    ];

    /// <summary>The pieces of a layout in order, or of the constant of that name.</summary>
    public static List<(TimePiece Piece, string Text)> Parse(string layout)
    {
        layout = Named.GetValueOrDefault(layout, layout);
        var pieces = new List<(TimePiece, string)>();
        var literal = 0;
        for (var at = 0; at < layout.Length; )
        {
            var (piece, text) = PieceAt(layout, at);
            if (piece == TimePiece.Literal)
            {
                at++;
                continue;
            }

            AddLiteral(pieces, layout[literal..at]);
            pieces.Add((piece, text));
            at += text.Length;
            literal = at;
        }

        AddLiteral(pieces, layout[literal..]);
        return pieces;
    }

    private static void AddLiteral(List<(TimePiece, string)> pieces, string text)
    {
        if (text.Length > 0)
        {
            pieces.Add((TimePiece.Literal, text));
        }
    }

    private static (TimePiece Piece, string Text) PieceAt(string layout, int at)
    {
        if (layout[at] is '.' or ',' && FractionAt(layout, at) is { } fraction)
        {
            return (fraction[1] == '0' ? TimePiece.Fraction : TimePiece.TrimmedFraction, fraction);
        }

        foreach (var (text, piece) in Pieces)
        {
            // `Jan` inside a longer lower-case word is a word.
            var isPiece =
                string.CompareOrdinal(layout, at, text, 0, text.Length) == 0
                && !(
                    piece is TimePiece.Month or TimePiece.Weekday
                    && at + 3 < layout.Length
                    && char.IsAsciiLetterLower(layout[at + 3])
                )
                && !(text == "_2" && layout.AsSpan(at + 1).StartsWith("2006"));
            if (isPiece)
            {
                return (piece, text);
            }
        }

        return (TimePiece.Literal, "");
    }

    /// <summary><c>.000</c> or <c>.999</c>, which no other digit follows.</summary>
    private static string? FractionAt(string layout, int at)
    {
        var end = at + 1;
        while (end < layout.Length && layout[end] is '0' or '9' && layout[end] == layout[at + 1])
        {
            end++;
        }

        var isFraction = end > at + 1 && !(end < layout.Length && char.IsAsciiDigit(layout[end]));
        return isFraction ? layout[at..end] : null;
    }
}
