using System.Globalization;
using System.Text;
using Plumbline.Ledger.Keys;

namespace Plumbline.Ledger.Notes;

/// <summary>A public key as notes know it: with a name, an algorithm and the key id that follows from them.</summary>
/// <remarks>
/// C2SP signed-note, "Verifier keys"; the text form ("vkey") is
/// <code>
/// name+key id in hexadecimal+base64(algorithm byte ‖ public key)
/// </code>
/// with 32 bytes of key for Ed25519 and cosigners, a SubjectPublicKeyInfo for ECDSA.
/// </remarks>
public sealed class VerifierKey
{
    private readonly byte[] key;
    private readonly Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>, bool> accepts;

    private VerifierKey(string name, NoteAlgorithm algorithm, byte[] key)
    {
        if (!StrictText.IsKeyName(name))
        {
            throw LedgerException.Malformed($"expected a key name without spaces and `+`, got `{name}`");
        }

        this.key = key;
        Name = name;
        Algorithm = algorithm;
        Id = KeyId.Of(name, algorithm, key);
        accepts = algorithm switch
        {
            NoteAlgorithm.Ed25519 => Ed25519(Ed25519PublicKey.Read(key)),
            NoteAlgorithm.EcdsaP256 => Ecdsa(EcdsaP256PublicKey.Read(key)),
            NoteAlgorithm.CosignatureV1 => Cosigner(Ed25519PublicKey.Read(key)),
            _ => throw LedgerException.Malformed($"expected a key of algorithm 1, 2 or 4, got {(byte)algorithm}"),
        };
    }

    public string Name { get; }

    public NoteAlgorithm Algorithm { get; }

    public KeyId Id { get; }

    /// <summary>The key under which <paramref name="name"/> signs notes itself.</summary>
    public static VerifierKey OfSigner(string name, Ed25519PublicKey key) =>
        new(name, NoteAlgorithm.Ed25519, key.ToArray());

    /// <summary>The key under which the witness <paramref name="name"/> cosigns the notes of others.</summary>
    public static VerifierKey OfWitness(string name, Ed25519PublicKey key) =>
        new(name, NoteAlgorithm.CosignatureV1, key.ToArray());

    /// <summary>Reads the text form.</summary>
    /// <exception cref="LedgerException">It is none, or the key id is not the key's.</exception>
    public static VerifierKey Parse(string vkey)
    {
        if (
            vkey.Split('+', 3) is not [var name, var id, var base64]
            || !StrictText.TryBase64(Encoding.UTF8.GetBytes(base64), out var bytes)
            || bytes.Length == 0
        )
        {
            throw LedgerException.Malformed($"expected a key `name+id+base64`, got `{vkey}`");
        }

        var parsed = new VerifierKey(name, (NoteAlgorithm)bytes[0], bytes[1..]);
        return string.Equals(parsed.Id.ToString(), id, StringComparison.Ordinal)
            ? parsed
            : throw LedgerException.Malformed($"the key of `{name}` has the id `{parsed.Id}`, got `{id}`");
    }

    /// <summary>The text form; it is public and is what policies and people pin.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}+{Id}+{Convert.ToBase64String([(byte)Algorithm, .. key])}");

    /// <summary>Whether a signature line claims to be by this key.</summary>
    internal bool IsNamedBy(NoteSignature line) =>
        line.Id == Id && string.Equals(line.Name, Name, StringComparison.Ordinal);

    /// <summary>Whether the line's signature over the text holds.</summary>
    internal bool Accepts(ReadOnlyMemory<byte> text, NoteSignature line) => accepts(text, line.Signature);

    private static Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>, bool> Ed25519(Ed25519PublicKey key) =>
        (text, signature) => key.Verify(text.Span, signature.Span);

    private static Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>, bool> Cosigner(Ed25519PublicKey key) =>
        (text, signature) =>
            Cosignature.TryParse(signature, out var cosignature)
            && key.Verify(cosignature.Message(text.Span), cosignature.Signature.Span);

    private static Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>, bool> Ecdsa(EcdsaP256PublicKey key) =>
        (text, signature) => key.Verify(text.Span, signature);
}
