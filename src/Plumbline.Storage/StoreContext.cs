using Plumbline.Core.Evidence;
using Plumbline.Ledger.Notes;
using Plumbline.Storage.Keys;
using Plumbline.Storage.Sqlite;

namespace Plumbline.Storage;

/// <summary>What the parts of an open store share.</summary>
internal sealed record StoreContext(
    StoreOptions Options,
    StoreFolder Folder,
    Database Database,
    Meta Meta,
    KeyFolder Keys
)
{
    public TimeProvider Clock => Options.Clock;

    public Action<Span<byte>> Random => Options.Random;

    /// <summary>What an entry of the store's own takes.</summary>
    public GapContext Gap() => new(Options.Author(), Clock.GetUtcNow(), Random);

    /// <summary>The key that checkpoints must be signed with: as this machine keeps it, else as the store states it.</summary>
    /// <remarks>Only the first catches a store that was replaced together with its key.</remarks>
    public VerifierKey TrustedKey() =>
        Keys.LogPublic is { } key ? VerifierKey.OfSigner(Meta.Origin, key) : VerifierKey.Parse(Meta.VerifierKey);

    /// <summary>Signs the log's checkpoints; reads the key.</summary>
    /// <exception cref="StoreException">The key is missing, readable by others, or another log's.</exception>
    public ISigner LogSigner()
    {
        var signer = new Ed25519Signer(Meta.Origin, Keys.Log);
        return signer.Key.ToString() == Meta.VerifierKey
            ? signer
            : throw StoreFault.KeyDiffers(Keys.Path, $"expected the log key `{Meta.VerifierKey}`, got `{signer.Key}`");
    }
}
