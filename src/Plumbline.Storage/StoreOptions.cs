using System.Security.Cryptography;
using Plumbline.Core.Evidence;

namespace Plumbline.Storage;

/// <summary>Where a store is and how it may be used.</summary>
public sealed record StoreOptions
{
    /// <summary>The store's own folder, <c>…/.plumbline</c>; see <see cref="StoreLocation"/>.</summary>
    public required string Folder { get; init; }

    /// <summary>The folder that holds a folder of keys per origin; see <see cref="StoreLocation.KeysFolder"/>.</summary>
    public required string KeysFolder { get; init; }

    public StoreAccess Access { get; init; } = StoreAccess.Write;

    /// <summary>What the run reads: keys that lie within are refused.</summary>
    public IReadOnlyList<string> ScannedPaths { get; init; } = [];

    /// <summary>How long sealing waits for another writer before it leaves a pending bundle (CONTRACTS 8: 30 s).</summary>
    public TimeSpan LockWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a statement waits for a foreign program that holds the database itself.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(10);

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Fills keys, salts, nonces and ids.</summary>
    public Action<Span<byte>> Random { get; init; } = RandomNumberGenerator.Fill;

    /// <summary>Who writes the entries that the store makes on its own; asked for when there is one to write.</summary>
    public required Func<LeafAuthor> Author { get; init; }
}

/// <summary>What a store is opened for.</summary>
public enum StoreAccess
{
    /// <summary>Made if it is not there, brought up to date, settled.</summary>
    Write,

    /// <summary>Must be there; nothing in the folder is changed, and no key is needed until a payload is read.</summary>
    Read,
}
