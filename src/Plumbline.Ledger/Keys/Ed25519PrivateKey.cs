using System.Security.Cryptography;
using NSec.Cryptography;

namespace Plumbline.Ledger.Keys;

/// <summary>An Ed25519 key that can sign; its seed lies in locked memory and is wiped by <see cref="Dispose"/>.</summary>
/// <remarks>
/// The file form is PKCS #8, RFC 8410, section 7, without attributes, in PEM:
/// <code>
/// 30 2e                     SEQUENCE
///   02 01 00                version 0
///   30 05 06 03 2b 65 70    AlgorithmIdentifier { 1.3.101.112 }
///   04 22 04 20 …           the seed of 32 bytes, an OCTET STRING in another
/// </code>
/// </remarks>
public sealed class Ed25519PrivateKey : IDisposable
{
    public const int SeedSize = 32;

    private const string PemLabel = "PRIVATE KEY";

    private readonly Key key;

    private Ed25519PrivateKey(Key key)
    {
        this.key = key;
        Public = new Ed25519PublicKey(key.PublicKey);
    }

    public Ed25519PublicKey Public { get; }

    private static ReadOnlySpan<byte> Pkcs8Prefix =>
        [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

    /// <summary>Makes a new key.</summary>
    /// <param name="fill">Fills the seed; outside tests <see cref="RandomNumberGenerator.Fill"/>.</param>
    public static Ed25519PrivateKey Generate(Action<Span<byte>> fill)
    {
        Span<byte> seed = stackalloc byte[SeedSize];
        fill(seed);
        var made = FromSeed(seed);
        CryptographicOperations.ZeroMemory(seed);
        return made;
    }

    /// <summary>The key of RFC 8032, section 5.1.5, that this seed determines.</summary>
    /// <exception cref="LedgerException">It has not 32 bytes.</exception>
    public static Ed25519PrivateKey FromSeed(ReadOnlySpan<byte> seed)
    {
        var policy = new KeyCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };
        return
            seed.Length == SeedSize
            && Key.TryImport(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey, out var imported, policy)
            ? new Ed25519PrivateKey(imported!)
            : throw LedgerException.Malformed($"expected an Ed25519 seed of {SeedSize} bytes, got {seed.Length}");
    }

    /// <summary>Reads the file form, as <c>openssl genpkey -algorithm ed25519</c> writes it.</summary>
    /// <exception cref="LedgerException">It is no PEM of an Ed25519 key; the message repeats nothing of it.</exception>
    public static Ed25519PrivateKey ReadPem(string pem)
    {
        var seed = Pem.Read(pem, PemLabel, Pkcs8Prefix, SeedSize);
        var made = FromSeed(seed);
        CryptographicOperations.ZeroMemory(seed);
        return made;
    }

    /// <summary>The file form. A secret: whoever stores it makes the file readable to its owner only.</summary>
    public string ExportPem()
    {
        var seed = ExportSeed();
        var pem = PemEncoding.WriteString(PemLabel, [.. Pkcs8Prefix, .. seed]) + "\n";
        CryptographicOperations.ZeroMemory(seed);
        return pem;
    }

    /// <summary>The deterministic signature of RFC 8032, section 5.1.6, 64 bytes.</summary>
    public byte[] Sign(ReadOnlySpan<byte> message) => SignatureAlgorithm.Ed25519.Sign(key, message);

    public void Dispose() => key.Dispose();

    /// <summary>The 32 secret bytes; the caller wipes them.</summary>
    internal byte[] ExportSeed() => key.Export(KeyBlobFormat.RawPrivateKey);
}
