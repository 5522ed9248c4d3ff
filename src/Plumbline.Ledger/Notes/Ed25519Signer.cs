using System.Security.Cryptography;
using System.Text;
using Plumbline.Ledger.Keys;

namespace Plumbline.Ledger.Notes;

/// <summary>Signs notes with an Ed25519 key under a name; the key stays its owner's to dispose of.</summary>
/// <remarks>
/// The text form ("skey"), for exchange with other tools of the C2SP formats, is
/// <code>
/// PRIVATE+KEY+name+key id in hexadecimal+base64(01 ‖ seed)
/// </code>
/// </remarks>
public sealed class Ed25519Signer(string name, Ed25519PrivateKey key) : ISigner
{
    private const string Head = "PRIVATE+KEY+";

    public VerifierKey Key { get; } = VerifierKey.OfSigner(name, key.Public);

    public byte[] Sign(ReadOnlySpan<byte> text) => key.Sign(text);

    /// <summary>The text form. A secret.</summary>
    public string ExportText()
    {
        var seed = key.ExportSeed();
        var text = $"{Head}{Key.Name}+{Key.Id}+{Convert.ToBase64String([(byte)NoteAlgorithm.Ed25519, .. seed])}";
        CryptographicOperations.ZeroMemory(seed);
        return text;
    }

    /// <summary>Reads the text form; the caller disposes of the key.</summary>
    /// <exception cref="LedgerException">It is none, or the key id is not the key's; the message repeats no secret.</exception>
    public static Ed25519Signer Parse(string skey, out Ed25519PrivateKey key)
    {
        if (
            !skey.StartsWith(Head, StringComparison.Ordinal)
            || skey[Head.Length..].Split('+', 3) is not [var name, var id, var base64]
            || !StrictText.TryBase64(Encoding.UTF8.GetBytes(base64), out var bytes)
            || bytes is not [(byte)NoteAlgorithm.Ed25519, ..]
        )
        {
            throw LedgerException.Malformed("expected a key `PRIVATE+KEY+name+id+base64` for Ed25519");
        }

        key = Ed25519PrivateKey.FromSeed(bytes.AsSpan(1));
        CryptographicOperations.ZeroMemory(bytes);
        var signer = new Ed25519Signer(name, key);
        if (string.Equals(signer.Key.Id.ToString(), id, StringComparison.Ordinal))
        {
            return signer;
        }

        key.Dispose();
        throw LedgerException.Malformed($"the key of `{name}` has the id `{signer.Key.Id}`, got `{id}`");
    }
}
