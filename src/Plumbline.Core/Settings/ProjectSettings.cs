using System.Collections.Immutable;
using Plumbline.Core.Approvals;
using Plumbline.Core.Boundaries;
using Plumbline.Core.Checks;
using Plumbline.Core.Judging;

namespace Plumbline.Core.Settings;

/// <summary>What a repository wants of Plumbline: its <c>plumbline.yaml</c>. What it does not say is null or empty.</summary>
/// <remarks>Paths are as written: relative to the file's folder.</remarks>
public sealed record ProjectSettings
{
    /// <summary>A repository without the file.</summary>
    public static ProjectSettings Empty { get; } = new();

    /// <summary>Name of the repository in resource keys, instead of its remote's.</summary>
    public string? Name { get; init; }

    public ImmutableArray<string> Targets { get; init; } = [];

    /// <summary>Ids of frameworks; empty for all there are.</summary>
    public ImmutableArray<string> Frameworks { get; init; } = [];

    /// <summary>Ids of the only checks to ask; empty for all.</summary>
    public ImmutableArray<string> IncludedChecks { get; init; } = [];

    /// <summary>Ids of checks not to ask.</summary>
    public ImmutableArray<string> ExcludedChecks { get; init; } = [];

    /// <summary>Files and folders with policies of one's own.</summary>
    public ImmutableArray<string> Policies { get; init; } = [];

    /// <summary>Files and folders with documents that those policies read below <c>data</c>.</summary>
    public ImmutableArray<string> Data { get; init; } = [];

    public GateSettings Gate { get; init; } = new();

    /// <summary><c>FORMAT</c> or <c>FORMAT:FILE</c>, as after <c>--format</c>.</summary>
    public ImmutableArray<string> Reports { get; init; } = [];

    /// <summary>Folder of the evidence store.</summary>
    public string? Store { get; init; }

    /// <summary>The file of exceptions, where it is none of the usual.</summary>
    public string? Waivers { get; init; }

    public Boundary Boundary { get; init; } = Boundary.Everything;

    /// <summary>What the estate is said to hold.</summary>
    public ImmutableArray<InventoryLine> Inventory { get; init; } = [];

    /// <summary>Who may approve. Counts only in the file of the protected branch.</summary>
    public ImmutableArray<ApproverKey> Approvers { get; init; } = [];
}

/// <summary>The keys under <c>gate</c>; null where one is not written.</summary>
public sealed record GateSettings
{
    public FailOn? FailOn { get; init; }

    public bool? Audit { get; init; }

    public UnknownHandling? Unknown { get; init; }

    public ClaimHandling? Claims { get; init; }
}

/// <summary>The least severe failure that fails the gate; no level: none does.</summary>
public readonly record struct FailOn(Severity? Level);
