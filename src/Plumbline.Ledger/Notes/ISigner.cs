namespace Plumbline.Ledger.Notes;

/// <summary>Signs notes: a key in memory, or one that a device or a cloud keeps to itself.</summary>
public interface ISigner
{
    /// <summary>The name, the algorithm byte, the key id, and the means to check what <see cref="Sign"/> gave.</summary>
    VerifierKey Key { get; }

    /// <summary>The bytes of the signature line after the key id.</summary>
    byte[] Sign(ReadOnlySpan<byte> text);
}
