using System.Buffers.Binary;

namespace Plumbline.Ledger.Notes;

/// <summary>One signature line: who says to have signed, and the bytes that may prove it.</summary>
/// <param name="Signature">What the key's algorithm made, without the key id.</param>
public sealed record NoteSignature(string Name, KeyId Id, ReadOnlyMemory<byte> Signature)
{
    /// <summary>The line without its line feed: em dash, name, base64 of key id and signature.</summary>
    public override string ToString()
    {
        var bytes = new byte[KeyId.Size + Signature.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, Id.Value);
        Signature.CopyTo(bytes.AsMemory(KeyId.Size));
        return $"— {Name} {Convert.ToBase64String(bytes)}";
    }
}
