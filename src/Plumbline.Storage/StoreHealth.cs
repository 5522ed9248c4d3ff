using Plumbline.Core.Evidence;
using Plumbline.Storage.Keys;

namespace Plumbline.Storage;

/// <summary>What can be told of a store and its keys from outside: nothing is written, and no secret is read.</summary>
public static class StoreHealth
{
    /// <summary>Version of the SQLite library that stores are read and written with.</summary>
    public static string SqliteVersion
    {
        get
        {
            SQLitePCL.Batteries_V2.Init();
            return SQLitePCL.raw.sqlite3_libversion().utf8_to_string();
        }
    }

    /// <summary>Where the keys of a log are.</summary>
    public static string KeysOf(string origin, StoreOptions options)
    {
        using var keys = KeyFolder.Of(options.KeysFolder, origin);
        return keys.Path;
    }

    /// <summary>Keys of a log that are missing, or that others may read.</summary>
    public static IReadOnlyList<StoreException> KeyFaults(string origin, StoreOptions options)
    {
        using var keys = KeyFolder.Of(options.KeysFolder, origin);
        return [.. keys.Faults().DistinctBy(f => f.Message)];
    }

    /// <summary>Bundles that wait for the next writer, and those that no writer may take in.</summary>
    public static (int Pending, int Rejected) Bundles(StoreOptions options)
    {
        var folder = new StoreFolder(options.Folder);
        return (CountOf(folder.Pending), CountOf(folder.Rejected));

        static int CountOf(string path) => Directory.Exists(path) ? Directory.GetDirectories(path).Length : 0;
    }
}
