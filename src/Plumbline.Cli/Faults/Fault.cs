namespace Plumbline.Cli.Faults;

/// <summary>Something that ends the run, or that the user has to know besides its result.</summary>
/// <param name="Code">Stable, <c>PLB-nnnn</c>; a row of <see cref="FaultTable"/>.</param>
/// <param name="Message">What was expected and what came; lower-case, without a stop.</param>
/// <param name="Place"><c>file:line:column</c> where there is one.</param>
internal sealed record Fault(string Code, string Message, string Place = "")
{
    /// <summary>Lines that are shown as they are, below the message: diagnostics with their carets.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];
}

/// <summary>The input is wrong: every fault of it is here, and nothing was done. Exit code 2.</summary>
internal sealed class WrongInputException(IReadOnlyList<Fault> faults)
    : Exception(string.Join('\n', faults.Select(f => f.Message)))
{
    public WrongInputException(string code, string message)
        : this([new Fault(code, message)]) { }

    public IReadOnlyList<Fault> Faults { get; } = faults;
}

/// <summary>Codes of the faults of this room: PLB-7000 to PLB-7999.</summary>
internal static class CliFaults
{
    /// <summary>The first word is no verb, or a verb lacks the word that follows it.</summary>
    public const string Verb = "PLB-7001";

    /// <summary>An option that the verb does not have.</summary>
    public const string Option = "PLB-7002";

    /// <summary>A value that the option does not take, or none at all.</summary>
    public const string Value = "PLB-7003";

    /// <summary>A framework, check or assessment that there is not.</summary>
    public const string NoSuchThing = "PLB-7004";

    /// <summary>Two things asked for that exclude each other.</summary>
    public const string Contradiction = "PLB-7005";

    /// <summary>Checks or frameworks that do not load.</summary>
    public const string Content = "PLB-7006";

    /// <summary>A file that was asked for cannot be read or written.</summary>
    public const string File = "PLB-7007";

    /// <summary>A report differs from the evidence it was made of.</summary>
    public const string ReportDiffers = "PLB-7008";

    /// <summary>Evidence is not what was sealed.</summary>
    public const string EvidenceDiffers = "PLB-7009";

    /// <summary>Somebody stopped the run before it had anything to seal.</summary>
    public const string Interrupted = "PLB-7010";

    /// <summary>The list of approvers that was asked for cannot be had.</summary>
    public const string Approvers = "PLB-7020";

    /// <summary>An exception or attestation cannot be written or signed as asked.</summary>
    public const string Signing = "PLB-7021";

    /// <summary>Policies or data of the user's own that do not load.</summary>
    public const string Policies = "PLB-7022";

    /// <summary>A mistake of ours.</summary>
    public const string Internal = "PLB-7999";
}
