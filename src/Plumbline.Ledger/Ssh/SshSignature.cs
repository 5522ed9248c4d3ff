using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Plumbline.Ledger.Ssh;

/// <summary>A detached signature as <c>ssh-keygen -Y sign</c> writes it (PROTOCOL.sshsig of OpenSSH).</summary>
/// <remarks>
/// <code>
/// armored    -----BEGIN SSH SIGNATURE-----, base64, -----END SSH SIGNATURE-----
/// blob       "SSHSIG"   uint32 version = 1   string public key   string namespace   string reserved
///            string hash algorithm = sha256 | sha512             string signature
/// signed     "SSHSIG"   string namespace     string reserved     string hash algorithm   string H(message)
/// </code>
/// The namespace says what the signature is for: one made for a file, a commit or another tool is none here.
/// </remarks>
public sealed class SshSignature
{
    private const string Begin = "-----BEGIN SSH SIGNATURE-----";
    private const string End = "-----END SSH SIGNATURE-----";
    private const int Version = 1;

    /// <summary>An RSA signature of 16,384 bits with its key is half of this.</summary>
    private const int MaxText = 16 << 10;

    private readonly byte[] _reserved;
    private readonly string _hash;
    private readonly byte[] _signature;

    private SshSignature(ReadOnlySpan<byte> blob)
    {
        var reader = new WireReader(blob);
        if (!reader.Bytes(Magic.Length).SequenceEqual(Magic))
        {
            throw LedgerException.Malformed("expected an SSH signature, which begins with `SSHSIG`");
        }

        if (reader.UInt32() is var version && version != Version)
        {
            throw LedgerException.Malformed($"expected an SSH signature of version {Version}, got {version}");
        }

        Key = SshPublicKey.Read(reader.String());
        Namespace = Encoding.UTF8.GetString(reader.String());
        _reserved = reader.String().ToArray();
        _hash = reader.Name();
        _signature = reader.String().ToArray();
        reader.End();
        if (_hash is not ("sha256" or "sha512"))
        {
            throw LedgerException.Malformed($"expected the hash `sha256` or `sha512`, got `{_hash}`");
        }
    }

    private static ReadOnlySpan<byte> Magic => "SSHSIG"u8;

    /// <summary>The key that claims to have signed.</summary>
    public SshPublicKey Key { get; }

    /// <summary>What it was made for, e.g. <c>plumbline-approval</c>.</summary>
    public string Namespace { get; }

    /// <summary>Reads the armored text.</summary>
    /// <exception cref="LedgerException">It is no such signature.</exception>
    public static SshSignature Read(string armored)
    {
        var text = armored.Trim();
        var blob =
            text.Length <= MaxText
            && text.StartsWith(Begin, StringComparison.Ordinal)
            && text.EndsWith(End, StringComparison.Ordinal)
            && text.Length >= Begin.Length + End.Length
                ? SshPublicKey.FromBase64(text[Begin.Length..^End.Length])
                : null;
        return blob is null
            ? throw LedgerException.Malformed($"expected base64 between `{Begin}` and `{End}`")
            : new SshSignature(blob);
    }

    /// <summary>Whether <see cref="Key"/> signed exactly these bytes, for <see cref="Namespace"/>.</summary>
    public bool Verifies(ReadOnlySpan<byte> message)
    {
        try
        {
            return Key.Verify(SignedFor(message), _signature);
        }
        catch (LedgerException)
        {
            return false; // Bytes that follow no signature's format are the signature of nothing.
        }
    }

    private byte[] SignedFor(ReadOnlySpan<byte> message) =>
        [
            .. Magic,
            .. Framed(Encoding.UTF8.GetBytes(Namespace)),
            .. Framed(_reserved),
            .. Framed(Encoding.ASCII.GetBytes(_hash)),
            .. Framed(_hash == "sha256" ? SHA256.HashData(message) : SHA512.HashData(message)),
        ];

    private static byte[] Framed(byte[] bytes)
    {
        var framed = new byte[sizeof(uint) + bytes.Length];
        BinaryPrimitives.WriteUInt32BigEndian(framed, (uint)bytes.Length);
        bytes.CopyTo(framed, sizeof(uint));
        return framed;
    }
}
