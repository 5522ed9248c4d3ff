using System.Collections.Immutable;

namespace Plumbline.Core.Evidence;

/// <summary>Names under which an assessment's input states digests of what else was read, as the statement calls them.</summary>
/// <remarks>A name that is none of these is kept in the statement's <c>other</c>.</remarks>
public static class InputNames
{
    /// <summary><c>content/keys.yaml</c>: what members of lists are named by.</summary>
    public const string NaturalKeys = "naturalKeys";

    /// <summary><c>content/aws/defaults.yaml</c>: what absence means.</summary>
    public const string Defaults = "defaults";

    /// <summary>What is in scope and what is not.</summary>
    public const string Boundary = "boundary";

    /// <summary>What the estate is said to hold.</summary>
    public const string Inventory = "inventory";

    /// <summary>How old facts may be.</summary>
    public const string Staleness = "staleness";

    /// <summary>The file that says who may approve.</summary>
    public const string Approvers = "approvers";

    /// <summary>The commit of the protected branch from which <see cref="Approvers"/> was read: its id, no digest.</summary>
    public const string ApproversCommit = "approversCommit";

    /// <summary>The file of exceptions.</summary>
    public const string Waivers = "waivers";

    /// <summary>The file of attestations.</summary>
    public const string Attestations = "attestations";

    /// <summary>What a policy source's names of data begin with; the statement has them under <c>data</c>.</summary>
    public const string DataPrefix = "data:";

    /// <summary>Those that are one member of the statement each.</summary>
    internal static ImmutableArray<string> Members { get; } =
    [Approvers, ApproversCommit, Boundary, Defaults, Inventory, NaturalKeys, Staleness];
}
