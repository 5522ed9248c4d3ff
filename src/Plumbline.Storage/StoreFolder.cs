using Plumbline.Storage.Files;

namespace Plumbline.Storage;

/// <summary>What lies in a store's folder, by name.</summary>
/// <remarks>
/// <code>
/// .plumbline/
///   .gitignore      *
///   store.db        the database, with -wal and -shm while it is open
///   writer.lock     held, empty, by whoever seals
///   runs/ID         held, empty, by the process of that run
///   pending/UUID/   bundles that wait for the next writer
///   rejected/UUID/  bundles that no writer may take in
/// </code>
/// </remarks>
internal sealed record StoreFolder(string Path)
{
    public string Database => System.IO.Path.Combine(Path, "store.db");

    public string WriterLock => System.IO.Path.Combine(Path, "writer.lock");

    public string Runs => System.IO.Path.Combine(Path, "runs");

    public string Pending => System.IO.Path.Combine(Path, "pending");

    public string Rejected => System.IO.Path.Combine(Path, "rejected");

    /// <summary>True when the last process to have the database open did not close it, or one has it open now.</summary>
    public bool HasWriteAheadLog => new FileInfo(Database + "-wal") is { Exists: true, Length: > 0 };

    /// <summary>Makes what is missing. The folder keeps itself out of version control.</summary>
    public void Create()
    {
        PrivateFiles.CreateFolder(Path);
        var ignore = System.IO.Path.Combine(Path, ".gitignore");
        if (!File.Exists(ignore))
        {
            File.WriteAllText(ignore, "*\n");
        }
        PrivateFiles.CreateFolder(Runs);
        PrivateFiles.CreateFolder(Pending);
    }

    /// <summary>Does <paramref name="work"/>, and turns what the system says into a fault of this store.</summary>
    public T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (StoreFault.Of(Path, e) is not null)
        {
            throw StoreFault.Of(Path, e)!;
        }
    }

    /// <inheritdoc cref="Guard{T}(Func{T})"/>
    public void Guard(Action work) =>
        Guard(() =>
        {
            work();
            return true;
        });

    /// <inheritdoc cref="Guard{T}(Func{T})"/>
    public async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (StoreFault.Of(Path, e) is not null)
        {
            throw StoreFault.Of(Path, e)!;
        }
    }
}
