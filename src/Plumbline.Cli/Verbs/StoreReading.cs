using System.CommandLine;
using System.Globalization;
using Plumbline.Cli.Faults;
using Plumbline.Core.Evidence;
using Plumbline.Storage;

namespace Plumbline.Cli.Verbs;

/// <summary>What the verbs that read evidence share: which store, and which assessment in it.</summary>
internal sealed class StoreReading
{
    public Option<string> Store { get; } =
        Flag.One("--store", "DIR", "the evidence store; else the nearest `.plumbline` upwards");

    public Argument<string?> Label { get; } =
        new("A-n")
        {
            HelpName = "A-n",
            Description = "an assessment",
            Arity = ArgumentArity.ZeroOrOne,
        };

    public Task<EvidenceStore> OpenAsync(ParseResult parsed, HostEnvironment host, CancellationToken cancel)
    {
        var location = Stores.Locate(parsed.GetValue(Store), null, host);
        return EvidenceStore.OpenAsync(Stores.Options(location, host) with { Access = StoreAccess.Read }, cancel);
    }

    /// <summary>n of the <c>A-n</c> that was typed; null where nothing was.</summary>
    public int? LabelOf(ParseResult parsed) => parsed.GetValue(Label) is { } text ? Parse(text) : null;

    /// <exception cref="WrongInputException">The text is no label.</exception>
    public static int Parse(string text) =>
        text.StartsWith("A-", StringComparison.OrdinalIgnoreCase)
        && int.TryParse(text.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var label)
        && label > 0
            ? label
            : throw new WrongInputException(CliFaults.Value, $"expected an assessment such as `A-3`, got `{text}`");

    public static async Task<SealedAssessment> FindAsync(EvidenceStore store, int label, CancellationToken cancel) =>
        await new AssessmentReader(store).OpenAsync(label, cancel)
        ?? throw new WrongInputException(
            CliFaults.NoSuchThing,
            $"there is no assessment `A-{label}` in this store (`plumb evidence list` shows those that there are)"
        );
}
