using System.Collections.Immutable;
using CsCheck;
using Plumbline.Core.Evidence;
using Plumbline.Core.Evidence.Snapshots;
using Plumbline.Core.Evidence.Tables;
using Plumbline.Core.Judging;

namespace Plumbline.Core.Tests.Evidence;

/// <summary>Evidence comes from strangers: whatever was sealed is read, or refused in words.</summary>
public sealed class Any_bytes
{
    private static readonly ImmutableArray<(string Name, byte[] Bytes)> Sealed =
    [
        .. AssessmentSeal
            .Prepare(SampleEstate.Assess(SampleEstate.Input()), SampleEstate.Context())
            .Payloads.Select(p => (p.Name, p.Bytes.ToArray())),
        ("leaf", A_leaf.LeafOf(SampleEstate.Assess(SampleEstate.Input()))),
    ];

    [Fact]
    public void Are_read_or_refused_with_a_message()
    {
        var gen =
            from item in Gen.Int[0, Sealed.Length - 1]
            from at in Gen.Int[0, Sealed[item].Bytes.Length - 1]
            from length in Gen.Int[0, 12]
            from put in Gen.OneOf(Gen.Byte.Array[0, 2], Gen.Char["[]{}\":,0-.aef \\"].Array[0, 3].Select(Bytes))
            select (Sealed[item].Name, Bytes: Spliced(Sealed[item].Bytes, at, length, put));

        gen.Sample(
            sample =>
            {
                try
                {
                    Read(sample.Name, sample.Bytes);
                }
                catch (FormatException e)
                {
                    Assert.NotEmpty(e.Message);
                }
            },
            iter: 20_000
        );
    }

    private static void Read(string name, byte[] bytes)
    {
        switch (name)
        {
            case "document":
                break; // The reader of documents has its own tests.
            case "manifest":
                _ = StoredObject.ParseLines(bytes, name).Select(ManifestRow.Read).ToList();
                break;
            case "positions":
                _ = StoredObject.ParseLines(bytes, name).Select(PositionRow.Read).ToList();
                break;
            case "snapshot":
                StoredSnapshot.Parse(bytes);
                break;
            case "observation":
                StoredObservation.Parse(bytes);
                break;
            case "checks":
                StoredChecks.Parse(bytes, ImmutableSortedDictionary<string, string>.Empty);
                break;
            case "framework":
                StoredFrameworks.Parse(bytes);
                break;
            case "table":
                ReadTable(TableChunk.Parse(bytes));
                break;
            case "statement":
                Statement.Parse(bytes).ToBytes();
                break;
            case "identity":
                Identity.Parse(bytes);
                break;
            case "salts":
                Salts.Parse(bytes);
                break;
            default:
                AssessmentLeaf.Parse(bytes).ToBytes();
                break;
        }
    }

    private static void ReadTable(TableChunk chunk)
    {
        switch (chunk.Kind)
        {
            case TableChunkKind.Keys:
                chunk.ReadKeys();
                break;
            case TableChunkKind.Rows:
                var pod = SampleEstate.Resource(SampleEstate.Pod, "p", "{}");
                var instance = SampleEstate.Check("c", SampleEstate.Pod).Default;
                _ = chunk.ReadRows().Select(row => FindingRow.Read(row, instance, pod).Verdict).ToList();
                break;
            default:
                _ = Enumerable.Range(0, chunk.Count).Select(chunk.VerdictAt).Count(v => v == Verdict.Pass);
                break;
        }
    }

    private static byte[] Bytes(char[] text) => [.. text.Select(c => (byte)c)];

    private static byte[] Spliced(byte[] bytes, int at, int length, byte[] put) =>
        [.. bytes[..at], .. put, .. bytes[Math.Min(bytes.Length, at + length)..]];
}
