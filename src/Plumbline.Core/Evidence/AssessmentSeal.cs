using System.Collections.Immutable;
using Plumbline.Core.Assessments;
using Plumbline.Core.Evidence.Snapshots;
using Plumbline.Core.Evidence.Tables;

namespace Plumbline.Core.Evidence;

/// <summary>What sealing adds to an assessment: who, where, when, with what, and chance.</summary>
public sealed record SealContext
{
    /// <summary>Who seals it; its engine is the program that judged.</summary>
    public required LeafAuthor Author { get; init; }

    /// <summary>The machine's clock, for the leaf's id.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Fills salts; outside tests <see cref="System.Security.Cryptography.RandomNumberGenerator.Fill"/>.</summary>
    public required Action<Span<byte>> Random { get; init; }

    /// <summary>The run that ends with this entry (<see cref="IEvidenceStore.BeginRunAsync"/>).</summary>
    public Guid? Run { get; init; }
}

/// <summary>Makes of an assessment what a store seals: one leaf and all that it commits to (CONTRACTS §6).</summary>
/// <remarks>
/// <code>
/// leaf ──▶ statement ──▶ snapshot, observation, tables, checks, frameworks                by digest of content
///   └────▶ identity, observation, salts, index pieces ──▶ the blobs that those lie in     by digest of what is stored
/// </code>
/// Nothing is written here, and the store's lock is not held.
/// </remarks>
public static class AssessmentSeal
{
    public static SealRequest Prepare(Assessment assessment, SealContext context)
    {
        var content = new ContentSet();
        var tables = VerdictTables.ChunksOf(assessment.Findings);
        var statement = StatementOf(assessment, context.Author.Engine, content, tables);
        var seed = Salt(context, TableTree.SeedSize);
        var tree = new TableTree(seed, [.. tables.Select(t => (ReadOnlyMemory<byte>)t)]);
        var identity = Identity.Of(context.Author, context.Random);
        Payload[] own =
        [
            identity.ToPayload(),
            ContentKind.Statement.PayloadOf(statement.ToBytes()) with
            {
                Salt = Salt(context, Payload.SaltSize),
            },
            ContentKind.Salts.PayloadOf(Salts.ToBytes(seed)),
        ];
        var id = Uuid7.New(context.Now, context.Random);
        return new SealRequest
        {
            Payloads = [.. content.Payloads, .. own],
            Index = content.Index,
            Leaf = (time, blobs) =>
                new AssessmentLeaf
                {
                    Head = LeafHead.Of(
                        id,
                        time,
                        (assessment.Input.Snapshot.From, assessment.Input.Snapshot.To),
                        identity,
                        context.Author,
                        blobs.Where(ContentKind.IsNamedByLeaf)
                    ),
                    Statement = blobs.Single(b => b.Name == ContentKind.Statement.Name).Pt,
                    TablesRoot = tree.Root,
                    TablesSize = tree.Size,
                    Counts = assessment.Counts,
                }.ToBytes(),
            Names = NamesOf(assessment),
            Run = context.Run,
        };
    }

    /// <summary>Adds all that the statement names to <paramref name="content"/>.</summary>
    internal static Statement StatementOf(
        Assessment assessment,
        string engine,
        ContentSet content,
        ImmutableArray<byte[]> tables
    )
    {
        var input = assessment.Input;
        var (snapshot, observed) = SnapshotBlobs.Add(
            content,
            input.Snapshot,
            assessment.Findings,
            assessment
                .Instances.Select(i => i.Check)
                .DistinctBy(c => c.Id)
                .ToImmutableSortedDictionary(c => c.Id, c => c.File, Ordinal.Comparer)
        );
        return new Statement
        {
            Snapshot = snapshot,
            Observed = observed,
            Engine = engine,
            State = assessment.State,
            Clock = input.Clock,
            Counts = assessment.Counts,
            Policies = input.Policies.Digests,
            Digests = input.Digests,
            Asked = input.Selection,
            Checks = content.Add(ContentKind.Checks, StoredChecks.ToBytes(assessment.Instances)),
            Parameters = assessment.Instances.ToImmutableSortedDictionary(
                i => i.Label,
                i => i.Parameters,
                Ordinal.Comparer
            ),
            Mappings = input.Frameworks.ToImmutableSortedDictionary(
                f => f.Id,
                f => new MappingDigests(f.Digest, content.Add(ContentKind.Framework, StoredFrameworks.ToBytes(f))),
                Ordinal.Comparer
            ),
            OutOfBoundary = input.OutOfBoundary,
            Exclusions = input.Exclusions,
            Waivers = input.Waivers,
            Claims = input.Claims,
            Exceptions = input.Exceptions,
            Attestations = input.Attestations,
            Gaps = input.Snapshot.Gaps,
            Frameworks = assessment.Frameworks.ToImmutableSortedDictionary(
                f => f.Key,
                f => StoredRequirements.ToValue(f.Value),
                Ordinal.Comparer
            ),
            Tables = [.. tables.Select(t => content.Add(ContentKind.Table, t))],
        };
    }

    private static IReadOnlyCollection<string> NamesOf(Assessment assessment) =>
        [
            .. assessment
                .Instances.Select(i => EvidenceNames.Of(i.Check))
                .Concat(assessment.Input.Snapshot.Resources.Select(r => EvidenceNames.Of(r.Key)))
                .Distinct(StringComparer.Ordinal),
        ];

    private static byte[] Salt(SealContext context, int size)
    {
        var salt = new byte[size];
        context.Random(salt);
        return salt;
    }
}
