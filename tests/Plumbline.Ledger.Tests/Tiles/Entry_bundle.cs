using CsCheck;
using Plumbline.Ledger.Tiles;

namespace Plumbline.Ledger.Tests.Tiles;

public sealed class Entry_bundle
{
    [Fact]
    public void Gives_back_the_entries_it_was_made_of() =>
        Gen
            .Byte.Array[0, 40]
            .Array[1, 256]
            .Sample(entries => Split(entries.Length, Join(entries)).SequenceEqual(entries.Select(Convert.ToHexString)));

    [Fact]
    public void Holds_entries_of_no_and_of_most_bytes()
    {
        byte[][] entries =
        [
            [],
            new byte[EntryBundle.MaxEntryBytes],
        ];
        Assert.Equal(2 + 2 + 65_535, Join(entries).Length);
        Assert.Equal(entries.Select(Convert.ToHexString), Split(2, Join(entries)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Join([new byte[65_536]]));
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("0000", 2)] // one entry of two
    [InlineData("00000000", 1)] // two of one
    [InlineData("00", 1)] // half a length
    [InlineData("0002ff", 1)] // half an entry
    public void Refuses_more_fewer_or_a_part_of_an_entry(string hex, int width) =>
        Assert.Contains(
            "`tile/entries/007.p/",
            Faults.Expect(LedgerFault.Malformed, () => Split(width, Convert.FromHexString(hex))).Message,
            StringComparison.Ordinal
        );

    private static byte[] Join(byte[][] entries) =>
        EntryBundle.Encode([.. entries.Select(entry => (ReadOnlyMemory<byte>)entry)]);

    private static string[] Split(int width, byte[] bundle) =>
        [
            .. EntryBundle
                .Decode(new TileId(TileId.EntriesLevel, 7, width), bundle)
                .Select(entry => Convert.ToHexString(entry.Span)),
        ];
}
