using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Plumbline.Ledger.Ssh;

namespace Plumbline.Ledger.Tests.Ssh;

public sealed class Ssh_public_key
{
    private const string Device = "sk-ecdsa-sha2-nistp256@openssh.com";

    [Fact]
    public void Has_the_fingerprint_that_ssh_keygen_prints()
    {
        // ssh-keygen -lf ed25519.pub
        var (key, _) = SshPublicKey.ReadLine(Ssh_signature.Text("ed25519.pub"));
        var blob = Convert.FromBase64String(Ssh_signature.Text("ed25519.pub").Split(' ')[1]);

        Assert.Equal($"SHA256:{Convert.ToBase64String(SHA256.HashData(blob)).TrimEnd('=')}", key.Fingerprint);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData("ssh-ed25519 AAAA")]
    [InlineData("ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIKxP2slsRRPjfD6pQWkA/AwYiwRtbRLgMBp6j0cAB8eC")] // another type inside
    [InlineData("ssh-dss AAAAB3NzaC1kc3MAAAAA")]
    public void Is_refused_where_it_is_none(string line) =>
        Assert.Throws<LedgerException>(() => SshPublicKey.ReadLine(line));

    [Fact]
    public void Of_rsa_must_be_long_enough()
    {
        using var rsa = RSA.Create(1024);
        var numbers = rsa.ExportParameters(includePrivateParameters: false);
        byte[] blob = [.. Framed("ssh-rsa"u8), .. Framed(numbers.Exponent), .. Framed([0, .. numbers.Modulus!])];

        Assert.Contains("2,048", Assert.Throws<LedgerException>(() => SshPublicKey.Read(blob)).Message);
    }

    /// <summary>PROTOCOL.u2f: what a security key signs; without a touch any program at its machine could have asked for it.</summary>
    [Theory]
    [InlineData(0x01, true)]
    [InlineData(0x05, true)] // touched, and the user verified
    [InlineData(0x00, false)]
    [InlineData(0x04, false)]
    public void In_a_device_signs_by_a_touch(byte flags, bool holds)
    {
        using var device = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var q = device.ExportParameters(includePrivateParameters: false).Q;
        byte[] blob =
        [
            .. Framed(Encoding.ASCII.GetBytes(Device)),
            .. Framed("nistp256"u8),
            .. Framed([0x04, .. q.X!, .. q.Y!]),
            .. Framed("ssh:"u8),
        ];
        var message = "what is signed"u8.ToArray();
        byte[] rest = [flags, 0, 0, 0, 7];
        var signed = device.SignData(
            [.. SHA256.HashData("ssh:"u8), .. rest, .. SHA256.HashData(message)],
            HashAlgorithmName.SHA256
        );
        byte[] numbers = [.. Framed([0, .. signed[..32]]), .. Framed([0, .. signed[32..]])];
        byte[] signature = [.. Framed(Encoding.ASCII.GetBytes(Device)), .. Framed(numbers), .. rest];

        var key = SshPublicKey.Read(blob);
        Assert.True(key.IsInDevice);
        Assert.Equal(holds, key.Verify(message, signature));
        Assert.False(key.Verify([.. message, 0], signature));
    }

    private static byte[] Framed(ReadOnlySpan<byte> bytes)
    {
        var framed = new byte[4 + bytes.Length];
        BinaryPrimitives.WriteInt32BigEndian(framed, bytes.Length);
        bytes.CopyTo(framed.AsSpan(4));
        return framed;
    }
}
