using System.CommandLine;
using Plumbline.Cli.Scanning;

namespace Plumbline.Cli.Verbs;

/// <summary>Where exceptions and approvers are read from: the same two options wherever they are.</summary>
internal sealed class AcceptanceOptions
{
    public Option<string> Waivers { get; } =
        Flag.One(
            "--waivers",
            "FILE",
            "the file of exceptions; else `waivers.yaml` or `exceptions.yaml` at the repository's root"
        );

    public Option<string> ApproversFrom { get; } =
        Flag.One(
            "--approvers-from",
            "REF|FILE",
            "whose plumbline.yaml says who may approve; else the default branch of `origin`, as last fetched"
        );

    public IReadOnlyList<Option> All => [Waivers, ApproversFrom];

    /// <summary>What was typed after them.</summary>
    public ScanFlags Flags(ParseResult parsed) =>
        new() { Waivers = parsed.GetValue(Waivers), ApproversFrom = parsed.GetValue(ApproversFrom) };
}
