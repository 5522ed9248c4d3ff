using System.Security.Cryptography;
using System.Text;
using Plumbline.Ledger;
using Plumbline.Ledger.Keys;
using Plumbline.Storage.Blobs;
using Plumbline.Storage.Files;

namespace Plumbline.Storage.Keys;

/// <summary>The keys of one log, apart from its store.</summary>
/// <remarks>
/// <code>
/// $XDG_CONFIG_HOME/plumbline/keys/ORIGIN/     0700
///   kek          0600   32 bytes, base64: wraps the data keys
///   log.pem      0600   Ed25519, PKCS #8: signs checkpoints, and nothing else
///   runner.pem   0600   Ed25519, PKCS #8: signs pending bundles, and nothing else
///   log.pub.pem         the public half of log.pem: what verifying needs
/// </code>
/// Keys are read when they are first used: listing a log needs none.
/// </remarks>
internal sealed class KeyFolder(string path, string origin) : IDisposable
{
    private byte[]? kek;
    private Ed25519PrivateKey? log;
    private Ed25519PrivateKey? runner;

    public string Path => path;

    private string KekPath => System.IO.Path.Combine(path, "kek");
    private string LogPath => System.IO.Path.Combine(path, "log.pem");
    private string LogPublicPath => System.IO.Path.Combine(path, "log.pub.pem");
    private string RunnerPath => System.IO.Path.Combine(path, "runner.pem");

    /// <summary>Where a log's keys are; an origin's <c>/</c> makes folders, and nothing in it leads upwards.</summary>
    public static KeyFolder Of(string keysFolder, string origin) =>
        new(System.IO.Path.Combine(keysFolder, origin), origin);

    public ReadOnlySpan<byte> Kek => kek ??= ReadKek();

    public Ed25519PrivateKey Log => log ??= ReadSigningKey(LogPath);

    public Ed25519PrivateKey Runner => runner ??= ReadSigningKey(RunnerPath);

    /// <summary>The key that the log's checkpoints must be signed with; null where this machine does not hold it.</summary>
    public Ed25519PublicKey? LogPublic =>
        File.Exists(LogPublicPath)
            ? Checked(LogPublicPath, "an Ed25519 public key in PEM", Ed25519PublicKey.ReadPem)
            : null;

    /// <summary>Makes all keys of a new log, and returns once they are on the disk.</summary>
    /// <param name="random">Fills with chance that nobody can guess.</param>
    public void Create(Action<Span<byte>> random)
    {
        PrivateFiles.CreateFolder(path);
        PrivateFiles.RequireMode(path, PrivateFiles.FolderMode);
        Span<byte> secret = stackalloc byte[BlobCipher.KeySize];
        random(secret);
        PrivateFiles.WriteNew(KekPath, Encoding.ASCII.GetBytes(Convert.ToBase64String(secret) + "\n"));
        CryptographicOperations.ZeroMemory(secret);
        using var newLog = Ed25519PrivateKey.Generate(random);
        using var newRunner = Ed25519PrivateKey.Generate(random);
        PrivateFiles.WriteNew(LogPath, Encoding.ASCII.GetBytes(newLog.ExportPem()));
        PrivateFiles.WriteNew(LogPublicPath, Encoding.ASCII.GetBytes(newLog.Public.ToPem()));
        PrivateFiles.WriteNew(RunnerPath, Encoding.ASCII.GetBytes(newRunner.ExportPem()));
        Durable.FlushFolder(path);
    }

    /// <summary>Refuses keys that the run itself would read as part of a target (CONTRACTS 8: never in a tree).</summary>
    public static void RequireOutside(string keysFolder, IEnumerable<string> scannedPaths)
    {
        var keys = RealPath.Of(keysFolder);
        foreach (var scanned in scannedPaths)
        {
            var tree = RealPath.Of(scanned);
            if (
                keys == tree
                || keys.StartsWith(
                    System.IO.Path.TrimEndingDirectorySeparator(tree) + System.IO.Path.DirectorySeparatorChar,
                    StringComparison.Ordinal
                )
            )
            {
                throw StoreFault.KeysWithinScan(keysFolder, scanned);
            }
        }
    }

    /// <summary>What is wrong with the secret files from outside: missing, or open to others. None is read.</summary>
    public IEnumerable<Core.Evidence.StoreException> Faults()
    {
        foreach (var file in new[] { KekPath, LogPath, RunnerPath })
        {
            Core.Evidence.StoreException? fault = null;
            try
            {
                _ = Require(file);
            }
            catch (Core.Evidence.StoreException found)
            {
                fault = found;
            }

            if (fault is not null)
            {
                yield return fault;
            }
        }
    }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(kek);
        log?.Dispose();
        runner?.Dispose();
    }

    private byte[] ReadKek()
    {
        var expected = $"{BlobCipher.KeySize} bytes in base64";
        return Checked(
            Require(KekPath),
            expected,
            text =>
                Convert.FromBase64String(text) is { Length: BlobCipher.KeySize } key
                    ? key
                    : throw new FormatException(expected)
        );
    }

    private Ed25519PrivateKey ReadSigningKey(string file) =>
        Checked(Require(file), "an Ed25519 private key in PEM", Ed25519PrivateKey.ReadPem);

    /// <summary>The file, once it is known to be there and its owner's alone.</summary>
    private string Require(string file)
    {
        if (!File.Exists(file))
        {
            throw StoreFault.KeyMissing(file, origin);
        }
        PrivateFiles.RequireMode(path, PrivateFiles.FolderMode);
        PrivateFiles.RequireMode(file, PrivateFiles.FileMode);
        return file;
    }

    private static T Checked<T>(string file, string expected, Func<string, T> read)
    {
        try
        {
            return read(File.ReadAllText(file));
        }
        catch (Exception e) when (e is LedgerException or FormatException)
        {
            throw StoreFault.KeyMalformed(file, expected);
        }
    }
}
