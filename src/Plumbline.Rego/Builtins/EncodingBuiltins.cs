using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Plumbline.Values;

namespace Plumbline.Rego.Builtins;

/// <summary>Base64, hexadecimal and URL encodings. Decoded bytes that are no UTF-8 show U+FFFD in their place.</summary>
internal static class EncodingBuiltins
{
    public static readonly Builtin[] All =
    [
        Builtin.Of<Utf8>("base64.encode", s => Convert.ToBase64String(s.Span)),
        Builtin.Of<Utf8>("base64.decode", s => Base64Bytes(s, url: false)),
        Builtin.Of<Value>("base64.is_valid", v => v.IsString && Base64Bytes(v.Utf8, url: false).Fault is null),
        Builtin.Of<Utf8>("base64url.encode", s => Url(Convert.ToBase64String(s.Span))),
        Builtin.Of<Utf8>("base64url.encode_no_pad", s => Base64Url.EncodeToString(s.Span)),
        Builtin.Of<Utf8>("base64url.decode", s => Base64Bytes(s, url: true)),
        Builtin.Of<Utf8>("hex.encode", s => Convert.ToHexStringLower(s.Span)),
        Builtin.Of<Utf8>("hex.decode", HexBytes),
        Builtin.Of<Utf8>("urlquery.encode", s => UrlQuery.Escape(s)),
        Builtin.Of<Utf8>("urlquery.decode", UrlQuery.Unescape),
        Builtin.Of<AnObject>("urlquery.encode_object", o => UrlQuery.Encode(o.Value)),
        Builtin.Of<Utf8>("urlquery.decode_object", UrlQuery.Decode),
    ];

    private static string Url(string base64) => base64.Replace('+', '-').Replace('/', '_');

    /// <summary>Strict padding, which the URL form may leave out; line ends are skipped (Go's <c>encoding/base64</c>).</summary>
    private static Answer Base64Bytes(Utf8 encoded, bool url)
    {
        var text = encoded
            .ToString()
            .Replace("\r", "", StringComparison.Ordinal)
            .Replace("\n", "", StringComparison.Ordinal);
        var bad = text.TrimEnd('=').AsSpan().IndexOfAnyExcept(url ? UrlAlphabet : Alphabet);
        if (url && !text.EndsWith('=') && text.Length % 4 is 2 or 3)
        {
            text = text.PadRight(text.Length + 4 - text.Length % 4, '=');
        }

        var standard = text.Replace('-', '+').Replace('_', '/');
        var bytes = new byte[standard.Length];
        return bad < 0 && standard.Length % 4 == 0 && Convert.TryFromBase64String(standard, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes.AsSpan(0, length))
            : Answer.Invalid($"illegal base64 data at input byte {(bad < 0 ? text.TrimEnd('=').Length : bad)}");
    }

    private const string LettersAndDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly SearchValues<char> Alphabet = SearchValues.Create(LettersAndDigits + "+/");
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");
    private static readonly SearchValues<char> UrlAlphabet = SearchValues.Create(LettersAndDigits + "-_");

    private static Answer HexBytes(Utf8 encoded)
    {
        var text = encoded.ToString();
        var bad = text.AsSpan().IndexOfAnyExcept(HexDigits);
        if (bad >= 0)
        {
            var rune = Rune.GetRuneAt(text, bad);
            return Answer.Invalid(
                string.Create(CultureInfo.InvariantCulture, $"encoding/hex: invalid byte: U+{rune.Value:X4} '{rune}'")
            );
        }

        return text.Length % 2 != 0
            ? Answer.Invalid("encoding/hex: odd length hex string")
            : Encoding.UTF8.GetString(Convert.FromHexString(text));
    }
}
