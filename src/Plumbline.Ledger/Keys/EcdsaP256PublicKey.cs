using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;

namespace Plumbline.Ledger.Keys;

/// <summary>The public half of an ECDSA key on P-256, for logs whose key lies in a device or a cloud.</summary>
/// <remarks>
/// Signatures are SHA-256 and DER, <c>SEQUENCE { r INTEGER, s INTEGER }</c> (RFC 3279, section 2.2.3). The DER is read here: the
/// framework takes an s without its leading zero, a negative number, for the positive one.
/// </remarks>
internal sealed class EcdsaP256PublicKey
{
    private const int NumberSize = 32;
    private const string P256 = "1.2.840.10045.3.1.7";

    private readonly byte[] spki;

    private EcdsaP256PublicKey(byte[] spki) => this.spki = spki;

    /// <exception cref="LedgerException">It is no SubjectPublicKeyInfo, or one of another curve.</exception>
    public static EcdsaP256PublicKey Read(byte[] spki)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(spki, out var read);
            if (read == spki.Length && key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == P256)
            {
                return new EcdsaP256PublicKey(spki);
            }
        }
        catch (CryptographicException)
        {
            // Not the DER of a key: said below, as for another curve.
        }

        throw LedgerException.Malformed("expected the SubjectPublicKeyInfo of a P-256 key");
    }

    public bool Verify(ReadOnlySpan<byte> message, ReadOnlyMemory<byte> signature)
    {
        Span<byte> numbers = stackalloc byte[2 * NumberSize];
        if (!TryRead(signature, numbers))
        {
            return false;
        }

        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(spki, out _);
        return key.VerifyData(
            message,
            numbers,
            HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation
        );
    }

    private static bool TryRead(ReadOnlyMemory<byte> der, Span<byte> numbers)
    {
        try
        {
            var reader = new AsnReader(der, AsnEncodingRules.DER);
            var sequence = reader.ReadSequence();
            reader.ThrowIfNotEmpty();
            var (r, s) = (sequence.ReadInteger(), sequence.ReadInteger());
            sequence.ThrowIfNotEmpty();
            return TryWrite(r, numbers[..NumberSize]) && TryWrite(s, numbers[NumberSize..]);
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    private static bool TryWrite(BigInteger number, Span<byte> fixedWidth)
    {
        if (number.Sign <= 0 || number.GetByteCount(isUnsigned: true) is var count && count > NumberSize)
        {
            return false;
        }

        fixedWidth.Clear();
        return number.TryWriteBytes(fixedWidth[^count..], out _, isUnsigned: true, isBigEndian: true);
    }
}
