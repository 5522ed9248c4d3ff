using System.Security.Cryptography;

namespace Plumbline.Ledger.Keys;

/// <summary>Reads the one PEM block of a key file, whose DER has a fixed head and a fixed length.</summary>
/// <remarks>RFC 7468; text outside the block is a comment there and passes.</remarks>
internal static class Pem
{
    public static byte[] Read(string pem, string label, ReadOnlySpan<byte> head, int length)
    {
        if (!PemEncoding.TryFind(pem, out var block) || !pem.AsSpan()[block.Label].SequenceEqual(label))
        {
            throw LedgerException.Malformed($"expected a PEM block `{label}`");
        }

        var der = new byte[block.DecodedDataLength];
        Convert.TryFromBase64Chars(pem.AsSpan()[block.Base64Data], der, out _);
        var isKey = der.Length == head.Length + length && der.AsSpan().StartsWith(head);
        var key = isKey ? der[head.Length..] : [];
        CryptographicOperations.ZeroMemory(der);
        return isKey ? key : throw LedgerException.Malformed($"expected an Ed25519 key in the PEM block `{label}`");
    }
}
