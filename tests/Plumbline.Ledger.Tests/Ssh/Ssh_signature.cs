using System.Diagnostics;
using CsCheck;
using Plumbline.Ledger.Ssh;

namespace Plumbline.Ledger.Tests.Ssh;

/// <summary>Signatures that <c>ssh-keygen -Y sign</c> made with keys that were thrown away.</summary>
public sealed class Ssh_signature
{
    private static readonly byte[] Message = Bytes("message.json");

    public static readonly TheoryData<string> Keys = ["ed25519", "nistp256", "nistp384", "nistp521", "rsa"];

    [Theory]
    [MemberData(nameof(Keys))]
    public void Holds_for_what_was_signed_and_names_its_key(string name)
    {
        var signature = SshSignature.Read(Text($"{name}.sig"));
        var (key, comment) = SshPublicKey.ReadLine(Text($"{name}.pub"));

        Assert.Equal("plumbline-approval", signature.Namespace);
        Assert.Equal(key, signature.Key);
        Assert.Equal($"{name}@example.org", comment);
        Assert.True(signature.Verifies(Message));
    }

    [Fact]
    public void Holds_with_either_hash() =>
        Assert.True(SshSignature.Read(Text("ed25519-sha256.sig")).Verifies(Message));

    [Theory]
    [MemberData(nameof(Keys))]
    public void Holds_for_nothing_else(string name)
    {
        var signature = SshSignature.Read(Text($"{name}.sig"));

        Assert.False(signature.Verifies([.. Message, (byte)'\n']));
        Assert.False(signature.Verifies(""u8));
    }

    [Fact]
    public void Says_what_it_was_made_for()
    {
        var signature = SshSignature.Read(Text("other-namespace.sig"));

        Assert.Equal("git", signature.Namespace);
        Assert.True(signature.Verifies(Message));
    }

    /// <summary>Somebody who renames the purpose of a signature has none.</summary>
    [Fact]
    public void Does_not_hold_under_another_name()
    {
        var blob = Blob(Text("other-namespace.sig"));
        var at = blob.AsSpan().IndexOf("git"u8);
        "gut"u8.CopyTo(blob.AsSpan(at));
        var renamed = SshSignature.Read(Armored(blob));

        Assert.Equal("gut", renamed.Namespace);
        Assert.False(renamed.Verifies(Message));
    }

    /// <summary>Every bit of the blob either is needed or breaks its form; an ECDSA signature has a second form, r and n - s, which no flip reaches.</summary>
    [Theory]
    [MemberData(nameof(Keys))]
    public void Does_not_hold_with_any_bit_flipped(string name)
    {
        var blob = Blob(Text($"{name}.sig"));
        Gen.Int[0, (blob.Length * 8) - 1]
            .Sample(
                bit =>
                {
                    var flipped = blob.ToArray();
                    flipped[bit / 8] ^= (byte)(1 << (bit % 8));
                    Assert.False(Holds(Armored(flipped)), $"bit {bit}");
                },
                iter: 300
            );
    }

    [Fact]
    public void Of_any_text_ends_in_an_answer() =>
        Gen
            .Byte.Array[0, 400]
            .Sample(bytes => Assert.False(Holds(Armored([.. "SSHSIG\0\0\0\u0001"u8, .. bytes]))), iter: 3_000);

    [Theory]
    [InlineData("")]
    [InlineData("-----BEGIN SSH SIGNATURE-----")]
    [InlineData("-----BEGIN SSH SIGNATURE----------END SSH SIGNATURE-----")]
    [InlineData("-----BEGIN SSH SIGNATURE-----\nU1NIU0lH\n-----END SSH SIGNATURE-----\nmore")]
    [InlineData("-----BEGIN SSH SIGNATURE-----\nno base64!\n-----END SSH SIGNATURE-----")]
    public void Is_refused_where_it_is_none(string text) =>
        Assert.Throws<LedgerException>(() => SshSignature.Read(text));

    [Theory]
    [InlineData("ed25519")]
    [InlineData("ecdsa")]
    [InlineData("rsa")]
    public async Task Of_the_ssh_keygen_of_this_machine_holds(string type)
    {
        var folder = Directory.CreateTempSubdirectory("plumb-ssh-").FullName;
        try
        {
            var key = Path.Combine(folder, "key");
            var file = Path.Combine(folder, "file");
            await File.WriteAllTextAsync(file, "what is signed", TestContext.Current.CancellationToken);
            await RunAsync("-q", "-t", type, "-N", "", "-f", key);
            await RunAsync("-q", "-Y", "sign", "-n", "plumbline-approval", "-f", key, file);

            var signature = SshSignature.Read(
                await File.ReadAllTextAsync($"{file}.sig", TestContext.Current.CancellationToken)
            );
            Assert.True(signature.Verifies("what is signed"u8));
            Assert.False(signature.Verifies("what is not"u8));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    internal static string Text(string name) =>
        File.ReadAllText(Plumbline.Tests.Repository.Path($"tests/Plumbline.Ledger.Tests/Ssh/vectors/{name}"));

    internal static string Armored(byte[] blob) =>
        $"-----BEGIN SSH SIGNATURE-----\n{Convert.ToBase64String(blob)}\n-----END SSH SIGNATURE-----\n";

    private static byte[] Bytes(string name) =>
        File.ReadAllBytes(Plumbline.Tests.Repository.Path($"tests/Plumbline.Ledger.Tests/Ssh/vectors/{name}"));

    private static byte[] Blob(string armored) =>
        Convert.FromBase64String(string.Concat(armored.Split('\n').Where(l => !l.StartsWith('-'))));

    private static bool Holds(string armored)
    {
        try
        {
            return SshSignature.Read(armored).Verifies(Message);
        }
        catch (LedgerException)
        {
            return false;
        }
    }

    private static async Task RunAsync(params string[] arguments)
    {
        var paths = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [];
        if (paths.Select(p => Path.Combine(p, "ssh-keygen")).FirstOrDefault(File.Exists) is not { } program)
        {
            Assert.Skip("ssh-keygen is not on the path");
            return;
        }

        using var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            }
        )!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, said);
    }
}
