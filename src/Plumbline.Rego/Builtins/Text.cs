using System.Numerics;
using System.Text;
using Plumbline.Values;

namespace Plumbline.Rego.Builtins;

/// <summary>UTF-8 text as code points: what Rego counts in.</summary>
internal static class Text
{
    /// <summary>What reading a text once costs: a step is worth about so many bytes of it.</summary>
    public static long ScanSteps(Utf8 text) => text.Length / 16;

    public static int CountRunes(ReadOnlySpan<byte> text)
    {
        var count = 0;
        foreach (var b in text)
        {
            count += (b & 0xC0) == 0x80 ? 0 : 1;
        }

        return count;
    }

    /// <summary>Length in bytes of the code point at <paramref name="at"/>.</summary>
    public static int RuneLength(ReadOnlySpan<byte> text, int at) =>
        text[at] switch
        {
            < 0x80 => 1,
            < 0xE0 => 2,
            < 0xF0 => 3,
            _ => 4,
        };

    /// <summary>Where code point <paramref name="index"/> begins; the end of the text where there are fewer.</summary>
    public static int OffsetOf(ReadOnlySpan<byte> text, long index)
    {
        var at = 0;
        for (; index > 0 && at < text.Length; index--)
        {
            at += RuneLength(text, at);
        }

        return at;
    }

    public static List<Utf8> Runes(Utf8 text)
    {
        var runes = new List<Utf8>(text.Length);
        for (var at = 0; at < text.Length; )
        {
            var length = RuneLength(text.Span, at);
            runes.Add(text.Slice(at, length));
            at += length;
        }

        return runes;
    }

    /// <summary>The parts between the delimiters; for an empty delimiter the code points.</summary>
    public static List<Utf8> Split(Utf8 text, Utf8 delimiter)
    {
        if (delimiter.Length == 0)
        {
            return Runes(text);
        }

        var parts = new List<Utf8>();
        while (true)
        {
            var end = text.Span.IndexOf(delimiter.Span);
            if (end < 0)
            {
                parts.Add(text);
                return parts;
            }

            parts.Add(text.Slice(0, end));
            text = text.Slice(end + delimiter.Length);
        }
    }

    public static Value ToArray(List<Utf8> parts)
    {
        var items = new Value[parts.Count];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = parts[i];
        }

        return Value.ArrayOf(items);
    }

    /// <summary>Every occurrence replaced, from the left; an empty one stands before, between and after all code points.</summary>
    public static Utf8 Replace(Utf8 text, Utf8 old, Utf8 @new)
    {
        if (old.Length > 0 && text.Span.IndexOf(old.Span) < 0)
        {
            return text;
        }

        var parts = Split(text, old);
        if (old.Length == 0)
        {
            parts.Insert(0, Utf8.Empty);
            parts.Add(Utf8.Empty);
        }

        return Join(parts, @new);
    }

    public static Utf8 Join(IReadOnlyList<Utf8> parts, Utf8 delimiter)
    {
        var length = Math.Max(0, parts.Count - 1L) * delimiter.Length + parts.Sum(p => (long)p.Length);
        var bytes = new byte[length];
        var at = 0;
        for (var i = 0; i < parts.Count; i++)
        {
            if (i > 0)
            {
                delimiter.Span.CopyTo(bytes.AsSpan(at));
                at += delimiter.Length;
            }

            parts[i].Span.CopyTo(bytes.AsSpan(at));
            at += parts[i].Length;
        }

        return new Utf8(bytes, 0, bytes.Length);
    }

    /// <summary>What is left without the code points that hold at its start, its end, or both.</summary>
    public static Utf8 Trim(Utf8 text, Predicate<Rune> drops, bool start, bool end)
    {
        while (start && text.Length > 0)
        {
            _ = Rune.DecodeFromUtf8(text.Span, out var rune, out var length);
            if (!drops(rune))
            {
                break;
            }

            text = text.Slice(length);
        }

        while (end && text.Length > 0)
        {
            _ = Rune.DecodeLastFromUtf8(text.Span, out var rune, out var length);
            if (!drops(rune))
            {
                break;
            }

            text = text.Slice(0, text.Length - length);
        }

        return text;
    }

    /// <summary>Digits of a number that is not negative, in a base up to 16, lower-case.</summary>
    public static string Digits(BigInteger value, int numberBase)
    {
        if (value.IsZero)
        {
            return "0";
        }

        var digits = new StringBuilder();
        for (; !value.IsZero; value /= numberBase)
        {
            digits.Insert(0, "0123456789abcdef"[(int)(value % numberBase)]);
        }

        return digits.ToString();
    }
}
