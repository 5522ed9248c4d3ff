using System.Collections.Immutable;
using Plumbline.Core.Assessments;
using Plumbline.Ledger.Trees;
using Plumbline.Values;

namespace Plumbline.Core.Evidence;

/// <summary>The entry that an assessment is in the log: commitments, counts and the few blobs from which all others are reached.</summary>
/// <remarks>
/// RELIABILITY §2.2 for the members that every entry has; canonical JSON, whole numbers only.
/// <code>
/// {"actor": "sc:…", "assessment": {"counts": counts, "statement": "sha256:…", "tables": {"root": base64, "size"}},
///  "blobs": [blob, …], "id": UUIDv7, "machine": "sc:…", "observed": [time, time], "time": time,
///  "tool": {"engine", "name", "version"}, "type": "plumbline.dev/assessment/v1", "v": 1}
///
/// blob = {"ct", "enc", "keyRef", "media", "name", "pt", "size", "z"}
/// blobs    observation, identity, statement, salts, then the pieces of each index
/// </code>
/// <c>statement</c> is the salted digest of the statement, <c>pt</c> of its blob: SHA-256(02 │ salt │ statement).
/// </remarks>
public sealed record AssessmentLeaf
{
    public const string Type = "plumbline.dev/assessment/v1";

    /// <summary>The tool's name in every leaf.</summary>
    public const string ToolName = "plumbline";

    internal const int Version = 1;

    public required Guid Id { get; init; }

    /// <summary>The log's own.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>When the snapshot was read, to the microsecond.</summary>
    public required (DateTimeOffset From, DateTimeOffset To) Observed { get; init; }

    /// <summary>Commitment to who ran it.</summary>
    public required string Actor { get; init; }

    /// <summary>Commitment to where it ran.</summary>
    public required string Machine { get; init; }

    public required string ToolVersion { get; init; }

    /// <summary>As in the statement.</summary>
    public required string Engine { get; init; }

    /// <summary>Salted digest of the statement.</summary>
    public required string Statement { get; init; }

    /// <summary>Root of the tree over the verdict tables.</summary>
    public required TreeHash TablesRoot { get; init; }

    /// <summary>Chunks in that tree.</summary>
    public required long TablesSize { get; init; }

    public required AssessmentCounts Counts { get; init; }

    public required ImmutableArray<BlobRef> Blobs { get; init; }

    internal byte[] ToBytes() =>
        Jcs.ToBytes(
            new ObjectBuilder
            {
                ["actor"] = Actor,
                ["assessment"] = new ObjectBuilder
                {
                    ["counts"] = StoredCounts.ToValue(Counts),
                    ["statement"] = Statement,
                    ["tables"] = new ObjectBuilder
                    {
                        ["root"] = TablesRoot.ToBase64(),
                        ["size"] = TablesSize,
                    }.ToValue(),
                }.ToValue(),
                ["blobs"] = StoredValue.List(Blobs.Select(b => StoredBlobRef.Members(b).ToValue())),
                ["id"] = Id.ToString("D"),
                ["machine"] = Machine,
                ["observed"] = Value.ArrayOf(LogTime.Format(Observed.From), LogTime.Format(Observed.To)),
                ["time"] = LogTime.Format(Time),
                ["tool"] = new ObjectBuilder
                {
                    ["engine"] = Engine,
                    ["name"] = ToolName,
                    ["version"] = ToolVersion,
                }.ToValue(),
                ["type"] = Type,
                ["v"] = Version,
            }.ToValue()
        );

    /// <exception cref="FormatException">The bytes are no leaf of an assessment.</exception>
    public static AssessmentLeaf Parse(ReadOnlySpan<byte> utf8)
    {
        var leaf = StoredObject.Parse(utf8, "leaf").OfVersion(Version);
        if (leaf.Text("type") != Type)
        {
            throw leaf.Expected("type", $"`{Type}`");
        }

        var assessment = leaf.Inner("assessment");
        var tables = assessment.Inner("tables");
        return new AssessmentLeaf
        {
            Id = Guid.TryParseExact(leaf.Text("id"), "D", out var id) ? id : throw leaf.Expected("id", "a UUID"),
            Time = ReadTime(leaf, leaf.Text("time")),
            Observed = leaf.Texts("observed") is [var from, var to]
                ? (ReadTime(leaf, from), ReadTime(leaf, to))
                : throw leaf.Expected("observed", "two times"),
            Actor = leaf.Text("actor"),
            Machine = leaf.Text("machine"),
            ToolVersion = leaf.Inner("tool").Text("version"),
            Engine = leaf.Inner("tool").Digest("engine"),
            Statement = assessment.Digest("statement"),
            TablesRoot = ReadRoot(tables),
            TablesSize = tables.Count("size"),
            Counts = StoredCounts.Read(assessment.Inner("counts")),
            Blobs = [.. leaf.Objects("blobs").Select(StoredBlobRef.Read)],
        };
    }

    /// <summary>The only blob of this name.</summary>
    /// <exception cref="FormatException">There is none, or more than one.</exception>
    internal BlobRef Blob(ContentKind kind) =>
        Blobs.Where(b => b.Name == kind.Name).ToList() is [var blob]
            ? blob
            : throw new FormatException(
                $"leaf: expected one blob `{kind.Name}`, got {Blobs.Count(b => b.Name == kind.Name)}"
            );

    private static DateTimeOffset ReadTime(StoredObject leaf, string text) =>
        LogTime.TryParse(text, out var time) ? time : throw leaf.Expected("time", "UTC to the microsecond");

    private static TreeHash ReadRoot(StoredObject tables)
    {
        Span<byte> root = stackalloc byte[TreeHash.Size];
        return
            Convert.TryFromBase64String(tables.Text("root"), root, out var length)
            && TreeHash.TryRead(root[..length], out var hash)
            ? hash
            : throw tables.Expected("root", "32 bytes in base64");
    }
}
