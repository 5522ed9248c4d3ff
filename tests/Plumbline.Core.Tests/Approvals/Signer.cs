using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Plumbline.Core.Approvals;
using Plumbline.Core.Checks;
using Plumbline.Ledger.Ssh;

namespace Plumbline.Core.Tests.Approvals;

/// <summary>A person with a key of their own, who signs as <c>ssh-keygen -Y sign</c> does.</summary>
internal sealed class Signer(string principal)
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string Principal => principal;

    public SshPublicKey Key => SshPublicKey.Read(Blob);

    public string Line => $"ecdsa-sha2-nistp256 {Convert.ToBase64String(Blob)} {principal}";

    private byte[] Blob
    {
        get
        {
            var q = _key.ExportParameters(includePrivateParameters: false).Q;
            return [.. Text("ecdsa-sha2-nistp256"), .. Text("nistp256"), .. Framed([0x04, .. q.X!, .. q.Y!])];
        }
    }

    public ApproverKey At(Severity level) => new(level, Key, principal);

    public Approval Approve(ReadOnlyMemory<byte> signed, string purpose = Approval.Namespace, string? by = null) =>
        new(by ?? principal, Sign(signed, purpose));

    public string Sign(ReadOnlyMemory<byte> signed, string purpose)
    {
        byte[] message =
        [
            .. "SSHSIG"u8,
            .. Text(purpose),
            .. Text(""),
            .. Text("sha512"),
            .. Framed(SHA512.HashData(signed.Span)),
        ];
        var numbers = _key.SignData(message, HashAlgorithmName.SHA256);
        byte[] made = [.. Framed([0, .. numbers[..32]]), .. Framed([0, .. numbers[32..]])];
        byte[] blob =
        [
            .. "SSHSIG\0\0\0\u0001"u8,
            .. Framed(Blob),
            .. Text(purpose),
            .. Text(""),
            .. Text("sha512"),
            .. Framed([.. Text("ecdsa-sha2-nistp256"), .. Framed(made)]),
        ];
        return $"-----BEGIN SSH SIGNATURE-----\n{Convert.ToBase64String(blob)}\n-----END SSH SIGNATURE-----\n";
    }

    private static byte[] Text(string text) => Framed(Encoding.ASCII.GetBytes(text));

    private static byte[] Framed(ReadOnlySpan<byte> bytes)
    {
        var framed = new byte[4 + bytes.Length];
        BinaryPrimitives.WriteInt32BigEndian(framed, bytes.Length);
        bytes.CopyTo(framed.AsSpan(4));
        return framed;
    }
}
