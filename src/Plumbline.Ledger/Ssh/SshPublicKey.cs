using System.Security.Cryptography;
using System.Text;
using Plumbline.Ledger.Keys;

namespace Plumbline.Ledger.Ssh;

/// <summary>A public key as OpenSSH writes it, and what its signatures must look like.</summary>
/// <remarks>
/// <code>
/// key blob, all strings of RFC 4251                              signature blob
/// ssh-ed25519          pk                     (RFC 8709)         ssh-ed25519, 64 bytes
/// ecdsa-sha2-nistpN    nistpN, Q              (RFC 5656)         ecdsa-sha2-nistpN, (mpint r, mpint s)
/// ssh-rsa              mpint e, mpint n       (RFC 4253)         rsa-sha2-256 or rsa-sha2-512 (RFC 8332), as long as n
/// sk-ssh-ed25519@…     pk, application        (PROTOCOL.u2f)     sk-ssh-ed25519@…, 64 bytes, byte flags, uint32 counter
/// sk-ecdsa-sha2-…@…    nistp256, Q, application                  sk-ecdsa-sha2-…@…, (r, s), byte flags, uint32 counter
/// </code>
/// Keys in a device sign <c>SHA-256(application) ‖ flags ‖ counter ‖ SHA-256(message)</c>; only a touch of the device counts,
/// since without one a program may sign as it likes. <c>ssh-rsa</c> signatures, which are SHA-1, are none.
/// </remarks>
public sealed class SshPublicKey : IEquatable<SshPublicKey>
{
    /// <summary>NIST SP 800-131A, table 2: RSA below 2,048 bits is disallowed.</summary>
    private const int LeastRsaBits = 2048;

    /// <summary>Above what OpenSSH makes (16,384 bits), and no way to keep a verifier busy.</summary>
    private const int MostRsaBits = 16_384;

    private const byte UserPresent = 0x01;
    private const string DevicePrefix = "sk-";

    private readonly byte[] _blob;
    private readonly string? _application;
    private readonly Verifier _verify;

    private delegate bool Verifier(string algorithm, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);

    private SshPublicKey(byte[] blob)
    {
        _blob = blob;
        var reader = new WireReader(blob);
        Type = reader.Name();
        _verify = Type switch
        {
            "ssh-ed25519" or "sk-ssh-ed25519@openssh.com" => OfEd25519(ref reader),
            "ecdsa-sha2-nistp256" or "sk-ecdsa-sha2-nistp256@openssh.com" => OfEcdsa(ref reader, "nistp256"),
            "ecdsa-sha2-nistp384" => OfEcdsa(ref reader, "nistp384"),
            "ecdsa-sha2-nistp521" => OfEcdsa(ref reader, "nistp521"),
            "ssh-rsa" => OfRsa(ref reader),
            _ => throw LedgerException.Malformed(
                $"expected an ed25519, ecdsa or rsa key, or one in a device, got one of type `{Type}`"
            ),
        };
        _application = IsInDevice ? Encoding.UTF8.GetString(reader.String()) : null;
        reader.End();
    }

    /// <summary>e.g. <c>ssh-ed25519</c>.</summary>
    public string Type { get; }

    /// <summary>The private half never leaves a security key.</summary>
    public bool IsInDevice => Type.StartsWith(DevicePrefix, StringComparison.Ordinal);

    /// <summary><c>SHA256:…</c>, as <c>ssh-keygen -l</c> prints it.</summary>
    public string Fingerprint => "SHA256:" + Convert.ToBase64String(SHA256.HashData(_blob)).TrimEnd('=');

    /// <exception cref="LedgerException">The bytes are no key of a kind that is read here.</exception>
    public static SshPublicKey Read(ReadOnlySpan<byte> blob) => new(blob.ToArray());

    /// <summary>Reads a line of an <c>.pub</c> file: type, key in base64, and a comment that mostly says whose it is.</summary>
    /// <exception cref="LedgerException">The line is no key of a kind that is read here.</exception>
    public static (SshPublicKey Key, string Comment) ReadLine(string line)
    {
        var words = line.Trim().Split(' ', 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var blob = words.Length < 2 ? null : FromBase64(words[1]);
        if (blob is null)
        {
            throw LedgerException.Malformed($"expected `TYPE BASE64 COMMENT` as in a .pub file, got `{line}`");
        }

        var key = Read(blob);
        return key.Type == words[0]
            ? (key, words.ElementAtOrDefault(2) ?? "")
            : throw LedgerException.Malformed($"expected a key of type `{words[0]}`, got one of type `{key.Type}`");
    }

    /// <summary>Whether this key made the signature blob over exactly these bytes.</summary>
    /// <exception cref="LedgerException">The blob does not follow its format.</exception>
    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signatureBlob)
    {
        var reader = new WireReader(signatureBlob);
        var algorithm = reader.Name();
        var signature = reader.String();
        if (!IsInDevice)
        {
            reader.End();
            return _verify(algorithm, message, signature);
        }

        var rest = reader.Bytes(1 + sizeof(uint));
        reader.End();
        byte[] signed =
        [
            .. SHA256.HashData(Encoding.UTF8.GetBytes(_application!)),
            .. rest,
            .. SHA256.HashData(message),
        ];
        return (rest[0] & UserPresent) != 0 && _verify(algorithm, signed, signature);
    }

    public bool Equals(SshPublicKey? other) => other is not null && _blob.AsSpan().SequenceEqual(other._blob);

    public override bool Equals(object? obj) => Equals(obj as SshPublicKey);

    public override int GetHashCode() => Fingerprint.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Fingerprint;

    internal static byte[]? FromBase64(string text)
    {
        var bytes = new byte[(text.Length + 3) / 4 * 3];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }

    private Verifier OfEd25519(ref WireReader reader)
    {
        var key = Ed25519PublicKey.Read(reader.String());
        return (algorithm, message, signature) => algorithm == Type && key.Verify(message, signature);
    }

    private Verifier OfEcdsa(ref WireReader reader, string curve)
    {
        if (reader.Name() is var named && named != curve)
        {
            throw LedgerException.Malformed($"expected the curve `{curve}`, got `{named}`");
        }

        var (size, hash, ec) = curve switch
        {
            "nistp256" => (32, HashAlgorithmName.SHA256, ECCurve.NamedCurves.nistP256),
            "nistp384" => (48, HashAlgorithmName.SHA384, ECCurve.NamedCurves.nistP384),
            _ => (66, HashAlgorithmName.SHA512, ECCurve.NamedCurves.nistP521),
        };
        var point = reader.String();
        if (point.Length != 1 + (2 * size) || point[0] != 0x04) // uncompressed, SEC 1, section 2.3.3
        {
            throw LedgerException.Malformed($"expected a point of {curve} in {1 + (2 * size)} bytes, got another");
        }

        var parameters = new ECParameters
        {
            Curve = ec,
            Q = new ECPoint { X = point[1..(1 + size)].ToArray(), Y = point[(1 + size)..].ToArray() },
        };
        Importable(() => ECDsa.Create(parameters));
        return (algorithm, message, signature) =>
        {
            if (algorithm != Type)
            {
                return false;
            }

            var numbers = new byte[2 * size];
            var parts = new WireReader(signature);
            var r = parts.Positive();
            var s = parts.Positive();
            parts.End();
            if (r.Length > size || s.Length > size)
            {
                return false;
            }

            r.CopyTo(numbers.AsSpan(size - r.Length));
            s.CopyTo(numbers.AsSpan((2 * size) - s.Length));
            using var key = ECDsa.Create(parameters);
            return key.VerifyData(message, numbers, hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        };
    }

    private static Verifier OfRsa(ref WireReader reader)
    {
        var parameters = new RSAParameters
        {
            Exponent = reader.Positive().ToArray(),
            Modulus = reader.Positive().ToArray(),
        };
        if (parameters.Modulus.Length * 8 is var bits && bits is < LeastRsaBits or > MostRsaBits)
        {
            throw LedgerException.Malformed($"expected an RSA key of at least {LeastRsaBits:N0} bits, got {bits:N0}");
        }

        Importable(() => RSA.Create(parameters));
        return (algorithm, message, signature) =>
        {
            HashAlgorithmName? hash = algorithm switch
            {
                "rsa-sha2-256" => HashAlgorithmName.SHA256,
                "rsa-sha2-512" => HashAlgorithmName.SHA512,
                _ => null,
            };
            if (hash is not { } known || signature.Length != parameters.Modulus.Length)
            {
                return false;
            }

            using var key = RSA.Create(parameters);
            return key.VerifyData(message, signature, known, RSASignaturePadding.Pkcs1);
        };
    }

    private static void Importable(Func<IDisposable> import)
    {
        try
        {
            import().Dispose();
        }
        catch (CryptographicException)
        {
            throw LedgerException.Malformed("expected a key, got numbers that are none");
        }
    }
}
