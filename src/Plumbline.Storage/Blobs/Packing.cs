using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Plumbline.Core.Evidence;
using Plumbline.Storage.Sqlite;

namespace Plumbline.Storage.Blobs;

/// <summary>Collects the payloads of one entry: the references to them, and what has to be stored that is not there yet.</summary>
/// <remarks>Writes nothing: what is new goes into the transaction of the entry that refers to it.</remarks>
internal sealed class Packing(SqliteConnection connection, DataKeys keys, StoreContext store) : IDisposable
{
    private readonly Repeated findEqual = BlobTable.FindEqual(connection);
    private readonly List<BlobRef> references = [];
    private readonly List<StoredBlob> newBlobs = [];
    private readonly List<DataKey> newKeys = [];
    private readonly Dictionary<string, (string Name, byte[] Key)> scopes = new(StringComparer.Ordinal);

    /// <summary>What was packed before in this entry, by the hex form of its tag.</summary>
    private readonly Dictionary<string, KnownBlob> packed = new(StringComparer.Ordinal);

    public IReadOnlyList<BlobRef> References => references;

    public IReadOnlyList<StoredBlob> NewBlobs => newBlobs;

    public IReadOnlyList<DataKey> NewKeys => newKeys;

    /// <exception cref="ArgumentException">The payload's class or salt is not of the form that <see cref="Payload"/> asks for.</exception>
    public BlobRef Add(Payload payload)
    {
        if (!DataKey.IsClass(payload.Class))
        {
            throw new ArgumentException($"expected a class of a–z, 0–9 and -, got `{payload.Class}`", nameof(payload));
        }
        if (payload.Salt.Length is not (0 or Payload.SaltSize))
        {
            throw new ArgumentException(
                $"expected a salt of {Payload.SaltSize} bytes, got {payload.Salt.Length}",
                nameof(payload)
            );
        }
        var (name, key) = Scope(payload.Class);
        var tag = DataKey.Tag(key, payload.Salt.Span, payload.Bytes.Span);
        var blob = Find(tag) ?? Seal(payload, name, key, tag);
        var reference = new BlobRef
        {
            Name = payload.Name,
            Media = payload.Media,
            Ct = Digest.Text(blob.Ct),
            Pt = Digest.Text(blob.Pt),
            KeyRef = blob.Key,
            Size = blob.Size,
        };
        references.Add(reference);
        return reference;
    }

    public void Dispose() => findEqual.Dispose();

    private (string Name, byte[] Key) Scope(string @class)
    {
        if (!scopes.TryGetValue(@class, out var scope))
        {
            var (name, key, made) = keys.ForScope(@class, store.Clock.GetUtcNow());
            if (made is not null)
            {
                newKeys.Add(made);
            }
            scopes[@class] = scope = (name, key);
        }
        return scope;
    }

    private KnownBlob? Find(byte[] tag) =>
        packed.GetValueOrDefault(Convert.ToHexString(tag)) ?? findEqual.First(BlobTable.ReadKnown, tag);

    private KnownBlob Seal(Payload payload, string keyName, byte[] key, byte[] tag)
    {
        var salt = payload.Salt.ToArray();
        if (salt.Length == 0)
        {
            salt = new byte[Payload.SaltSize];
            store.Random(salt);
        }
        var bytes = BlobCipher.Seal(payload.Bytes.Span, salt, key, store.Random);
        var commitment = BlobCipher.Commit(salt, payload.Bytes.Span);
        var blob = new StoredBlob(SHA256.HashData(bytes), commitment, keyName, tag, bytes);
        newBlobs.Add(blob);
        return packed[Convert.ToHexString(tag)] = new KnownBlob(blob.Ct, blob.Pt, keyName, bytes.Length);
    }
}
