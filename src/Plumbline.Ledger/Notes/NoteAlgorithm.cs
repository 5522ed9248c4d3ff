namespace Plumbline.Ledger.Notes;

/// <summary>The signature type byte of C2SP signed-note, "Signature types": part of every key id and key text.</summary>
public enum NoteAlgorithm : byte
{
    /// <summary>Ed25519 over the note's text.</summary>
    Ed25519 = 0x01,

    /// <summary>ECDSA on P-256 with SHA-256 over the note's text, in DER: for keys that a device or a cloud holds.</summary>
    EcdsaP256 = 0x02,

    /// <summary>A witness's Ed25519 signature with its time, see <see cref="Cosignature"/>.</summary>
    CosignatureV1 = 0x04,
}
