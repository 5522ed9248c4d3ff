using System.Diagnostics;
using System.Text;
using Plumbline.Ledger.Keys;
using Plumbline.Ledger.Notes;

namespace Plumbline.Ledger.Tests.Notes;

/// <summary>What an auditor does who has none of our code.</summary>
public sealed class Openssl : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("ledger-tests");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Verifies_our_signature_of_a_note_with_our_public_key_file()
    {
        using var key = Ed25519PrivateKey.Generate(System.Security.Cryptography.RandomNumberGenerator.Fill);
        var note = Note.Sign("log.example/evidence\n0\n"u8, [new Ed25519Signer("log.example/evidence", key)]);
        var text = Write("text", note.Text.ToArray());
        var signature = Write("signature", note.Signatures[0].Signature.ToArray());
        var pem = Write("key.pem", Encoding.ASCII.GetBytes(key.Public.ToPem()));

        string[] verify = ["pkeyutl", "-verify", "-pubin", "-inkey", pem, "-rawin", "-in", text, "-sigfile", signature];
        Assert.Equal(0, await RunAsync(verify));

        Write("text", "log.example/evidence\n1\n"u8.ToArray());
        Assert.NotEqual(0, await RunAsync(verify));
    }

    [Fact]
    public async Task Makes_keys_that_we_read_and_reads_those_that_we_make()
    {
        var made = Path.Combine(folder.FullName, "made.pem");
        Assert.Equal(0, await RunAsync("genpkey", "-algorithm", "ed25519", "-out", made));
        using var key = Ed25519PrivateKey.ReadPem(await File.ReadAllTextAsync(made));
        Assert.Equal(await File.ReadAllTextAsync(made), key.ExportPem());

        var derived = Path.Combine(folder.FullName, "public.pem");
        var ours = Write("ours.pem", Encoding.ASCII.GetBytes(key.ExportPem()));
        Assert.Equal(0, await RunAsync("pkey", "-in", ours, "-pubout", "-out", derived));
        Assert.Equal(key.Public.ToPem(), await File.ReadAllTextAsync(derived));
    }

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static async Task<int> RunAsync(params string[] arguments)
    {
        var paths = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [];
        var openssl = paths.Select(path => Path.Combine(path, "openssl")).FirstOrDefault(File.Exists);
        if (openssl is null)
        {
            Assert.Skip("openssl is not on the path");
        }

        var start = new ProcessStartInfo(openssl, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
