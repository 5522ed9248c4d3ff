using System.Collections.Immutable;
using Plumbline.Values;

namespace Plumbline.Core.Evidence;

/// <summary>The members that every entry of the log has, whatever it is about (RELIABILITY §2.2).</summary>
/// <remarks>
/// <code>
/// {"actor": "sc:…", "blobs": [blob, …], "id": UUIDv7, "machine": "sc:…", "observed": [time, time], "time": time,
///  "tool": {"engine", "name", "version"}, "type": "plumbline.dev/…/v1", "v": 1}
///
/// blob = {"ct", "enc", "keyRef", "media", "name", "pt", "size", "z"}
/// </code>
/// </remarks>
public sealed record LeafHead
{
    internal const int Version = 1;

    public required Guid Id { get; init; }

    /// <summary>The log's own.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>When what it speaks of was seen, to the microsecond.</summary>
    public required (DateTimeOffset From, DateTimeOffset To) Observed { get; init; }

    /// <summary>Commitment to who ran it.</summary>
    public required string Actor { get; init; }

    /// <summary>Commitment to where it ran.</summary>
    public required string Machine { get; init; }

    public required string ToolVersion { get; init; }

    /// <summary>Digest of the program.</summary>
    public required string Engine { get; init; }

    public required ImmutableArray<BlobRef> Blobs { get; init; }

    /// <param name="identity">Opens the commitments; is a payload of the entry.</param>
    internal static LeafHead Of(
        Guid id,
        DateTimeOffset time,
        (DateTimeOffset From, DateTimeOffset To) observed,
        Identity identity,
        LeafAuthor author,
        IEnumerable<BlobRef> blobs
    ) =>
        new()
        {
            Id = id,
            Time = time,
            Observed = observed,
            Actor = identity.Actor.Commitment,
            Machine = identity.Machine.Commitment,
            ToolVersion = author.ToolVersion,
            Engine = author.Engine,
            Blobs = [.. blobs],
        };

    /// <summary>The entry's bytes: these members, and the one that its type adds.</summary>
    internal byte[] ToBytes(string type, string subject, Value about) =>
        Jcs.ToBytes(
            new ObjectBuilder
            {
                ["actor"] = Actor,
                ["blobs"] = StoredValue.List(Blobs.Select(b => StoredBlobRef.Members(b).ToValue())),
                ["id"] = Id.ToString("D"),
                ["machine"] = Machine,
                ["observed"] = Value.ArrayOf(LogTime.Format(Observed.From), LogTime.Format(Observed.To)),
                ["time"] = LogTime.Format(Time),
                ["tool"] = new ObjectBuilder
                {
                    ["engine"] = Engine,
                    ["name"] = LeafAuthor.ToolName,
                    ["version"] = ToolVersion,
                }.ToValue(),
                ["type"] = type,
                ["v"] = Version,
                [subject] = about,
            }.ToValue()
        );

    /// <exception cref="FormatException">The leaf is not of that type, or a member is missing.</exception>
    internal static LeafHead Read(StoredObject leaf, string type)
    {
        if (leaf.OfVersion(Version).Text("type") != type)
        {
            throw leaf.Expected("type", $"`{type}`");
        }

        var tool = leaf.Inner("tool");
        return new LeafHead
        {
            Id = Guid.TryParseExact(leaf.Text("id"), "D", out var id) ? id : throw leaf.Expected("id", "a UUID"),
            Time = ReadTime(leaf, leaf.Text("time")),
            Observed = leaf.Texts("observed") is [var from, var to]
                ? (ReadTime(leaf, from), ReadTime(leaf, to))
                : throw leaf.Expected("observed", "two times"),
            Actor = leaf.Text("actor"),
            Machine = leaf.Text("machine"),
            ToolVersion =
                tool.Text("name") == LeafAuthor.ToolName
                    ? tool.Text("version")
                    : throw tool.Expected("name", $"`{LeafAuthor.ToolName}`"),
            Engine = tool.Digest("engine"),
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

    internal static DateTimeOffset ReadTime(StoredObject leaf, string text) =>
        LogTime.TryParse(text, out var time) ? time : throw leaf.Expected("time", "UTC to the microsecond");
}
