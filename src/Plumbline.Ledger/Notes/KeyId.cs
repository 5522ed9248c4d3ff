using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Plumbline.Ledger.Notes;

/// <summary>Four bytes that, with a name, say which key a signature line is by. An address, not a fingerprint.</summary>
/// <remarks>
/// C2SP signed-note, "Signatures": the first four bytes of
/// <code>
/// Ed25519, cosignature   SHA-256(name ‖ 0A ‖ algorithm ‖ the 32 bytes of the public key)
/// ECDSA                  SHA-256(SubjectPublicKeyInfo)
/// </code>
/// </remarks>
public readonly record struct KeyId(uint Value)
{
    internal const int Size = sizeof(uint);

    internal static KeyId Of(string name, NoteAlgorithm algorithm, ReadOnlySpan<byte> key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (algorithm == NoteAlgorithm.EcdsaP256)
        {
            SHA256.HashData(key, hash);
        }
        else
        {
            SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', (byte)algorithm, .. key], hash);
        }

        return new KeyId(BinaryPrimitives.ReadUInt32BigEndian(hash));
    }

    /// <summary>Eight lower-case hexadecimal digits.</summary>
    public override string ToString() => $"{Value:x8}";
}
