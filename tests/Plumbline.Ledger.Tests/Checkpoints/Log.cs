using System.Text;
using Plumbline.Ledger.Checkpoints;
using Plumbline.Ledger.Keys;
using Plumbline.Ledger.Notes;
using Plumbline.Ledger.Tests.Tiles;
using Plumbline.Ledger.Tiles;
using Plumbline.Ledger.Trees;

namespace Plumbline.Ledger.Tests.Checkpoints;

/// <summary>A small log as a store would keep it: entries, tiles, and the last signed head.</summary>
internal sealed class Log : IDisposable
{
    public const string Origin = "log.example/evidence";

    private readonly Ed25519PrivateKey key = Ed25519PrivateKey.FromSeed(
        Encoding.ASCII.GetBytes("a seed for tests, nothing secret")
    );

    public Log() => Signer = new Ed25519Signer(Origin, key);

    public List<byte[]> Entries { get; } = [];

    public TileStore Tiles { get; } = new();

    public Ed25519Signer Signer { get; }

    public SignedCheckpoint? Head { get; set; }

    public MerkleTree Tree => new TiledTree(Entries.Count, Tiles.Read);

    public void Append(int count, string text = "entry")
    {
        var tree = GrowingTree.Open(Entries.Count, Tiles.Read);
        for (var i = 0; i < count; i++)
        {
            Entries.Add(Encoding.ASCII.GetBytes($"{text}-{Entries.Count}"));
            tree.Append(TreeHash.OfLeaf(Entries[^1]));
        }

        Tiles.Put(tree);
    }

    public SignedCheckpoint Sign() => Head = Growth.Sign(Head, Tree, Since((int)(Head?.Head.Size ?? 0)), [Signer]);

    public IEnumerable<ReadOnlyMemory<byte>> Since(int index) =>
        Entries.Skip(index).Select(entry => (ReadOnlyMemory<byte>)entry);

    public void Dispose() => key.Dispose();
}
