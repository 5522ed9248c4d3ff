using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Plumbline.Core.Judging;

namespace Plumbline.Core.Evidence.Tables;

/// <summary>All verdicts of an assessment, cut into chunks (CONTRACTS §6, "Verdict tables").</summary>
/// <remarks>
/// <code>
/// keys      of every type, at most 4,096 a chunk
/// vectors   of every type and instance, one a chunk of keys
/// rows      of every type and instance, one a chunk of keys in which something fails or is unknown
/// </code>
/// In this order; types, instances and keys in that of <see cref="FindingTable"/>. A pass costs two bits. An unchanged day
/// gives the same chunks, which the store then has already; salts lie apart (see <see cref="TableTree"/>).
/// </remarks>
internal static class VerdictTables
{
    public static ImmutableArray<byte[]> ChunksOf(FindingTable findings)
    {
        var keys = ImmutableArray.CreateBuilder<byte[]>();
        var vectors = ImmutableArray.CreateBuilder<byte[]>();
        var rows = ImmutableArray.CreateBuilder<byte[]>();
        foreach (var type in findings.Types)
        {
            var parts = KeysOf(type);
            keys.AddRange(parts.Select(p => p.Bytes));
            foreach (var vector in type.Vectors)
            {
                AddVector(vector, parts, vectors, rows);
            }
        }

        return [.. keys, .. vectors, .. rows];
    }

    private static ImmutableArray<KeyPart> KeysOf(TypeFindings type)
    {
        var resources = ImmutableCollectionsMarshal.AsArray(type.Resources)!;
        return
        [
            .. Enumerable
                .Range(0, (resources.Length + TableChunk.MaxKeys - 1) / TableChunk.MaxKeys)
                .Select(i => i * TableChunk.MaxKeys)
                .Select(first =>
                {
                    var count = Math.Min(TableChunk.MaxKeys, resources.Length - first);
                    var bytes = TableChunk.WriteKeys(type.Type, resources.AsSpan(first, count));
                    return new KeyPart(first, count, bytes, ContentDigest.Of(bytes));
                }),
        ];
    }

    private static void AddVector(
        VerdictVector vector,
        ImmutableArray<KeyPart> parts,
        ImmutableArray<byte[]>.Builder vectors,
        ImmutableArray<byte[]>.Builder rows
    )
    {
        var next = 0;
        foreach (var part in parts)
        {
            var packed = vector.Packed.Span.Slice(part.First / 4, (part.Count + 3) / 4);
            vectors.Add(TableChunk.WriteVector(vector.Instance, vector.Type, part.Digest, part.Count, packed));
            var here = new List<Finding>();
            for (; next < vector.KeptRows.Length && vector.KeptRows[next].Index < part.First + part.Count; next++)
            {
                here.Add(vector.KeptRows[next].Finding);
            }

            if (here.Count > 0)
            {
                rows.Add(TableChunk.WriteRows(vector.Instance, vector.Type, part.Digest, here));
            }
        }
    }

    /// <summary>A chunk of keys: where it begins among those of its type, and how many it has.</summary>
    private sealed record KeyPart(int First, int Count, byte[] Bytes, string Digest);
}
