using Plumbline.Core.Settings;

namespace Plumbline.Cli.Scanning;

/// <summary>What was typed after <c>plumb scan</c>; empty or null where nothing was.</summary>
internal sealed record ScanFlags
{
    public IReadOnlyList<string> Targets { get; init; } = [];

    public IReadOnlyList<string> Frameworks { get; init; } = [];

    public IReadOnlyList<string> Checks { get; init; } = [];

    /// <summary>Files and folders with policies of one's own.</summary>
    public IReadOnlyList<string> Policies { get; init; } = [];

    /// <summary>Which of their packages count, or patterns for them.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    public bool AllNamespaces { get; init; }

    /// <summary>Files and folders with documents for <c>data</c>.</summary>
    public IReadOnlyList<string> Data { get; init; } = [];

    /// <summary>Those policies are asked about all documents as one.</summary>
    public bool Combine { get; init; }

    public IReadOnlyList<string> Reports { get; init; } = [];

    public FailOn? FailOn { get; init; }

    public bool Audit { get; init; }

    public string? Store { get; init; }

    public string? SaveSnapshot { get; init; }

    public string? Waivers { get; init; }

    public string? ApproversFrom { get; init; }
}
