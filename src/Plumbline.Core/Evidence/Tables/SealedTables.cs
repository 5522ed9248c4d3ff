using System.Collections.Immutable;
using Plumbline.Core.Checks;
using Plumbline.Core.Judging;
using Plumbline.Core.Resources;

namespace Plumbline.Core.Evidence.Tables;

/// <summary>Reads the verdict tables back: the chunks that there must be, in the one order that there is.</summary>
/// <remarks>
/// Which chunks there must be follows from resources and instances, so one that is left out is noticed like one that is altered.
/// Rows must go with failing or unknown verdicts, and every failing verdict must have one.
/// </remarks>
internal sealed class SealedTables
{
    private readonly ImmutableArray<TableChunk> _chunks;
    private int _next;

    private SealedTables(ImmutableArray<TableChunk> chunks) => _chunks = chunks;

    /// <param name="instances">In the order of check id and name.</param>
    /// <exception cref="FormatException">The chunks are not the tables of these instances on these resources.</exception>
    public static FindingTable Read(
        ImmutableArray<TableChunk> chunks,
        ImmutableArray<CheckInstance> instances,
        ImmutableArray<Resource> resources
    )
    {
        var reading = new SealedTables(chunks);
        var expected = resources
            .GroupBy(r => r.Key.Type)
            .OrderBy(g => g.Key, Ordinal.Comparer)
            .Select(g => new Population(
                g.Key,
                [.. g.OrderBy(r => r.Key)],
                [.. instances.Where(i => i.Check.AsksAbout(g.Key))]
            ))
            .Where(p => p.Instances.Length > 0)
            .ToImmutableArray();
        foreach (var population in expected)
        {
            reading.ReadKeys(population);
        }

        foreach (var population in expected)
        {
            reading.ReadVectors(population);
        }

        var types = expected.Select(reading.ReadRows).ToImmutableArray();
        return reading._next == chunks.Length
            ? new FindingTable(types)
            : throw new FormatException($"expected {reading._next} chunks, got {chunks.Length}");
    }

    private void ReadKeys(Population population)
    {
        for (var first = 0; first < population.Resources.Length; first += TableChunk.MaxKeys)
        {
            var chunk = Take($"keys of {population.Type}", c => c.Kind == TableChunkKind.Keys);
            var keys = chunk.ReadKeys();
            var wanted = Math.Min(TableChunk.MaxKeys, population.Resources.Length - first);
            for (var i = 0; i < Math.Max(wanted, keys.Length); i++)
            {
                if (i >= wanted || i >= keys.Length || keys[i] != population.Resources[first + i].Key)
                {
                    var (want, got) = (
                        i < wanted ? population.Resources[first + i].Key.Text : "no more",
                        i < keys.Length ? keys[i].Text : "nothing"
                    );
                    throw new FormatException($"{chunk.Name}: expected `{want}`, got `{got}`");
                }
            }

            population.Parts.Add(ContentDigest.Of(chunk.Bytes.Span));
        }
    }

    private void ReadVectors(Population population)
    {
        foreach (var instance in population.Instances)
        {
            var packed = new byte[(population.Resources.Length + 3) / 4];
            for (var part = 0; part < population.Parts.Count; part++)
            {
                var chunk = Take(
                    $"verdicts of {instance} on {population.Type}",
                    c =>
                        c.Kind == TableChunkKind.Vector
                        && c.Type == population.Type
                        && c.IsOf(instance)
                        && c.Keys == population.Parts[part]
                        && c.Count == population.CountOf(part)
                );
                chunk.Body.Span.CopyTo(packed.AsSpan(part * TableChunk.MaxKeys / 4));
            }

            population.Packed.Add(packed);
        }
    }

    private TypeFindings ReadRows(Population population)
    {
        var vectors = population.Instances.Select(
            (instance, i) =>
            {
                var rows = ImmutableArray.CreateBuilder<(int, Finding)>();
                for (var part = 0; part < population.Parts.Count; part++)
                {
                    ReadRows(population, instance, part, rows);
                }

                return Checked(
                    new(instance, population.Resources, population.Packed[i], rows.ToImmutable()),
                    rows.Count
                );
            }
        );
        return new TypeFindings(population.Type, population.Resources, [.. vectors]);
    }

    private void ReadRows(
        Population population,
        CheckInstance instance,
        int part,
        ImmutableArray<(int, Finding)>.Builder rows
    )
    {
        if (
            _next >= _chunks.Length
            || _chunks[_next] is not { Kind: TableChunkKind.Rows } chunk
            || chunk.Type != population.Type
            || !chunk.IsOf(instance)
            || chunk.Keys != population.Parts[part]
        )
        {
            return;
        }

        _next++;
        var index = part * TableChunk.MaxKeys;
        var end = index + population.CountOf(part);
        foreach (var row in chunk.ReadRows())
        {
            var key = FindingRow.ReadKey(row);
            while (index < end && population.Resources[index].Key != key)
            {
                index++;
            }

            if (index == end)
            {
                throw new FormatException($"{chunk.Name}: expected rows of its keys in their order, got `{key}`");
            }

            rows.Add((index, FindingRow.Read(row, instance, population.Resources[index])));
            index++;
        }
    }

    /// <summary>Each row has the verdict of the vector, and each failure its row.</summary>
    private static VerdictVector Checked(VerdictVector vector, int rows)
    {
        var failures = 0;
        foreach (var (index, finding) in vector.KeptRows)
        {
            if (vector[index] != finding.Verdict)
            {
                throw new FormatException(
                    $"rows of {vector.Instance}: expected {Words<Verdict>.Of(vector[index])} for `{finding.Resource.Key}`, got {Words<Verdict>.Of(finding.Verdict)}"
                );
            }

            failures += finding.Verdict == Verdict.Fail ? 1 : 0;
        }

        return failures == vector.Tally.Fail
            ? vector
            : throw new FormatException(
                $"rows of {vector.Instance} on {vector.Type}: expected {vector.Tally.Fail} failures, got {failures} of {rows} rows"
            );
    }

    private TableChunk Take(string what, Predicate<TableChunk> fits)
    {
        var chunk = _next < _chunks.Length ? _chunks[_next] : null;
        if (chunk is null || !fits(chunk))
        {
            throw new FormatException($"chunk {_next}: expected {what}, got {chunk?.Name ?? "none"}");
        }

        _next++;
        return chunk;
    }

    /// <summary>The resources of a type and who asks about them, with what has been read of their chunks so far.</summary>
    private sealed record Population(
        string Type,
        ImmutableArray<Resource> Resources,
        ImmutableArray<CheckInstance> Instances
    )
    {
        /// <summary>Digests of the chunks of keys.</summary>
        public List<string> Parts { get; } = [];

        /// <summary>One vector an instance.</summary>
        public List<byte[]> Packed { get; } = [];

        public int CountOf(int part) => Math.Min(TableChunk.MaxKeys, Resources.Length - (part * TableChunk.MaxKeys));
    }
}
