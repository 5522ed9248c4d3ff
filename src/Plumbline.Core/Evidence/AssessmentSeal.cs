using System.Buffers.Binary;
using System.Collections.Immutable;
using Plumbline.Core.Assessments;
using Plumbline.Core.Evidence.Snapshots;
using Plumbline.Core.Evidence.Tables;

namespace Plumbline.Core.Evidence;

/// <summary>What sealing adds to an assessment: who, where, when, with what, and chance.</summary>
public sealed record SealContext
{
    /// <summary>Who ran it, e.g. a user's name; goes under a key of its own.</summary>
    public required string Actor { get; init; }

    /// <summary>Where it ran, e.g. a machine id.</summary>
    public required string Machine { get; init; }

    public required string ToolVersion { get; init; }

    /// <summary><see cref="EngineDigest"/> of the program that judged.</summary>
    public required string Engine { get; init; }

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
        var statement = StatementOf(assessment, context.Engine, content, tables);
        var seed = Salt(context, TableTree.SeedSize);
        var tree = new TableTree(seed, [.. tables.Select(t => (ReadOnlyMemory<byte>)t)]);
        var identity = new Identity(
            new SaltedName(context.Actor, Salt(context, Commitment.SaltSize)),
            new SaltedName(context.Machine, Salt(context, Commitment.SaltSize))
        );
        Payload[] own =
        [
            PayloadOf(ContentKind.Identity, identity.ToBytes()),
            PayloadOf(ContentKind.Statement, statement.ToBytes()) with
            {
                Salt = Salt(context, Payload.SaltSize),
            },
            PayloadOf(ContentKind.Salts, Salts.ToBytes(seed)),
        ];
        var id = NewId(context);
        return new SealRequest
        {
            Payloads = [.. content.Payloads, .. own],
            Index = content.Index,
            Leaf = (time, blobs) =>
                new AssessmentLeaf
                {
                    Id = id,
                    Time = time,
                    Observed = (assessment.Input.Snapshot.From, assessment.Input.Snapshot.To),
                    Actor = identity.Actor.Commitment,
                    Machine = identity.Machine.Commitment,
                    ToolVersion = context.ToolVersion,
                    Engine = context.Engine,
                    Statement = blobs.Single(b => b.Name == ContentKind.Statement.Name).Pt,
                    TablesRoot = tree.Root,
                    TablesSize = tree.Size,
                    Counts = assessment.Counts,
                    Blobs = [.. blobs.Where(ContentKind.IsNamedByLeaf)],
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

    private static Payload PayloadOf(ContentKind kind, byte[] bytes) => new(kind.Name, kind.Media, kind.Class, bytes);

    private static byte[] Salt(SealContext context, int size)
    {
        var salt = new byte[size];
        context.Random(salt);
        return salt;
    }

    /// <summary>UUIDv7 (RFC 9562, section 5.7): milliseconds since 1970 in 48 bits, and chance.</summary>
    private static Guid NewId(SealContext context)
    {
        Span<byte> id = stackalloc byte[16];
        context.Random(id);
        Span<byte> time = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(time, context.Now.ToUnixTimeMilliseconds());
        time[2..].CopyTo(id);
        id[6] = (byte)(0x70 | (id[6] & 0x0F));
        id[8] = (byte)(0x80 | (id[8] & 0x3F));
        return new Guid(id, bigEndian: true);
    }
}
