using Microsoft.Data.Sqlite;
using Plumbline.Core.Evidence;
using Plumbline.Ledger;
using SQLitePCL;

namespace Plumbline.Storage;

/// <summary>Everything the store can refuse, with code, cause and remedy: the whole table of <c>PLB-4nnn</c>.</summary>
internal static class StoreFault
{
    private const string Untouched = "what was sealed before is untouched";

    public static StoreException NoStore(string path) =>
        new("PLB-4001", $"no evidence store at `{path}`: run `plumb scan` first, or name one with --store");

    public static StoreException ReadOnly(string path, Exception? cause = null) =>
        new(
            "PLB-4002",
            $"the evidence store at `{path}` cannot be written to, so nothing was sealed: "
                + $"make it writable, or name another with --store ({Reason(cause, "it is read-only")})",
            cause
        );

    public static StoreException Full(string path, Exception? cause = null) =>
        new(
            "PLB-4003",
            $"the disk of the evidence store at `{path}` is full, so nothing was sealed; {Untouched}: free some space and run again",
            cause
        );

    public static StoreException Corrupt(string path, string finding, Exception? cause = null) =>
        new(
            "PLB-4004",
            $"the evidence store at `{path}` is damaged ({finding}); it was not written to: "
                + "restore it from a backup, or move it aside and begin a new one",
            cause
        );

    public static StoreException SchemaTooNew(string path, long found, long known) =>
        new(
            "PLB-4005",
            $"the evidence store at `{path}` has schema {found}, and this plumb knows {known} at most; {Untouched}: use a newer plumb"
        );

    public static StoreException SchemaTooOld(string path, long found, long known) =>
        new(
            "PLB-4006",
            $"the evidence store at `{path}` has schema {found}, expected {known}, and reading does not change it: "
                + "seal something with this plumb first"
        );

    public static StoreException SqliteTooOld(string found, string needed) =>
        new(
            "PLB-4007",
            $"expected SQLite {needed} or newer, got {found}: older ones can corrupt a database when two connections write "
                + "its log and reset it at once (WAL-reset bug)"
        );

    public static StoreException Busy(string path, Exception? cause = null) =>
        new(
            "PLB-4008",
            $"the evidence store at `{path}` is held by another program, so nothing was sealed; {Untouched}: "
                + "close what has it open and run again",
            cause
        );

    public static StoreException Io(string path, Exception cause) =>
        new(
            "PLB-4009",
            $"the evidence store at `{path}` could not be read or written, so nothing more was sealed; what was confirmed is there: "
                + $"check the disk and run again ({Reason(cause, "input/output error")})",
            cause
        );

    public static StoreException Foreign(string path) =>
        new(
            "PLB-4010",
            $"`{path}` is a SQLite database, but no evidence store; it is untouched: name another folder with --store"
        );

    public static StoreException KeyModeTooLoose(string path, UnixFileMode found, UnixFileMode expected) =>
        new(
            "PLB-4020",
            $"others may read the keys at `{path}`: expected mode {Octal(expected)}, got {Octal(found)}: "
                + $"run `chmod {Octal(expected)} {path}`, and consider whether somebody has read them"
        );

    public static StoreException KeyMissing(string path, string origin) =>
        new(
            "PLB-4021",
            $"the key `{path}` of the log `{origin}` is missing: "
                + "put it back from your backup, point XDG_CONFIG_HOME at where it is, or begin a new store with --store"
        );

    public static StoreException KeyMalformed(string path, string expected) =>
        new("PLB-4022", $"the key at `{path}` cannot be used: expected {expected}: put it back from your backup");

    public static StoreException KeysWithinScan(string keys, string scanned) =>
        new(
            "PLB-4023",
            $"the keys at `{keys}` lie within `{scanned}`, which is being scanned: point XDG_CONFIG_HOME somewhere else, and move them"
        );

    public static StoreException KeyDiffers(string path, string what) =>
        new(
            "PLB-4024",
            $"the key at `{path}` is not this store's: {what}: put the right one back, or begin a new store with --store"
        );

    public static StoreException Inconsistent(string path, string what, Exception? cause = null) =>
        new(
            "PLB-4030",
            $"the log at `{path}` contradicts itself ({what}); nothing is appended to it: "
                + "run `plumb evidence verify`, and restore it from a backup",
            cause
        );

    public static StoreException BlobMissing(BlobRef blob) =>
        new("PLB-4031", $"the blob `{blob.Name}` ({blob.Ct}) is not in the store: restore it from a backup");

    public static StoreException BlobDiffers(BlobRef blob, string what) =>
        new("PLB-4032", $"the blob `{blob.Name}` ({blob.Ct}) is not what was sealed: {what}: restore it from a backup");

    public static StoreException KeyDestroyed(BlobRef blob) =>
        new(
            "PLB-4033",
            $"the blob `{blob.Name}` ({blob.Ct}) cannot be read any more: its data key `{blob.KeyRef}` was destroyed"
        );

    /// <summary>The row of the table for what the operating system, SQLite or the log said; null for our own mistakes.</summary>
    public static StoreException? Of(string path, Exception cause) =>
        cause switch
        {
            SqliteException e => Of(path, e),
            LedgerException => Inconsistent(path, cause.Message, cause),
            UnauthorizedAccessException or IOException { HResult: ReadOnlyFileSystem } => ReadOnly(path, cause),
            IOException { HResult: NoSpace or QuotaExceeded } => Full(path, cause),
            IOException => Io(path, cause),
            _ => null,
        };

    private static StoreException? Of(string path, SqliteException cause) =>
        cause.SqliteErrorCode switch
        {
            raw.SQLITE_FULL => Full(path, cause),
            raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM => ReadOnly(path, cause),
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => Corrupt(path, Reason(cause, "malformed"), cause),
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => Busy(path, cause),
            // The shared memory beside the database is sparse: where it cannot be made as long as it must be, nothing fits.
            raw.SQLITE_IOERR when cause.SqliteExtendedErrorCode == raw.SQLITE_IOERR_SHMSIZE => Full(path, cause),
            raw.SQLITE_IOERR => Io(path, cause),
            _ => null,
        };

    // errno as .NET passes it through on Linux.
    private const int NoSpace = 28;
    private const int ReadOnlyFileSystem = 30;
    private const int QuotaExceeded = 122;

    /// <summary>The cause's own words, less the wrapping and the final stop.</summary>
    private static string Reason(Exception? cause, string otherwise)
    {
        if (cause is null)
        {
            return otherwise;
        }
        var text = cause.Message.TrimEnd('.');
        return cause is SqliteException && text.IndexOf('\'') is var start and >= 0
            ? text[(start + 1)..].TrimEnd('\'')
            : text;
    }

    private static string Octal(UnixFileMode mode) => Convert.ToString((int)mode, 8).PadLeft(4, '0');
}
