using System.Text;
using Plumbline.Ledger.Trees;

namespace Plumbline.Ledger.Tests.Trees;

public sealed class Tree_hash
{
    /// <summary>Published by the transparency-dev project with its implementation of RFC 6962.</summary>
    private static readonly string[] Entries =
    [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ];

    [Theory]
    [InlineData(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [InlineData(2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77")]
    [InlineData(4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData(5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4")]
    [InlineData(6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef")]
    [InlineData(7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c")]
    [InlineData(8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")]
    public void Of_the_published_leaves_gives_the_published_root(int size, string root)
    {
        TreeHash[] leaves = [.. Entries.Take(size).Select(hex => TreeHash.OfLeaf(Convert.FromHexString(hex)))];
        Assert.Equal(root, new MemoryTree(leaves).Root().ToString());
    }

    [Fact]
    public void Of_a_leaf_starts_with_a_zero_byte() =>
        Assert.Equal(
            "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56",
            TreeHash.OfLeaf("L123456"u8).ToString()
        );

    [Fact]
    public void Of_a_long_leaf_is_the_same_as_hashing_it_whole()
    {
        foreach (var length in (int[])[2047, 2048, 2049, 65_535, 1_000_000])
        {
            var entry = new byte[length];
            entry.AsSpan().Fill(0x5a);
            Assert.Equal(Naive.Root([entry]), TreeHash.OfLeaf(entry));
        }
    }

    [Fact]
    public void Of_a_node_is_neither_that_of_its_mirror_nor_of_a_leaf_with_its_bytes()
    {
        var (left, right) = (TreeHash.OfLeaf("a"u8), TreeHash.OfLeaf("b"u8));
        var node = TreeHash.OfNode(left, right);
        Assert.NotEqual(TreeHash.OfNode(right, left), node);
        Assert.NotEqual(TreeHash.OfLeaf([.. left.ToArray(), .. right.ToArray()]), node);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void Of_another_length_than_32_is_refused(int length)
    {
        Assert.False(TreeHash.TryRead(new byte[length], out _));
        Faults.Expect(LedgerFault.Malformed, () => TreeHash.Read(new byte[length]));
    }

    [Fact]
    public void In_base64_has_one_spelling()
    {
        var hash = TreeHash.OfLeaf("a"u8);
        var text = hash.ToBase64();
        Assert.True(TreeHash.TryReadBase64(Encoding.ASCII.GetBytes(text), out var read));
        Assert.Equal(hash, read);
        Assert.Equal(hash, TreeHash.Read(hash.ToArray()));

        var strayBit = text[..42] + (char)(text[42] + 1) + "=";
        Assert.Equal(Convert.FromBase64String(text), Convert.FromBase64String(strayBit)); // what a forgiving reader says
        foreach (var other in (string[])[strayBit, text + "\n", " " + text, text[..^1], text.Insert(4, "\n   "), ""])
        {
            Assert.False(TreeHash.TryReadBase64(Encoding.ASCII.GetBytes(other), out _), other);
        }
    }

    [Fact]
    public void Of_many_leaves_gives_the_roots_that_others_computed()
    {
        var published = Corpus.Json("merkle-proof-vectors", "roots.json");
        foreach (var root in published.GetProperty("computedRoots").GetProperty("roots").EnumerateArray())
        {
            var leaves = Naive.Leaves(root.GetProperty("size").GetInt32());
            Assert.Equal(root.GetProperty("root").GetString(), new MemoryTree(leaves).Root().ToString());
        }
    }
}
