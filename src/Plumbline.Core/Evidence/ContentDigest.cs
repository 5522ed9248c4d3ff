using System.Buffers;
using System.Security.Cryptography;

namespace Plumbline.Core.Evidence;

/// <summary>How evidence names bytes: <c>sha256:</c> and 64 lower-case hexadecimal digits.</summary>
internal static class ContentDigest
{
    public const string Prefix = "sha256:";

    private const int Length = 7 + (2 * SHA256.HashSizeInBytes);
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    public static string Of(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        return Text(hash);
    }

    public static string Text(ReadOnlySpan<byte> hash) => Prefix + Convert.ToHexStringLower(hash);

    public static bool IsOne(string text) =>
        text.Length == Length
        && text.StartsWith(Prefix, StringComparison.Ordinal)
        && !text.AsSpan(Prefix.Length).ContainsAnyExcept(HexDigits);
}
