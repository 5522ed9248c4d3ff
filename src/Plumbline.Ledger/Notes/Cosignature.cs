using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Plumbline.Ledger.Keys;

namespace Plumbline.Ledger.Notes;

/// <summary>A witness's word: at this time, the largest head of this log that it saw, consistent with all before.</summary>
/// <remarks>
/// C2SP tlog-cosignature, version 1. The signature's bytes, and what they sign:
/// <code>
/// 8 bytes    time T: seconds since 1970, big-endian, below 2^63
/// 64 bytes   Ed25519 over "cosignature/v1\ntime T\n" ‖ the note's text
/// </code>
/// </remarks>
/// <param name="Time">Seconds since 1970 by the witness's clock.</param>
/// <param name="Signature">64 bytes.</param>
public readonly record struct Cosignature(long Time, ReadOnlyMemory<byte> Signature)
{
    /// <summary>Reads the bytes of a signature line by a cosigner's key; whether they hold is the key's to say.</summary>
    /// <exception cref="LedgerException">The length is not 72, or the time not below 2^63.</exception>
    public static Cosignature Parse(NoteSignature line) =>
        TryParse(line.Signature, out var cosignature)
            ? cosignature
            : throw LedgerException.Malformed($"`{line.Name}` gives no cosignature of a time and 64 bytes");

    internal static bool TryParse(ReadOnlyMemory<byte> bytes, out Cosignature cosignature)
    {
        cosignature = default;
        if (bytes.Length != sizeof(long) + Ed25519PublicKey.SignatureSize)
        {
            return false;
        }

        cosignature = new Cosignature(BinaryPrimitives.ReadInt64BigEndian(bytes.Span), bytes[sizeof(long)..]);
        return cosignature.Time >= 0;
    }

    /// <summary>What the witness signed.</summary>
    internal byte[] Message(ReadOnlySpan<byte> text) =>
        [
            .. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {Time}\n")),
            .. text,
        ];
}
