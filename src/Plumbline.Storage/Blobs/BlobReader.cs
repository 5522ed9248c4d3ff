using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Plumbline.Core.Evidence;

namespace Plumbline.Storage.Blobs;

/// <summary>Gives payloads back, once everything that their references promise has been found true.</summary>
internal sealed class BlobReader(SqliteConnection connection, DataKeys keys)
{
    public (byte[] Salt, byte[] Plaintext) Read(BlobRef blob)
    {
        if (blob.Enc != BlobRef.Aes256Gcm || blob.Z != BlobRef.Gzip)
        {
            throw StoreFault.BlobDiffers(
                blob,
                $"expected `{BlobRef.Aes256Gcm}` over `{BlobRef.Gzip}`, got `{blob.Enc}` over `{blob.Z}`"
            );
        }
        var ct =
            Digest.Bytes(blob.Ct) ?? throw StoreFault.BlobDiffers(blob, "expected `sha256:` and 64 hex digits as ct");
        var stored = BlobTable.Read(connection, ct) ?? throw StoreFault.BlobMissing(blob);
        Demand(blob, "stored bytes of digest", blob.Ct, Digest.Text(SHA256.HashData(stored)));
        Demand(blob, "stored bytes of length", $"{blob.Size}", $"{stored.Length}");
        var key = keys.Find(blob.KeyRef) ?? throw StoreFault.KeyDestroyed(blob);
        var (salt, plaintext) = Open(blob, stored, key);
        Demand(blob, "a plaintext that commits to", blob.Pt, Digest.Text(BlobCipher.Commit(salt, plaintext)));
        return (salt, plaintext);
    }

    private static (byte[] Salt, byte[] Plaintext) Open(BlobRef blob, byte[] stored, byte[] key)
    {
        try
        {
            return BlobCipher.Open(stored, key);
        }
        catch (Exception e) when (e is CryptographicException or InvalidDataException)
        {
            throw StoreFault.BlobDiffers(blob, $"expected bytes that its key `{blob.KeyRef}` opens, got: {e.Message}");
        }
    }

    private static void Demand(BlobRef blob, string what, string expected, string found)
    {
        if (expected != found)
        {
            throw StoreFault.BlobDiffers(blob, $"expected {what} {expected}, got {found}");
        }
    }
}
