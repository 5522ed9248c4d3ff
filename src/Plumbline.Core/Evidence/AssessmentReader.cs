using System.Collections.Immutable;
using Plumbline.Core.Assessments;
using Plumbline.Core.Checks;
using Plumbline.Core.Evidence.Snapshots;
using Plumbline.Core.Evidence.Tables;
using Plumbline.Core.Frameworks;
using Plumbline.Core.Judging;
using Plumbline.Core.Resources;
using Plumbline.Core.Waivers;
using Plumbline.Ledger.Trees;

namespace Plumbline.Core.Evidence;

/// <summary>Gives sealed assessments back as values, every digest checked on the way.</summary>
public sealed class AssessmentReader(IEvidenceStore store)
{
    /// <summary>The assessment that people call <c>A-n</c>; null where there is none.</summary>
    /// <exception cref="EvidenceException">Its entry or its statement is not what was sealed.</exception>
    public async Task<SealedAssessment?> OpenAsync(int label, CancellationToken cancel) =>
        await store.AssessmentAsync(label, cancel) is { } entry ? await OpenAsync(entry, cancel) : null;

    /// <summary>The assessment of an entry.</summary>
    /// <exception cref="EvidenceException">The entry is no assessment, or not what was sealed.</exception>
    public async Task<SealedAssessment> OpenAsync(LedgerEntry entry, CancellationToken cancel)
    {
        var place = entry.Label is { } n ? $"A-{n}" : $"entry {entry.Index}";
        var hash = TreeHash.OfLeaf(entry.Data.Span);
        if (!TreeHash.TryRead(entry.LeafHash.Span, out var stored) || stored != hash)
        {
            throw new EvidenceException(
                new Discrepancy($"entry {entry.Index}", Convert.ToHexStringLower(entry.LeafHash.Span), $"{hash}")
            );
        }

        var leaf = SealedContent.Parsed($"entry {entry.Index}", () => AssessmentLeaf.Parse(entry.Data.Span));
        var content = new SealedContent(store, leaf.Head, place);
        var (said, statement) = await content.ReadAsync(
            ContentKind.Statement,
            utf8 => (Statement.Parse(utf8), utf8),
            cancel
        );
        return new SealedAssessment(entry, leaf, content, said, statement);
    }
}

/// <summary>An assessment as it was sealed: the leaf and what it says at once, the rest when it is asked for.</summary>
public sealed class SealedAssessment
{
    private readonly SealedContent _content;
    private readonly Statement _statement;

    internal SealedAssessment(
        LedgerEntry entry,
        AssessmentLeaf leaf,
        SealedContent content,
        Statement statement,
        byte[] bytes
    )
    {
        Entry = entry;
        Leaf = leaf;
        _content = content;
        _statement = statement;
        StatementBytes = bytes;
    }

    public LedgerEntry Entry { get; }

    public AssessmentLeaf Leaf { get; }

    public AssessmentState State => _statement.State;

    /// <summary>The clock that it was judged by.</summary>
    public DateTimeOffset Clock => _statement.Clock;

    /// <summary>By framework, effective; and of checks and findings.</summary>
    public AssessmentCounts Counts => _statement.Counts;

    /// <summary>The statement's bytes, as an auditor gets them.</summary>
    public ReadOnlyMemory<byte> StatementBytes { get; }

    internal SealedContent Content => _content;

    internal Statement Statement => _statement;

    /// <summary>Who ran it and where: the names that the leaf commits to.</summary>
    /// <exception cref="EvidenceException">They were erased, or are not those of the leaf.</exception>
    public Task<(string Actor, string Machine)> IdentityAsync(CancellationToken cancel) =>
        _content.IdentityAsync(cancel);

    /// <summary>All of it, as it was before it was sealed, so that every report can be written again.</summary>
    /// <remarks>Its policies answer what was asked; they cannot be asked again.</remarks>
    /// <exception cref="EvidenceException">Something of it is not what was sealed.</exception>
    public async Task<Assessment> ReadAsync(CancellationToken cancel)
    {
        var sealedSnapshot = await SealedSnapshot.OpenAsync(_content, _statement, cancel);
        var snapshot = await sealedSnapshot.ReadAsync(cancel);
        var instances = await InstancesAsync(sealedSnapshot.Observation, cancel);
        var frameworks = await FrameworksAsync(cancel);
        var chunks = await ChunksAsync(cancel);
        return Parsed(() =>
            new Assessment
            {
                Input = InputOf(snapshot, [.. instances], [.. frameworks]),
                State = _statement.State,
                Instances = [.. instances],
                Findings = SealedTables.Read([.. chunks], [.. instances], snapshot.Resources),
                Waivers = new WaiversInForce(_statement.Waivers, _statement.Clock),
                Frameworks = frameworks.ToImmutableSortedDictionary(f => f.Id, ResultsOf, Ordinal.Comparer),
                Counts = _statement.Counts,
            }
        );
    }

    /// <summary>Shows what it said of one resource, to be handed to somebody who holds the leaf; null where it was not asked.</summary>
    /// <param name="instance">Name of the check's parameter set.</param>
    /// <exception cref="EvidenceException">The tables are not what was sealed.</exception>
    public async Task<FindingProof?> ProveAsync(
        string check,
        string instance,
        ResourceKey resource,
        CancellationToken cancel
    )
    {
        var chunks = await ChunksAsync(cancel);
        var tree = await TreeAsync(chunks, cancel);
        return Parsed(() =>
        {
            var keysAt = Array.FindIndex(
                chunks,
                c => c.Kind == TableChunkKind.Keys && c.Type == resource.Type && c.IndexOf(resource) >= 0
            );
            if (keysAt < 0)
            {
                return null;
            }

            var digest = ContentDigest.Of(chunks[keysAt].Bytes.Span);
            var vectorAt = Array.FindIndex(chunks, c => c.Kind == TableChunkKind.Vector && IsAbout(c, digest));
            if (vectorAt < 0)
            {
                return null;
            }

            var rowsAt = Array.FindIndex(chunks, c => c.Kind == TableChunkKind.Rows && IsAbout(c, digest));
            var verdict = chunks[vectorAt].VerdictAt(chunks[keysAt].IndexOf(resource));
            var hasRow = rowsAt >= 0 && chunks[rowsAt].ReadRows().Any(r => FindingRow.ReadKey(r) == resource);
            return new FindingProof
            {
                Check = check,
                Instance = instance,
                Resource = resource,
                Verdict = verdict,
                Keys = Prove(keysAt),
                Vector = Prove(vectorAt),
                Rows = hasRow ? Prove(rowsAt) : null,
            };
        });

        bool IsAbout(TableChunk chunk, string keys) =>
            chunk.Check == check && chunk.Instance == instance && chunk.Keys == keys;

        ChunkProof Prove(int index) => tree.Prove(index, chunks[index].Bytes);
    }

    internal Task<IReadOnlyList<CheckInstance>> InstancesAsync(
        StoredObservation observation,
        CancellationToken cancel
    ) =>
        _content.ReadAsync(
            _statement.Checks,
            "checks",
            IReadOnlyList<CheckInstance> (utf8) => StoredChecks.Parse(utf8, observation.CheckFiles),
            cancel
        );

    internal async Task<IReadOnlyList<Framework>> FrameworksAsync(CancellationToken cancel)
    {
        var frameworks = new List<Framework>();
        foreach (var (id, digests) in _statement.Mappings)
        {
            frameworks.Add(
                await _content.ReadAsync(
                    digests.Content,
                    $"framework {id}",
                    utf8 =>
                        StoredFrameworks.Parse(utf8) is var framework
                        && framework.Id == id
                        && framework.Digest == digests.File
                            ? framework
                            : throw new FormatException($"expected `{id}` of {digests.File}, got another"),
                    cancel
                )
            );
        }

        return frameworks;
    }

    internal Task<TableChunk> ChunkAsync(int index, CancellationToken cancel) =>
        _content.ReadAsync(_statement.Tables[index], $"table chunk {index}", b => TableChunk.Parse(b), cancel);

    internal async Task<TableChunk[]> ChunksAsync(CancellationToken cancel)
    {
        var chunks = new TableChunk[_statement.Tables.Length];
        for (var i = 0; i < chunks.Length; i++)
        {
            chunks[i] = await ChunkAsync(i, cancel);
        }

        return chunks;
    }

    /// <summary>The tree over the chunks, found to be the one that the leaf commits to.</summary>
    internal async Task<TableTree> TreeAsync(TableChunk[] chunks, CancellationToken cancel)
    {
        var seed = await _content.ReadAsync(ContentKind.Salts, Salts.Parse, cancel);
        var tree = new TableTree(seed, [.. chunks.Select(c => c.Bytes)]);
        return tree.Root == Leaf.TablesRoot && tree.Size == Leaf.TablesSize
            ? tree
            : throw new EvidenceException(
                new Discrepancy(
                    $"{_content.Place}, tables",
                    $"root {Leaf.TablesRoot} of {Leaf.TablesSize} chunks",
                    $"root {tree.Root} of {tree.Size}"
                )
            );
    }

    internal AssessmentInput InputOf(
        Snapshot snapshot,
        ImmutableArray<CheckInstance> instances,
        ImmutableArray<Framework> frameworks
    ) =>
        new()
        {
            Snapshot = snapshot,
            Policies = new SealedPolicies(instances, _statement.Policies),
            Frameworks = frameworks,
            Clock = _statement.Clock,
            Selection = _statement.Asked,
            Exclusions = _statement.Exclusions,
            Waivers = _statement.Waivers,
            Claims = _statement.Claims,
            Exceptions = _statement.Exceptions,
            Attestations = _statement.Attestations,
            OutOfBoundary = _statement.OutOfBoundary,
            Digests = _statement.Digests,
        };

    internal ImmutableArray<RequirementResult> ResultsOf(Framework framework)
    {
        var results = _statement.Frameworks.GetValueOrDefault(framework.Id);
        return results.IsArray
            ? StoredRequirements.Read(
                Enumerable.Range(0, results.Count).Select(i => new StoredObject(results[i], $"result {i}")),
                framework,
                _statement.Attestations
            )
            : throw new FormatException($"expected results of `{framework.Id}`, got none");
    }

    private T Parsed<T>(Func<T> read) => SealedContent.Parsed($"{_content.Place}, tables and statement", read);

    /// <summary>What was asked, without the means to ask again.</summary>
    private sealed class SealedPolicies(
        ImmutableArray<CheckInstance> instances,
        ImmutableSortedDictionary<string, string> digests
    ) : IPolicySource
    {
        public ImmutableArray<CheckInstance> Instances => instances;

        public ImmutableSortedDictionary<string, string> Digests => digests;

        public Finding Evaluate(CheckInstance instance, Resource resource, Scope scope, CancellationToken cancel) =>
            throw new NotSupportedException(
                $"`{instance}` cannot be asked again: the evidence names its policies, and does not hold them"
            );
    }
}
