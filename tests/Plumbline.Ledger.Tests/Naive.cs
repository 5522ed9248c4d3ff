using System.Security.Cryptography;
using System.Text;
using Plumbline.Ledger.Trees;

namespace Plumbline.Ledger.Tests;

/// <summary>The definition of RFC 6962, section 2.1, word for word, to compare everything else with.</summary>
internal static class Naive
{
    public static TreeHash Root(ReadOnlySpan<byte[]> entries)
    {
        switch (entries.Length)
        {
            case 0:
                return TreeHash.Read(SHA256.HashData([]));
            case 1:
                return TreeHash.Read(SHA256.HashData([0x00, .. entries[0]]));
            default:
                var k = 1;
                while (2 * k < entries.Length)
                {
                    k *= 2;
                }

                return TreeHash.Read(
                    SHA256.HashData([0x01, .. Root(entries[..k]).ToArray(), .. Root(entries[k..]).ToArray()])
                );
        }
    }

    /// <summary>Entries that differ from each other: the text <c>entry-i</c>.</summary>
    public static byte[][] Entries(int count) =>
        [.. Enumerable.Range(0, count).Select(i => Encoding.ASCII.GetBytes($"entry-{i}"))];

    public static TreeHash[] Leaves(int count) => [.. Entries(count).Select(entry => TreeHash.OfLeaf(entry))];
}
