using System.Text.Json;
using CsCheck;
using Plumbline.Ledger.Checkpoints;
using Plumbline.Ledger.Keys;
using Plumbline.Ledger.Notes;
using Plumbline.Ledger.Tiles;
using Plumbline.Ledger.Trees;

namespace Plumbline.Ledger.Tests.Checkpoints;

/// <summary>A log of 600 entries that other tools made: tiles, checkpoints with witnesses, proofs, and what must be refused.</summary>
public sealed class Sample_log
{
    private const string Name = "tlog-tiles-sample";

    private static readonly Lazy<JsonElement> Expected = new(() => Corpus.Json(Name, "expected.json"));

    private static string Origin => Expected.Value.GetProperty("origin").GetString()!;

    private static VerifierKey[] Keys =>
        [
            .. Expected
                .Value.GetProperty("keys")
                .EnumerateObject()
                .Select(key => VerifierKey.Parse(key.Value.GetString()!)),
        ];

    [Fact]
    public void Has_the_keys_of_its_key_files()
    {
        var log = Ed25519PublicKey.ReadPem(File.ReadAllText(Place("keys/log-ed25519.pem")));
        var witness = Ed25519PublicKey.ReadPem(File.ReadAllText(Place("keys/witness-ed25519.pem")));
        string[] keys = [.. Keys.Select(key => key.ToString())];
        Assert.Contains(VerifierKey.OfSigner(Origin, log).ToString(), keys);
        Assert.Contains(VerifierKey.OfWitness("witness.example/w1", witness).ToString(), keys);
    }

    [Fact]
    public void Has_checkpoints_that_all_its_keys_signed()
    {
        foreach (var expected in Items("checkpoints"))
        {
            var checkpoint = Open(File.ReadAllBytes(Place(Text(expected, "file"))));
            Assert.Equal(Text(expected, "rootHex"), checkpoint.Head.Root.ToString());
            Assert.Equal(expected.GetProperty("size").GetInt64(), checkpoint.Head.Size);
            var time = expected.GetProperty("witnessTime");
            long?[] times = time.ValueKind == JsonValueKind.Null ? [] : [time.GetInt64()];
            Assert.Equal(times, checkpoint.Endorsements.Select(by => by.Time).Where(at => at is not null));
            Assert.Equal(
                expected.GetProperty("signatures").GetArrayLength() + times.Length,
                checkpoint.Endorsements.Length
            );
        }
    }

    [Fact]
    public void Accepts_a_witness_only_beside_the_log()
    {
        VerifierKey[] witness = [.. Keys.Where(key => key.Algorithm == NoteAlgorithm.CosignatureV1)];
        var note = File.ReadAllBytes(Place("checkpoints/600"));
        Assert.Single(Note.Parse(note).Verify(witness));
        Faults.Expect(LedgerFault.Untrusted, () => SignedCheckpoint.Open(note, Origin, witness));
    }

    [Fact]
    public void Has_12_checkpoints_that_are_refused_each_for_its_reason()
    {
        var latest = Open(File.ReadAllBytes(Place("checkpoints/600")));
        var tree = new TiledTree(600, ReadTile);
        var bad = Items("bad")
            .ToDictionary(item => Path.GetFileName(Text(item, "file")), item => Place(Text(item, "file")));
        Dictionary<string, LedgerFault> reasons = new()
        {
            ["fork-600"] = LedgerFault.Inconsistent,
            ["rollback-500"] = LedgerFault.Inconsistent,
            ["other-key"] = LedgerFault.Untrusted,
            ["other-key-forged-id"] = LedgerFault.Untrusted,
            ["other-origin"] = LedgerFault.Untrusted,
            ["no-signature"] = LedgerFault.Malformed,
            ["leading-zero"] = LedgerFault.Malformed,
            ["short-root"] = LedgerFault.Malformed,
            ["huge-size"] = LedgerFault.Malformed,
            ["crlf"] = LedgerFault.Malformed,
            ["text-changed-after-signing"] = LedgerFault.Untrusted,
            ["empty-extension-line"] = LedgerFault.Malformed,
        };
        Assert.Equal(reasons.Keys.Order(), bad.Keys.Order());
        foreach (var (name, fault) in reasons)
        {
            Faults.Expect(fault, () => Open(File.ReadAllBytes(bad[name])).MustFollow(latest, null));
        }

        // Nor can the rolled-back head be one that the log had before it grew to 600.
        var rolledBack = Open(File.ReadAllBytes(bad["rollback-500"]));
        var proof = tree.ProveConsistency(500, 600);
        Faults.Expect(LedgerFault.Inconsistent, () => latest.MustFollow(rolledBack, proof));
    }

    [Fact]
    public void Recomputes_from_its_entries_at_every_size_that_was_signed()
    {
        foreach (var size in (long[])[0, 1, 2, 255, 256, 257, 600])
        {
            LogAudit.Check(Open(File.ReadAllBytes(Place($"checkpoints/{size}"))).Head, tile => Cut(tile));
        }

        LogAudit.Check(Open(File.ReadAllBytes(Place("log/checkpoint"))).Head, ReadTile);
    }

    [Fact]
    public void Has_the_proofs_that_we_make_from_its_tiles()
    {
        foreach (var expected in Items("consistency").Where(item => item.GetProperty("from").GetInt64() > 0))
        {
            var (from, to) = (expected.GetProperty("from").GetInt64(), expected.GetProperty("to").GetInt64());
            var proof = new TiledTree(600, ReadTile).ProveConsistency(from, to);
            Assert.Equal(
                expected.GetProperty("proofHex").EnumerateArray().Select(hash => hash.GetString()),
                proof.Hashes.Select(hash => hash.ToString())
            );
            Open(File.ReadAllBytes(Place($"checkpoints/{to}")))
                .MustFollow(Open(File.ReadAllBytes(Place($"checkpoints/{from}"))), proof);
        }
    }

    [Fact]
    public void Has_proof_files_that_hold_and_that_we_make_alike()
    {
        var latest = Open(File.ReadAllBytes(Place("checkpoints/600")));
        Assert.Equal(8, Items("inclusion").Count());
        foreach (var expected in Items("inclusion"))
        {
            var bytes = File.ReadAllBytes(Place(Text(expected, "file")));
            var leaf = TreeHash.Read(Convert.FromHexString(Text(expected, "leafHashHex")));
            var file = ProofFile.Parse(bytes);
            Assert.Equal(latest.Head, file.Verify(leaf, Origin, Keys).Head);
            Assert.Equal(bytes, file.ToBytes());

            var ours = new TiledTree(600, ReadTile).ProveInclusion(expected.GetProperty("index").GetInt64(), 600);
            Assert.Equal(bytes, ProofFile.Of(ours, latest).ToBytes());
            if (expected.GetProperty("entryBase64") is { ValueKind: JsonValueKind.String } entry)
            {
                Assert.Equal(leaf, TreeHash.OfLeaf(entry.GetBytesFromBase64()));
            }
        }
    }

    [Fact]
    public void Shows_any_flipped_bit_and_names_the_tile()
    {
        var head = Open(File.ReadAllBytes(Place("log/checkpoint"))).Head;
        TileId[] files = [.. TileId.OfEntries(600), .. TileId.OfTree(600)];
        Gen.Select(Gen.Int[0, files.Length - 1].Select(i => files[i]), Gen.UInt)
            .Sample(
                (file, place) =>
                {
                    var fault = Refused(
                        head,
                        tile =>
                        {
                            var bytes = ReadTile(tile)!;
                            if (tile == file)
                            {
                                bytes[place / 8 % (uint)bytes.Length] ^= (byte)(1 << (int)(place % 8));
                            }

                            return bytes;
                        }
                    );
                    // A changed entry shows in the tile of hashes above it, which has the same number.
                    var number = file.Path[file.Path.LastIndexOf('/')..];
                    return fault.Message.Contains($"{number}`", StringComparison.Ordinal);
                },
                iter: 200
            );
    }

    [Fact]
    public void Shows_what_is_missing_swapped_or_cut()
    {
        var head = Open(File.ReadAllBytes(Place("log/checkpoint"))).Head;
        foreach (var file in TileId.OfEntries(600).Concat(TileId.OfTree(600)))
        {
            var fault = Faults.Expect(
                LedgerFault.Missing,
                () => LogAudit.Check(head, tile => tile == file ? null : ReadTile(tile))
            );
            Assert.Equal($"`{file}` is missing", fault.Message);
        }

        TileId[] bundles = [.. TileId.OfEntries(600)];
        Refused(
            head,
            tile =>
                ReadTile(
                    tile == bundles[0] ? bundles[1]
                    : tile == bundles[1] ? bundles[0]
                    : tile
                )
        );
        Refused(head, tile => tile == bundles[2] ? ReadTile(tile)![..^1] : ReadTile(tile));
        Refused(head, tile => tile == bundles[2] ? [.. ReadTile(tile)!, 0] : ReadTile(tile));
        Refused(
            head,
            tile =>
            {
                if (tile != bundles[0])
                {
                    return ReadTile(tile);
                }

                ReadOnlyMemory<byte>[] entries = [.. EntryBundle.Decode(tile, ReadTile(tile))];
                (entries[10], entries[11]) = (entries[11], entries[10]);
                return EntryBundle.Encode(entries);
            }
        );
    }

    private static LedgerException Refused(Checkpoint head, TileReader read) =>
        Assert.Throws<LedgerException>(() => LogAudit.Check(head, read));

    private static SignedCheckpoint Open(byte[] note) => SignedCheckpoint.Open(note, Origin, Keys);

    private static byte[]? ReadTile(TileId tile)
    {
        var path = Place("log/" + tile.Path);
        return File.Exists(path) ? File.ReadAllBytes(path) : null;
    }

    /// <summary>The tile as it was when the log was smaller: cut from the one of size 600, where it was not kept.</summary>
    private static byte[]? Cut(TileId tile)
    {
        var (shift, level) =
            tile.Level == TileId.EntriesLevel ? (0, TileId.EntriesLevel) : (8 * tile.Level, tile.Level);
        var width = (int)Math.Min(256, (600 >> shift) - tile.Index * 256);
        var now = ReadTile(new TileId(level, tile.Index, width))!;
        return level == TileId.EntriesLevel
            ? EntryBundle.Encode([.. EntryBundle.Decode(tile with { Width = width }, now).Take(tile.Width)])
            : now[..(tile.Width * TreeHash.Size)];
    }

    private static IEnumerable<JsonElement> Items(string name) => Expected.Value.GetProperty(name).EnumerateArray();

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;

    private static string Place(string file) => Path.Combine(Corpus.Folder(Name), file);
}
