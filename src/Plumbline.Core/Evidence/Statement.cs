using System.Collections.Immutable;
using Plumbline.Core.Assessments;
using Plumbline.Core.Attestations;
using Plumbline.Core.Boundaries;
using Plumbline.Core.Resources;
using Plumbline.Core.Waivers;
using Plumbline.Values;

namespace Plumbline.Core.Evidence;

/// <summary>What an assessment says, and everything that it could depend on (CONTRACTS §6, "Statement").</summary>
/// <remarks>
/// <code>
/// {"approvers": {"commit", "file"},           "observed": digest,
///  "attestations": [attestation, …],          "other": {name: digest},
///  "boundary": boundary,                      "parameters": {label: object},
///  "claims": [claim, …],                      "policies": {name: digest},
///  "clock": time,                             "selection": {"asked": [id, …], "checks": digest},
///  "counts": counts,                          "snapshot": digest,
///  "data": {name: digest},                    "staleness": digest,
///  "defaults": digest,                        "state": "complete" | "interrupted",
///  "engine": digest,                          "tables": [digest, …],
///  "exceptions": [exception, …],              "v": 1,
///  "frameworks": {id: [result, …]},           "waivers": [waiver, …]}
///  "gaps": [gap, …],
///  "inventory": digest,
///  "mappings": {id: {"content", "file"}},
///  "naturalKeys": digest,
///
/// boundary    = {"excluded": [{"count", "match", "reason"}, …], "file", "out": {req: text}, "read"}
/// </code>
/// Waivers, claims, exceptions and attestations are those of <see cref="StoredExceptions"/>.
/// A pure function of its input: same input and engine, same bytes on any machine. Every member is always there, the empty text
/// where there is no digest. <c>selection.checks</c> and <c>mappings.content</c> name payloads that say the same for people;
/// <c>tables</c> are the digests of the chunks in the order of their tree, without salts.
/// </remarks>
internal sealed record Statement
{
    public const int Version = 1;

    public required string Snapshot { get; init; }

    public required string Observed { get; init; }

    public required string Engine { get; init; }

    public required AssessmentState State { get; init; }

    public required DateTimeOffset Clock { get; init; }

    public required AssessmentCounts Counts { get; init; }

    /// <summary>Digests of the policy source, data included.</summary>
    public required ImmutableSortedDictionary<string, string> Policies { get; init; }

    /// <summary>Digests of what else was read, by the names of <see cref="InputNames"/> and others.</summary>
    public required ImmutableSortedDictionary<string, string> Digests { get; init; }

    public required ImmutableArray<string> Asked { get; init; }

    /// <summary>Digest of the instances that were asked (<see cref="StoredChecks"/>).</summary>
    public required string Checks { get; init; }

    /// <summary>By label of the instance.</summary>
    public required ImmutableSortedDictionary<string, Value> Parameters { get; init; }

    public required ImmutableSortedDictionary<string, MappingDigests> Mappings { get; init; }

    public required ImmutableSortedDictionary<string, string> OutOfBoundary { get; init; }

    public required Exclusions Exclusions { get; init; }

    public required ImmutableArray<Waiver> Waivers { get; init; }

    public required ImmutableArray<Claim> Claims { get; init; }

    public required ImmutableArray<ExceptionEntry> Exceptions { get; init; }

    public required ImmutableArray<Attestation> Attestations { get; init; }

    public required ImmutableArray<Gap> Gaps { get; init; }

    /// <summary>Results by framework (<see cref="StoredRequirements"/>).</summary>
    public required ImmutableSortedDictionary<string, Value> Frameworks { get; init; }

    public required ImmutableArray<string> Tables { get; init; }

    public byte[] ToBytes()
    {
        var data = Policies.Where(IsData).ToImmutableArray();
        return Jcs.ToBytes(
            new ObjectBuilder
            {
                ["approvers"] = new ObjectBuilder
                {
                    ["commit"] = DigestOf(InputNames.ApproversCommit),
                    ["file"] = DigestOf(InputNames.Approvers),
                }.ToValue(),
                ["attestations"] = StoredExceptions.ToValue(Attestations),
                ["boundary"] = new ObjectBuilder
                {
                    ["excluded"] = StoredValue.List(Exclusions.Rows.Select(ToValue)),
                    ["file"] = DigestOf(InputNames.Boundary),
                    ["out"] = StoredValue.Map(OutOfBoundary),
                    ["read"] = Exclusions.Read,
                }.ToValue(),
                ["claims"] = StoredExceptions.ToValue(Claims),
                ["clock"] = Instant.Format(Clock),
                ["counts"] = StoredCounts.ToValue(Counts),
                ["data"] = StoredValue.Map(data),
                ["defaults"] = DigestOf(InputNames.Defaults),
                ["engine"] = Engine,
                ["exceptions"] = StoredExceptions.ToValue(Exceptions),
                ["frameworks"] = StoredValue.Map(Frameworks, r => r),
                ["gaps"] = StoredGaps.ToValue(Gaps),
                ["inventory"] = DigestOf(InputNames.Inventory),
                ["mappings"] = StoredValue.Map(Mappings, m => m.ToValue()),
                ["naturalKeys"] = DigestOf(InputNames.NaturalKeys),
                ["observed"] = Observed,
                ["other"] = StoredValue.Map(Digests.Where(d => !InputNames.Members.Contains(d.Key))),
                ["parameters"] = StoredValue.Map(Parameters, p => p),
                ["policies"] = StoredValue.Map(Policies.Where(p => !IsData(p))),
                ["selection"] = new ObjectBuilder
                {
                    ["asked"] = StoredValue.Texts(Asked.Order(Ordinal.Comparer)),
                    ["checks"] = Checks,
                }.ToValue(),
                ["snapshot"] = Snapshot,
                ["staleness"] = DigestOf(InputNames.Staleness),
                ["state"] = Words<AssessmentState>.Of(State),
                ["tables"] = StoredValue.Texts(Tables),
                ["v"] = Version,
                ["waivers"] = StoredExceptions.ToValue(Waivers),
            }.ToValue()
        );
    }

    /// <exception cref="FormatException">The bytes are no statement.</exception>
    public static Statement Parse(byte[] utf8)
    {
        var statement = StoredObject.Parse(utf8, "statement").OfVersion(Version);
        return new Statement
        {
            Snapshot = statement.Digest("snapshot"),
            Observed = statement.Digest("observed"),
            Engine = statement.Digest("engine"),
            State = statement.Word<AssessmentState>("state"),
            Clock = statement.Time("clock"),
            Counts = StoredCounts.Read(statement.Inner("counts")),
            Policies = statement.Joined(statement.Map("policies"), statement.Map("data")),
            Digests = ReadDigests(statement),
            Asked = statement.Inner("selection").Texts("asked"),
            Checks = statement.Inner("selection").Digest("checks"),
            Parameters = ToSorted(statement.Entries("parameters")),
            Mappings = statement
                .ObjectEntries("mappings")
                .ToImmutableSortedDictionary(m => m.Key, m => MappingDigests.Read(m.Value), Ordinal.Comparer),
            OutOfBoundary = statement.Inner("boundary").Map("out"),
            Exclusions = ReadExclusions(statement.Inner("boundary")),
            Waivers = [.. statement.Objects("waivers").Select(StoredExceptions.ReadWaiver)],
            Claims = [.. statement.Objects("claims").Select(StoredExceptions.ReadClaim)],
            Exceptions = [.. statement.Objects("exceptions").Select(StoredExceptions.ReadException)],
            Attestations = [.. statement.Objects("attestations").Select(StoredExceptions.ReadAttestation)],
            Gaps = [.. statement.Objects("gaps").Select(StoredGaps.Read)],
            Frameworks = ToSorted(statement.Entries("frameworks")),
            Tables = statement.Texts("tables"),
        };
    }

    private static bool IsData(KeyValuePair<string, string> digest) =>
        digest.Key.StartsWith(InputNames.DataPrefix, StringComparison.Ordinal);

    private static ImmutableSortedDictionary<string, Value> ToSorted(
        IEnumerable<KeyValuePair<string, Value>> entries
    ) => entries.ToImmutableSortedDictionary(Ordinal.Comparer);

    private static ImmutableSortedDictionary<string, string> ReadDigests(StoredObject statement)
    {
        (string Name, string Digest)[] members =
        [
            (InputNames.Approvers, statement.Inner("approvers").Text("file")),
            (InputNames.ApproversCommit, statement.Inner("approvers").Text("commit")),
            (InputNames.Boundary, statement.Inner("boundary").Text("file")),
            (InputNames.Defaults, statement.Text("defaults")),
            (InputNames.Inventory, statement.Text("inventory")),
            (InputNames.NaturalKeys, statement.Text("naturalKeys")),
            (InputNames.Staleness, statement.Text("staleness")),
        ];
        return statement.Joined(
            statement.Map("other"),
            members.Where(m => m.Digest.Length > 0).Select(m => KeyValuePair.Create(m.Name, m.Digest))
        );
    }

    private static Value ToValue(Exclusion row) =>
        new ObjectBuilder
        {
            ["count"] = row.Count,
            ["match"] = row.Match,
            ["reason"] = row.Reason,
        }.ToValue();

    private static Exclusions ReadExclusions(StoredObject boundary) =>
        new()
        {
            Read = boundary.Count("read"),
            Rows =
            [
                .. boundary
                    .Objects("excluded")
                    .Select(e => new Exclusion(e.Text("match"), e.Text("reason"), e.Count("count"))),
            ],
        };

    private string DigestOf(string name) => Digests.GetValueOrDefault(name, "");
}

/// <summary>How the statement names a framework's rows.</summary>
/// <param name="File">Digest of the file they were read from.</param>
/// <param name="Content">Digest of what was read from it (<see cref="StoredFrameworks"/>).</param>
internal sealed record MappingDigests(string File, string Content)
{
    public Value ToValue() => new ObjectBuilder { ["content"] = Content, ["file"] = File }.ToValue();

    public static MappingDigests Read(StoredObject mapping) => new(mapping.Text("file"), mapping.Digest("content"));
}
