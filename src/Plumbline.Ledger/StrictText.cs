using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Plumbline.Ledger;

/// <summary>The few spellings the C2SP formats share, each with exactly one text per value.</summary>
/// <remarks>
/// The framework's readers forgive white space, signs and stray bits in base64; a format that is signed must not, or two
/// texts would mean one thing.
/// </remarks>
internal static class StrictText
{
    /// <summary>RFC 4648, section 4, with padding and without a second spelling.</summary>
    public static bool TryBase64(ReadOnlySpan<byte> text, out byte[] bytes)
    {
        bytes = [];
        if (text.Length % 4 != 0)
        {
            return false;
        }

        var decoded = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        if (Base64.DecodeFromUtf8(text, decoded, out _, out var length) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        bytes = decoded[..length];
        Span<byte> again = text.Length <= 256 ? stackalloc byte[text.Length] : new byte[text.Length];
        return Base64.EncodeToUtf8(bytes, again, out _, out var written) == System.Buffers.OperationStatus.Done
            && text.SequenceEqual(again[..written]);
    }

    /// <summary>A count below 2^63 in decimal, without sign or leading zeros.</summary>
    public static bool TryCount(ReadOnlySpan<byte> text, out long count)
    {
        count = 0;
        var canonical = text is [>= (byte)'1' and <= (byte)'9', ..] or [(byte)'0'];
        return canonical && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count);
    }

    /// <summary>Whether the text can name a key: not empty, no Unicode space, no plus, no control character.</summary>
    /// <remarks>C2SP signed-note, "Format".</remarks>
    public static bool IsKeyName(string name)
    {
        foreach (var rune in name.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || rune.Value is '+' or < 0x20)
            {
                return false;
            }
        }

        return name.Length > 0;
    }

    /// <summary>Whether the bytes are UTF-8 without control characters other than the line feed.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> text) =>
        Utf8.IsValid(text)
        && !text.ContainsAnyInRange((byte)0x00, (byte)0x09)
        && !text.ContainsAnyInRange((byte)0x0b, (byte)0x1f);

    /// <summary>Takes the first line off <paramref name="rest"/>, without its line feed.</summary>
    /// <returns>False when no line feed is left.</returns>
    public static bool TryLine(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> line)
    {
        var end = rest.IndexOf((byte)'\n');
        line = end < 0 ? default : rest[..end];
        rest = end < 0 ? rest : rest[(end + 1)..];
        return end >= 0;
    }
}
