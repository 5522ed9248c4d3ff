using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Plumbline.Core.Evidence;

/// <summary>A name in a leaf that nobody can read without its salt (CONTRACTS §6, "No personal data in a leaf").</summary>
/// <remarks>
/// <code>
/// "sc:" base64url( SHA-256( 03 │ salt 32 │ name ) )        without padding
/// </code>
/// A fresh salt a leaf: two leaves of one person cannot be told to be, and one can be opened without the other.
/// </remarks>
internal static class Commitment
{
    public const int SaltSize = 32;

    private const byte Prefix = 0x03;

    public static string Of(ReadOnlySpan<byte> salt, string name)
    {
        byte[] input = [Prefix, .. salt, .. Encoding.UTF8.GetBytes(name)];
        return "sc:" + Base64Url.EncodeToString(SHA256.HashData(input));
    }
}

/// <summary>A name and the salt under which a leaf commits to it.</summary>
internal sealed record SaltedName(string Name, byte[] Salt)
{
    public string Commitment => Evidence.Commitment.Of(Salt, Name);
}
