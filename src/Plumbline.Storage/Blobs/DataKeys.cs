using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Plumbline.Core.Evidence;

namespace Plumbline.Storage.Blobs;

/// <summary>Data keys, unwrapped as they are needed and wiped at the end. The key-encryption key is read at the first.</summary>
internal sealed class DataKeys(SqliteConnection connection, StoreContext store) : IDisposable
{
    private readonly Dictionary<string, byte[]> open = new(StringComparer.Ordinal);

    /// <summary>The key of this name; null once it was destroyed.</summary>
    public byte[]? Find(string name)
    {
        if (open.TryGetValue(name, out var key))
        {
            return key;
        }
        return BlobTable.Key(connection, name) is { } stored ? Open(stored) : null;
    }

    /// <summary>The key for payloads of a class at this time, and its stored form where it has to be stored yet.</summary>
    public (string Name, byte[] Key, DataKey? New) ForScope(string @class, DateTimeOffset now)
    {
        if (BlobTable.CurrentKey(connection, @class, now.Year) is { } stored)
        {
            return (stored.Ref, open.GetValueOrDefault(stored.Ref) ?? Open(stored), null);
        }
        var (made, key) = DataKey.Create(@class, now.Year, LogTime.ToMicroseconds(now), store.Keys.Kek, store.Random);
        open[made.Ref] = key;
        return (made.Ref, key, made);
    }

    public void Dispose()
    {
        foreach (var key in open.Values)
        {
            CryptographicOperations.ZeroMemory(key);
        }
        open.Clear();
    }

    private byte[] Open(DataKey key)
    {
        try
        {
            return open[key.Ref] = key.Unwrap(store.Keys.Kek);
        }
        catch (CryptographicException)
        {
            throw StoreFault.KeyDiffers(store.Keys.Path, $"its `kek` does not open the data key `{key.Ref}`");
        }
    }
}
