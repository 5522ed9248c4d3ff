using System.Globalization;
using System.Numerics;

namespace Plumbline.Rego.Builtins.Formats;

/// <summary>A text does not have the layout, or names no time.</summary>
internal sealed class TimeException(string message) : Exception(message);

/// <summary>Reads a time that is written in a layout (Go's <c>time.Parse</c>); without a zone it is UTC.</summary>
internal sealed class TimeParser
{
    private readonly string _layout;
    private readonly string _text;
    private int _at;
    private int _year;
    private int _month = -1;
    private int _day = -1;
    private int _dayOfYear = -1;
    private int _hour;
    private int _minute;
    private int _second;
    private int _nanosecond;
    private bool? _isAfternoon;
    private int _offsetSeconds;

    private TimeParser(string layout, string text)
    {
        _layout = layout;
        _text = text;
    }

    /// <returns>Nanoseconds since 1970, of any size.</returns>
    /// <exception cref="TimeException">The text does not fit the layout.</exception>
    public static BigInteger Parse(string layout, string text)
    {
        var parser = new TimeParser(layout, text);
        var pieces = TimeLayout.Parse(layout);
        for (var i = 0; i < pieces.Count; i++)
        {
            parser.Read(pieces[i].Piece, pieces[i].Text);
            var isFractionNext =
                i + 1 < pieces.Count && pieces[i + 1].Piece is TimePiece.Fraction or TimePiece.TrimmedFraction;
            if (pieces[i].Piece is TimePiece.Second or TimePiece.TwoDigitSecond && !isFractionNext)
            {
                parser.ReadUnaskedFraction();
            }
        }

        return parser._at == text.Length
            ? parser.Finish()
            : throw new TimeException(
                $"parsing time {GoQuote.String(text, false)}: extra text: {GoQuote.String(text[parser._at..], false)}"
            );
    }

    private TimeException Fault(string piece) =>
        new(
            $"parsing time {GoQuote.String(_text, false)} as {GoQuote.String(_layout, false)}: "
                + $"cannot parse {GoQuote.String(_text[_at..], false)} as {GoQuote.String(piece, false)}"
        );

    private TimeException OutOfRange(string what) =>
        new($"parsing time {GoQuote.String(_text, false)}: {what} out of range");

    private void Read(TimePiece piece, string written)
    {
        switch (piece)
        {
            case TimePiece.Literal:
                ReadLiteral(written);
                break;
            case TimePiece.LongMonth:
                _month = ReadName(TimeLayout.Months, written) + 1;
                break;
            case TimePiece.Month:
                _month = ReadName([.. TimeLayout.Months.Select(m => m[..3])], written) + 1;
                break;
            case TimePiece.LongWeekday:
                ReadName(TimeLayout.Weekdays, written);
                break;
            case TimePiece.Weekday:
                ReadName([.. TimeLayout.Weekdays.Select(d => d[..3])], written);
                break;
            case TimePiece.MonthNumber or TimePiece.TwoDigitMonth:
                _month = Number(written, piece == TimePiece.TwoDigitMonth, 1, 12, "month");
                break;
            case TimePiece.SpacedDay or TimePiece.Day or TimePiece.TwoDigitDay:
                _at += piece == TimePiece.SpacedDay && Has(' ') ? 1 : 0;
                _day = Number(written, piece == TimePiece.TwoDigitDay, 0, 99, "day");
                break;
            case TimePiece.SpacedDayOfYear or TimePiece.DayOfYear:
                _at += Has(' ') && piece == TimePiece.SpacedDayOfYear ? 1 : 0;
                _at += Has(' ') && piece == TimePiece.SpacedDayOfYear ? 1 : 0;
                _dayOfYear = Digits(written, piece == TimePiece.DayOfYear ? 3 : 1, 3);
                break;
            case TimePiece.Hour:
                _hour = Number(written, false, 0, 23, "hour");
                break;
            case TimePiece.Hour12 or TimePiece.TwoDigitHour12:
                _hour = Number(written, piece == TimePiece.TwoDigitHour12, 0, 12, "hour");
                break;
            case TimePiece.Minute or TimePiece.TwoDigitMinute:
                _minute = Number(written, piece == TimePiece.TwoDigitMinute, 0, 59, "minute");
                break;
            case TimePiece.Second or TimePiece.TwoDigitSecond:
                _second = Number(written, piece == TimePiece.TwoDigitSecond, 0, 59, "second");
                break;
            case TimePiece.LongYear:
                _year = Digits(written, 4, 4);
                break;
            case TimePiece.Year:
                _year = Digits(written, 2, 2);
                _year += _year >= 69 ? 1900 : 2000;
                break;
            case TimePiece.UpperHalf or TimePiece.LowerHalf:
                ReadHalf(
                    written,
                    piece == TimePiece.UpperHalf ? "AM" : "am",
                    piece == TimePiece.UpperHalf ? "PM" : "pm"
                );
                break;
            case TimePiece.ZoneName:
                ReadZoneName(written);
                break;
            case TimePiece.Offset:
                ReadOffset(written);
                break;
            case TimePiece.Fraction:
                ReadFraction(written.Length - 1, written);
                break;
            case TimePiece.TrimmedFraction:
                ReadUnaskedFraction();
                break;
        }
    }

    private bool Has(char c) => _at < _text.Length && _text[_at] == c;

    /// <summary>Runs of spaces in the layout fit runs of spaces of any length.</summary>
    private void ReadLiteral(string written)
    {
        foreach (var c in written)
        {
            if (c == ' ')
            {
                if (_at < _text.Length && !Has(' '))
                {
                    throw Fault(written);
                }

                while (Has(' '))
                {
                    _at++;
                }
            }
            else if (Has(c))
            {
                _at++;
            }
            else
            {
                throw Fault(written);
            }
        }
    }

    private int ReadName(IReadOnlyList<string> names, string written)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (string.Compare(_text, _at, names[i], 0, names[i].Length, StringComparison.OrdinalIgnoreCase) == 0)
            {
                _at += names[i].Length;
                return i;
            }
        }

        throw Fault(written);
    }

    private int Number(string written, bool twoDigits, int min, int max, string what)
    {
        var number = Digits(written, twoDigits ? 2 : 1, 2);
        return number >= min && number <= max ? number : throw OutOfRange(what);
    }

    private int Digits(string written, int least, int most)
    {
        var end = _at;
        while (end < _text.Length && end - _at < most && char.IsAsciiDigit(_text[end]))
        {
            end++;
        }

        if (end - _at < least)
        {
            throw Fault(written);
        }

        var number = int.Parse(_text.AsSpan(_at, end - _at), CultureInfo.InvariantCulture);
        _at = end;
        return number;
    }

    private void ReadHalf(string written, string morning, string afternoon)
    {
        var half = _text.AsSpan(_at, Math.Min(2, _text.Length - _at));
        _isAfternoon =
            half.SequenceEqual(afternoon) ? true
            : half.SequenceEqual(morning) ? false
            : throw Fault(written);
        _at += 2;
    }

    private void ReadZoneName(string written)
    {
        var start = _at;
        while (_at < _text.Length && char.IsAsciiLetterUpper(_text[_at]))
        {
            _at++;
        }

        var name = _text[start.._at];
        if (name.Length is < 3 or > 5)
        {
            _at = start;
            throw Fault(written);
        }

        // An abbreviation names no place, so that Go too takes its time for UTC; only GMT may say how far it is.
        if (name == "GMT" && (Has('+') || Has('-')))
        {
            var sign = _text[_at++] == '-' ? -1 : 1;
            _offsetSeconds = sign * Digits(written, 1, 2) * 3600;
        }
    }

    private void ReadOffset(string written)
    {
        if (written[0] == 'Z' && Has('Z'))
        {
            _at++;
            return;
        }

        if (!Has('+') && !Has('-'))
        {
            throw Fault(written);
        }

        var sign = _text[_at++] == '-' ? -1 : 1;
        var hasColon = written.Contains(':', StringComparison.Ordinal);
        var seconds = Digits(written, 2, 2) * 3600;
        for (var (part, size) = (1, 60); part < written.Count(char.IsAsciiDigit) / 2; part++, size /= 60)
        {
            if (hasColon && !Has(':'))
            {
                throw Fault(written);
            }

            _at += hasColon ? 1 : 0;
            seconds += Digits(written, 2, 2) * size;
        }

        _offsetSeconds = sign * seconds;
    }

    private void ReadFraction(int digits, string written)
    {
        if (!Has('.') && !Has(','))
        {
            throw Fault(written);
        }

        _at++;
        var start = _at;
        while (_at < _text.Length && _at - start < digits && char.IsAsciiDigit(_text[_at]))
        {
            _at++;
        }

        if (_at - start < digits)
        {
            throw Fault(written);
        }

        var text = _text[start..Math.Min(_at, start + 9)].PadRight(9, '0');
        _nanosecond = int.Parse(text, CultureInfo.InvariantCulture);
    }

    /// <summary>Seconds may have a fraction that the layout does not mention.</summary>
    private void ReadUnaskedFraction()
    {
        var end = _at + 1;
        while (end < _text.Length && char.IsAsciiDigit(_text[end]))
        {
            end++;
        }

        if ((Has('.') || Has(',')) && end > _at + 1)
        {
            ReadFraction(end - _at - 1, "");
        }
    }

    private BigInteger Finish()
    {
        if (_isAfternoon == true && _hour < 12)
        {
            _hour += 12;
        }
        else if (_isAfternoon == false && _hour == 12)
        {
            _hour = 0;
        }

        if (_dayOfYear >= 0)
        {
            var days = CivilTime.DaysFromCivil(_year + 1, 1, 1) - CivilTime.DaysFromCivil(_year, 1, 1);
            return _dayOfYear >= 1 && _dayOfYear <= days ? At(1, _dayOfYear) : throw OutOfRange("day-of-year");
        }

        var (month, day) = (_month < 0 ? 1 : _month, _day < 0 ? 1 : _day);
        return day >= 1 && day <= CivilTime.DaysInMonth(_year, month) ? At(month, day) : throw OutOfRange("day");
    }

    private BigInteger At(int month, int day) =>
        new CivilTime(_year, month, day, _hour, _minute, _second, _nanosecond).UnixNanoseconds
        - (BigInteger)_offsetSeconds * 1_000_000_000;
}
