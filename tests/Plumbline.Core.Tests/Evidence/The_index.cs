using System.Collections.Immutable;
using Plumbline.Core.Evidence;

namespace Plumbline.Core.Tests.Evidence;

public sealed class The_index
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(4096, 1)]
    [InlineData(4097, 2)]
    [InlineData(20_000, 8)]
    [InlineData(200_000, 16)]
    public void Has_so_many_pieces_that_a_leaf_can_name_them(int contents, int pieces)
    {
        var entries = Entries(contents);

        var written = BlobIndex.Write(ContentKind.IndexOf(ContentKind.Document), entries).ToImmutableArray();

        Assert.Equal(pieces, written.Length);
        Assert.Equal(contents, written.Sum(p => p.Bytes.Span.Count((byte)'\n')));
    }

    [Fact]
    public void Says_by_the_first_bits_of_a_digest_in_which_piece_it_is()
    {
        var entries = Entries(20_000);
        ImmutableArray<Payload> written = [.. BlobIndex.Write(ContentKind.IndexOf(ContentKind.Document), entries)];
        var refs = written.Select((_, i) => Blob($"piece {i}")).ToImmutableArray();
        var index = new BlobIndex(refs);
        Assert.True(index.IsWellFormed);

        for (var i = 0; i < written.Length; i++)
        {
            foreach (var line in StoredObject.ParseLines(written[i].Bytes, "piece"))
            {
                Assert.Same(refs[i], index.PieceOf(IndexEntry.Read(line).Digest));
            }
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(32)]
    public void Of_a_number_of_pieces_that_cannot_be_is_refused(int pieces) =>
        Assert.False(new BlobIndex([.. Enumerable.Repeat(Blob("x"), pieces)]).IsWellFormed);

    private static ImmutableArray<IndexEntry> Entries(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new IndexEntry(SampleEstate.Sha($"{i}"), Blob($"{i}")))];

    private static BlobRef Blob(string name) =>
        new()
        {
            Name = name,
            Media = "text/plain",
            Ct = SampleEstate.Sha("ct"),
            Pt = SampleEstate.Sha("pt"),
            KeyRef = "k",
            Size = 1,
        };
}
