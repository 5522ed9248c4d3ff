using System.Globalization;
using Microsoft.Data.Sqlite;
using Plumbline.Core.Evidence;
using Plumbline.Storage.Files;
using Plumbline.Storage.Sqlite;

namespace Plumbline.Storage.Runs;

/// <summary>Which runs are under way: a row outside the log for each, and a lock that its process holds while it lives.</summary>
/// <remarks>
/// A row whose lock is free belongs to a dead process. Process ids would not do: they are reused, and mean nothing in another
/// container.
/// </remarks>
internal sealed class RunJournal(StoreFolder folder) : IDisposable
{
    private readonly Dictionary<Guid, LockFile> own = [];

    public void Begin(SqliteConnection connection, Guid run, DateTimeOffset started, string description)
    {
        // The lock comes first: a row without one would count as dead.
        own.Add(
            run,
            LockFile.TryTake(LockPath(run)) ?? throw new InvalidOperationException($"run `{run}` has begun already")
        );
        connection.Run(
            "INSERT INTO run (id, started, description) VALUES ($id, $started, $description)",
            ("$id", Text(run)),
            ("$started", LogTime.ToMicroseconds(started)),
            ("$description", description)
        );
    }

    public void End(SqliteConnection connection, Guid run)
    {
        Forget(connection, run);
        Release(run);
    }

    /// <summary>Removes the row, inside the caller's transaction where there is one.</summary>
    public static void Forget(SqliteConnection connection, Guid run) =>
        connection.Run("DELETE FROM run WHERE id = $id", ("$id", Text(run)));

    public static bool Has(SqliteConnection connection, Guid run) =>
        connection.Number("SELECT 1 FROM run WHERE id = $id", ("$id", Text(run))) is not null;

    /// <summary>Runs that ended without saying so, the oldest first.</summary>
    public List<LostRun> FindDead(SqliteConnection connection) =>
        connection
            .All(
                "SELECT id, started, description FROM run ORDER BY started, id",
                row => new LostRun(
                    Guid.Parse(row.GetString(0)),
                    LogTime.FromMicroseconds(row.GetInt64(1)),
                    row.GetString(2)
                )
            )
            .FindAll(run => !own.ContainsKey(run.Id) && IsDead(run.Id));

    /// <summary>Takes away the lock of a run whose row is gone.</summary>
    public void Release(Guid run)
    {
        if (own.Remove(run, out var held))
        {
            held.DisposeAndDelete();
        }
        else
        {
            File.Delete(LockPath(run));
        }
    }

    /// <summary>Lets go of the locks and leaves the rows: what was not ended is lost.</summary>
    public void Dispose()
    {
        foreach (var held in own.Values)
        {
            held.Dispose();
        }
        own.Clear();
    }

    private bool IsDead(Guid run)
    {
        if (!File.Exists(LockPath(run)))
        {
            return true; // and taking it would make the file again
        }
        using var free = LockFile.TryTake(LockPath(run));
        return free is not null;
    }

    private string LockPath(Guid run) => Path.Combine(folder.Runs, Text(run));

    private static string Text(Guid run) => run.ToString("D", CultureInfo.InvariantCulture);
}

/// <summary>A run that began and never ended.</summary>
internal sealed record LostRun(Guid Id, DateTimeOffset Started, string Description);
