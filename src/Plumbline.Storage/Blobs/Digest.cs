using System.Buffers;

namespace Plumbline.Storage.Blobs;

/// <summary>SHA-256 digests as leaves write them: <c>sha256:</c> and 64 lower-case hex digits.</summary>
internal static class Digest
{
    private const string Prefix = "sha256:";
    private const int Size = 32;
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    public static string Text(ReadOnlySpan<byte> digest) => Prefix + Convert.ToHexStringLower(digest);

    /// <summary>The raw bytes; null for any other text.</summary>
    public static byte[]? Bytes(string text)
    {
        if (!text.StartsWith(Prefix, StringComparison.Ordinal) || text.Length != Prefix.Length + 2 * Size)
        {
            return null;
        }
        var hex = text.AsSpan(Prefix.Length);
        return hex.ContainsAnyExcept(HexDigits) ? null : Convert.FromHexString(hex);
    }
}
