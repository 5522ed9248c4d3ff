using System.Security.Cryptography;
using NSec.Cryptography;

namespace Plumbline.Ledger.Keys;

/// <summary>The public half of an Ed25519 key (RFC 8032).</summary>
/// <remarks>
/// SubjectPublicKeyInfo, RFC 8410, section 4, has one encoding:
/// <code>
/// 30 2a                     SEQUENCE
///   30 05 06 03 2b 65 70    AlgorithmIdentifier { 1.3.101.112 }
///   03 21 00 …              BIT STRING of 32 bytes
/// </code>
/// </remarks>
public sealed class Ed25519PublicKey
{
    public const int Size = 32;
    public const int SignatureSize = 64;

    private const string PemLabel = "PUBLIC KEY";

    private readonly PublicKey key;

    internal Ed25519PublicKey(PublicKey key) => this.key = key;

    private static ReadOnlySpan<byte> SpkiPrefix =>
        [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

    /// <summary>Full SHA-256 of the SubjectPublicKeyInfo, 64 lower-case hexadecimal digits: what a person compares.</summary>
    /// <remarks>The 4-byte key ids of signed notes can be forged in minutes and are no fingerprint.</remarks>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(ToSpki()));

    /// <summary>Takes the 32 bytes of RFC 8032, section 5.1.5.</summary>
    /// <exception cref="LedgerException">There are more or fewer.</exception>
    public static Ed25519PublicKey Read(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Size
        && PublicKey.TryImport(SignatureAlgorithm.Ed25519, bytes, KeyBlobFormat.RawPublicKey, out var imported)
            ? new Ed25519PublicKey(imported!)
            : throw LedgerException.Malformed($"expected an Ed25519 public key of {Size} bytes, got {bytes.Length}");

    /// <summary>Reads the file form, as <c>openssl pkey -pubout</c> writes it.</summary>
    /// <exception cref="LedgerException">It is no PEM of an Ed25519 public key.</exception>
    public static Ed25519PublicKey ReadPem(string pem) => Read(Pem.Read(pem, PemLabel, SpkiPrefix, Size));

    public byte[] ToArray() => key.Export(KeyBlobFormat.RawPublicKey);

    public byte[] ToSpki() => [.. SpkiPrefix, .. ToArray()];

    /// <summary>The file form that <c>openssl pkeyutl -verify -pubin</c> takes.</summary>
    public string ToPem() => PemEncoding.WriteString(PemLabel, ToSpki()) + "\n";

    /// <summary>Whether this key signed exactly these bytes.</summary>
    /// <remarks>
    /// Strict: refuses a scalar that is not reduced, encodings that are not canonical, and points of small order, so that one
    /// signature says one thing (RFC 8032, section 5.1.7, without the cofactor).
    /// </remarks>
    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        signature.Length == SignatureSize && SignatureAlgorithm.Ed25519.Verify(key, message, signature);
}
