using System.Collections.Immutable;
using System.Text;
using Plumbline.Core.Evidence;
using Plumbline.Core.Evidence.Tables;
using Plumbline.Values;

namespace Plumbline.Core.Tests.Evidence;

/// <summary>The vectors in <c>docs/formats</c> are what the code writes, to the byte.</summary>
public sealed class Documented_vectors
{
    private static readonly SealRequest Request = AssessmentSeal.Prepare(
        SampleEstate.Assess(SampleEstate.Documented()),
        SampleEstate.Context()
    );

    private static readonly ImmutableArray<Payload> Payloads = [.. Request.Payloads];

    [Fact]
    public void Of_a_snapshot()
    {
        foreach (var name in new[] { "document", "manifest", "positions", "snapshot", "observation" })
        {
            foreach (var payload in Payloads.Where(p => p.Name == name))
            {
                Shows("snapshot.md", Encoding.UTF8.GetString(payload.Bytes.Span));
                Shows("snapshot.md", ContentDigest.Of(payload.Bytes.Span));
            }
        }
    }

    [Fact]
    public void Of_verdict_tables()
    {
        byte[] seed = [.. Enumerable.Repeat((byte)1, TableTree.SeedSize)];
        Shows("verdict-tables.md", Encoding.UTF8.GetString(Payloads.Single(p => p.Name == "salts").Bytes.Span));
        var chunks = Payloads.Where(p => p.Name == "table").Select(p => TableChunk.Parse(p.Bytes)).ToImmutableArray();
        var tree = new TableTree(seed, [.. chunks.Select(c => c.Bytes)]);
        for (var i = 0; i < chunks.Length; i++)
        {
            var proof = tree.Prove(i, chunks[i].Bytes);
            Shows("verdict-tables.md", Convert.ToHexStringLower(proof.Salt.Span));
            Shows("verdict-tables.md", TableTree.LeafOf(proof.Salt.Span, proof.Chunk.Span).ToString());
            Shows("verdict-tables.md", ContentDigest.Of(chunks[i].Bytes.Span));
            Shows(
                "verdict-tables.md",
                chunks[i].Kind == TableChunkKind.Vector
                    ? $"body in hexadecimal: `{Convert.ToHexStringLower(chunks[i].Body.Span)}`"
                    : Encoding.UTF8.GetString(chunks[i].Bytes.Span)
            );
        }

        Shows("verdict-tables.md", tree.Root.ToString());
    }

    [Fact]
    public void Of_a_statement()
    {
        var statement = Payloads.Single(p => p.Name == "statement");
        Shows("statement.md", Encoding.UTF8.GetString(statement.Bytes.Span));
        Shows("statement.md", ContentDigest.Of([2, .. statement.Salt.Span, .. statement.Bytes.Span]));
        Shows("statement.md", Encoding.UTF8.GetString(Payloads.Single(p => p.Name == "checks").Bytes.Span));
    }

    [Fact]
    public void Of_a_leaf()
    {
        var leaf = AssessmentLeaf.Parse(Request.Leaf(SampleEstate.Now.AddSeconds(1), FakeBlobs.Of(Request)));
        Shows(
            "leaf.md",
            Encoding.UTF8.GetString((leaf with { Head = leaf.Head with { Blobs = leaf.Head.Blobs[..2] } }).ToBytes())
        );
        Shows("leaf.md", Encoding.UTF8.GetString(Payloads.Single(p => p.Name == "identity").Bytes.Span));
        Shows("leaf.md", Jcs.ToText(new IndexEntry(SampleEstate.Sha("content"), leaf.Head.Blobs[0]).ToValue()));
    }

    /// <summary>Line feeds do not count on either side: texts that are too long for a page are broken between members.</summary>
    private static void Shows(string document, string text)
    {
        var shown = File.ReadAllText(Repository.Path($"docs/formats/{document}"))
            .Replace("\n", "", StringComparison.Ordinal);
        Assert.Contains(text.Replace("\n", "", StringComparison.Ordinal), shown, StringComparison.Ordinal);
    }
}
