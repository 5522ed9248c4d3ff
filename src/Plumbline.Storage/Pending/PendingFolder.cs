using System.Security.Cryptography;
using System.Text;
using Plumbline.Core.Evidence;
using Plumbline.Ledger.Keys;
using Plumbline.Storage.Blobs;
using Plumbline.Storage.Files;
using Plumbline.Storage.Log;

namespace Plumbline.Storage.Pending;

/// <summary>Bundles of those who found the store held by somebody else, until a writer takes them in.</summary>
/// <remarks>
/// <code>
/// pending/UUID/statement     a <see cref="BundleStatement"/>
/// pending/UUID/blobs/HEX     stored bytes, each under its digest
/// pending/UUID/sig           Ed25519 by the runner's key over "plumbline.dev/pending/v1\n" ‖ statement, 64 bytes
/// </code>
/// The signature covers the blobs through their digests. A bundle appears whole, by a rename; names that begin with a dot are being written or
/// being removed, and <c>statement</c> is locked by the process that does it.
/// </remarks>
internal sealed class PendingFolder(StoreFolder folder)
{
    private static ReadOnlySpan<byte> Domain => "plumbline.dev/pending/v1\n"u8;

    /// <summary>Writes a bundle that survives a power cut.</summary>
    /// <param name="time">Stands in the leaf until the log says the time.</param>
    /// <returns>The bundle's folder.</returns>
    public string Write(Guid id, string origin, Batch batch, DateTimeOffset time, Ed25519PrivateKey runner)
    {
        var leaf = batch.Leaf(time);
        LeafHeader.Read(leaf);
        LeafProfile.Require(leaf); // a leaf that is none is the caller's mistake, and is told to the caller
        var final = Path.Combine(folder.Pending, $"{id:D}");
        var hidden = Path.Combine(folder.Pending, $".{id:D}");
        PrivateFiles.CreateFolder(hidden);
        var blobs = BlobsOf(hidden);
        PrivateFiles.CreateFolder(blobs);
        var statement = BundleStatement.Of(origin, batch, leaf).ToBytes();
        using var held = PrivateFiles.Create(StatementOf(hidden), FileShare.None);
        held.Write(statement);
        held.Flush(flushToDisk: true);
        foreach (var blob in batch.Blobs)
        {
            PrivateFiles.WriteNew(Path.Combine(blobs, Convert.ToHexStringLower(blob.Ct)), blob.Bytes);
        }
        PrivateFiles.WriteNew(SignatureOf(hidden), runner.Sign([.. Domain, .. statement]));
        Durable.FlushFolder(blobs);
        Durable.FlushFolder(hidden);
        Durable.RenameFolder(hidden, final);
        return final;
    }

    /// <summary>Bundles that are complete, the oldest first (their ids are UUIDv7).</summary>
    public IReadOnlyList<string> List() =>
        Directory.Exists(folder.Pending)
            ?
            [
                .. Directory
                    .EnumerateDirectories(folder.Pending)
                    .Where(path => Path.GetFileName(path)[0] != '.')
                    .Order(StringComparer.Ordinal),
            ]
            : [];

    /// <summary>Reads a bundle and trusts nothing in it before its signature and every digest hold.</summary>
    /// <exception cref="InvalidDataException">It cannot be taken in; says why.</exception>
    /// <exception cref="UnreadableException">It cannot be read now.</exception>
    public static Batch Read(string bundle, string origin, Ed25519PublicKey runner)
    {
        var bytes = ReadPart(StatementOf(bundle));
        if (!runner.Verify([.. Domain, .. bytes], ReadPart(SignatureOf(bundle))))
        {
            throw new InvalidDataException("its signature is not the runner's");
        }
        var statement = BundleStatement.Parse(bytes);
        if (statement.V != BundleStatement.Version || statement.Origin != origin)
        {
            throw new InvalidDataException(
                $"expected version {BundleStatement.Version} for the log `{origin}`, got version {statement.V} for `{statement.Origin}`"
            );
        }
        var leaf = Encoding.UTF8.GetBytes(statement.Leaf);
        RequireLeaf(leaf);
        return new Batch
        {
            Leaf = time => LeafHeader.WithTime(leaf, time),
            Blobs = [.. statement.Blobs.Select(blob => ReadBlob(bundle, blob))],
            Keys = statement.Keys,
            Names = statement.Names,
            Run = statement.Run,
        };
    }

    /// <summary>Removes a bundle that is in the log now.</summary>
    public void Remove(string bundle)
    {
        // Out of sight first: what a crash leaves half deleted must not look like a damaged bundle.
        var hidden = Path.Combine(folder.Pending, "." + Path.GetFileName(bundle));
        Durable.RenameFolder(bundle, hidden);
        Directory.Delete(BlobsOf(hidden), recursive: true); // the statement goes last: Sweep looks for it
        Directory.Delete(hidden, recursive: true);
    }

    /// <summary>Moves a bundle, whole, to where no writer looks.</summary>
    /// <returns>Where it is now.</returns>
    public string SetAside(string bundle)
    {
        PrivateFiles.CreateFolder(folder.Rejected);
        var name = Path.Combine(folder.Rejected, Path.GetFileName(bundle));
        var aside = name;
        for (var copy = 2; Directory.Exists(aside); copy++)
        {
            aside = $"{name}-{copy}"; // somebody put it back as it was
        }
        Durable.RenameFolder(bundle, aside);
        return aside;
    }

    /// <summary>Removes what crashed processes left half written or half removed.</summary>
    public void Sweep()
    {
        foreach (var hidden in Directory.EnumerateDirectories(folder.Pending, ".*"))
        {
            if (File.Exists(StatementOf(hidden)))
            {
                using var free = LockFile.TryTake(StatementOf(hidden));
                if (free is null)
                {
                    continue; // somebody is writing it
                }
                Directory.Delete(hidden, recursive: true);
            }
        }
    }

    private static string StatementOf(string bundle) => Path.Combine(bundle, "statement");

    private static string SignatureOf(string bundle) => Path.Combine(bundle, "sig");

    private static string BlobsOf(string bundle) => Path.Combine(bundle, "blobs");

    private static StoredBlob ReadBlob(string bundle, BundleBlob blob)
    {
        if (Digest.Bytes(blob.Ct) is not { } ct || Digest.Bytes(blob.Pt) is not { } pt)
        {
            throw new InvalidDataException($"expected digests of its blobs, got `{blob.Ct}` and `{blob.Pt}`");
        }
        var name = Convert.ToHexStringLower(ct);
        var bytes = ReadPart(Path.Combine(BlobsOf(bundle), name));
        var found = SHA256.HashData(bytes);
        return found.AsSpan().SequenceEqual(ct)
            ? new StoredBlob(ct, pt, blob.Key, blob.Tag, bytes)
            : throw new InvalidDataException($"its blob `{name}` has digest `{Convert.ToHexStringLower(found)}`");
    }

    private static byte[] ReadPart(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidDataException($"its file `{Path.GetFileName(path)}` is missing", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another user's, a failing disk, or its writer has named it just now and not let go of it yet.
            throw new UnreadableException(
                $"its file `{Path.GetFileName(path)}` cannot be read ({e.Message.TrimEnd('.')})",
                e
            );
        }
    }

    private static void RequireLeaf(byte[] leaf)
    {
        try
        {
            LeafProfile.Require(leaf);
            LeafHeader.Read(leaf);
        }
        catch (FormatException e)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    /// <summary>A bundle that nothing can be said about today.</summary>
    internal sealed class UnreadableException(string message, Exception cause) : Exception(message, cause);
}
