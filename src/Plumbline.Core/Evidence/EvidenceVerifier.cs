using System.Collections.Immutable;

namespace Plumbline.Core.Evidence;

/// <summary>Establishes that evidence is what was sealed, and that what was sealed agrees with itself.</summary>
/// <remarks>
/// <code>
/// log          leaf hashes, tiles, root, checkpoint, stored bytes of all blobs          IEvidenceStore.VerifyAsync
/// leaf         commitments, the salted digest of the statement, salts and root of the tables
/// statement    every digest that it names, down to each document
/// verdicts     the chunks that there must be; counts and statuses judged again from them
/// </code>
/// One fault does not end it: what can still be checked is checked, and every place is named once.
/// </remarks>
public sealed class EvidenceVerifier(IEvidenceStore store)
{
    /// <summary>Verifies the log, and all that every assessment commits to.</summary>
    public async Task<Verification> VerifyAsync(CancellationToken cancel)
    {
        var found = new Discrepancies();
        await VerifyLogAsync(found, cancel);
        var assessments = 0;
        await foreach (var entry in store.EntriesAsync(0, cancel))
        {
            found.Count(new VerificationCounts { Entries = 1 });
            switch (TypeOf(entry))
            {
                case AssessmentLeaf.Type:
                    assessments++;
                    found.Demand($"label of entry {entry.Index}", $"A-{assessments}", $"A-{entry.Label}");
                    await VerifyAsync(entry, found, cancel);
                    break;
                case GapLeaf.Type:
                    await VerifyGapAsync(entry, found, cancel);
                    break;
            }
        }

        return found.ToVerification();
    }

    /// <summary>Verifies the log, and all that one assessment commits to; null where there is no such assessment.</summary>
    public async Task<Verification?> VerifyAsync(int label, CancellationToken cancel)
    {
        if (await store.AssessmentAsync(label, cancel) is not { } entry)
        {
            return null;
        }

        var found = new Discrepancies();
        await VerifyLogAsync(found, cancel);
        found.Count(new VerificationCounts { Entries = 1 });
        await VerifyAsync(entry, found, cancel);
        return found.ToVerification();
    }

    private async Task VerifyLogAsync(Discrepancies found, CancellationToken cancel)
    {
        await foreach (var discrepancy in store.VerifyAsync(cancel))
        {
            found.Add(discrepancy);
        }
    }

    private async Task VerifyAsync(LedgerEntry entry, Discrepancies found, CancellationToken cancel)
    {
        found.Count(new VerificationCounts { Assessments = 1 });
        if (await found.TryAsync(() => new AssessmentReader(store).OpenAsync(entry, cancel)) is { } assessment)
        {
            await new AssessmentVerifier(assessment, found).VerifyAsync(cancel);
        }
    }

    /// <summary>The names that it commits to, and what the lost run was.</summary>
    private async Task VerifyGapAsync(LedgerEntry entry, Discrepancies found, CancellationToken cancel)
    {
        var place = $"entry {entry.Index}";
        var gap = await found.TryAsync(() =>
            Task.FromResult(SealedContent.Parsed(place, () => GapLeaf.Parse(entry.Data.Span)))
        );
        if (gap is null)
        {
            return;
        }

        var content = new SealedContent(store, gap.Head, place);
        await found.TryAsync(() => content.IdentityAsync(cancel));
        if (gap.Reason == GapLeaf.RunLost)
        {
            await found.TryAsync(() => content.ReadAsync(ContentKind.Run, utf8 => utf8, cancel));
        }
    }

    private static string? TypeOf(LedgerEntry entry)
    {
        try
        {
            return StoredObject.Parse(entry.Data.Span, "leaf").OptionalText("type");
        }
        catch (FormatException)
        {
            return null; // The log's own verification names it.
        }
    }
}

/// <summary>What a verification found, and how much it looked at.</summary>
public sealed record Verification
{
    /// <summary>Every place that is not what was sealed; empty where all is.</summary>
    public required ImmutableArray<Discrepancy> Discrepancies { get; init; }

    public required VerificationCounts Checked { get; init; }

    public bool IsWhole => Discrepancies.IsEmpty;
}

/// <summary>How much was checked.</summary>
/// <param name="Entries">Of the log, beyond their hashes.</param>
/// <param name="Chunks">Of verdict tables.</param>
/// <param name="Requirements">Statuses that were judged again.</param>
public readonly record struct VerificationCounts(
    int Entries,
    int Assessments,
    int Documents,
    int Chunks,
    int Verdicts,
    int Requirements
)
{
    public static VerificationCounts operator +(VerificationCounts left, VerificationCounts right) =>
        new(
            left.Entries + right.Entries,
            left.Assessments + right.Assessments,
            left.Documents + right.Documents,
            left.Chunks + right.Chunks,
            left.Verdicts + right.Verdicts,
            left.Requirements + right.Requirements
        );
}

/// <summary>Discrepancies and numbers while they are collected.</summary>
internal sealed class Discrepancies
{
    private readonly List<Discrepancy> _all = [];
    private readonly HashSet<Discrepancy> _known = [];
    private VerificationCounts _checked;

    /// <summary>Keeps each once: a blob that many need is one fault.</summary>
    public void Add(Discrepancy discrepancy)
    {
        if (_known.Add(discrepancy))
        {
            _all.Add(discrepancy);
        }
    }

    public void Demand(string place, string expected, string found)
    {
        if (expected != found)
        {
            Add(new Discrepancy(place, expected, found));
        }
    }

    public void Count(VerificationCounts more) => _checked += more;

    /// <summary>What is read; null, and its discrepancy kept, where it is not what was sealed.</summary>
    public async Task<T?> TryAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (EvidenceException e)
        {
            Add(e.Discrepancy);
            return default;
        }
    }

    public Verification ToVerification() => new() { Discrepancies = [.. _all], Checked = _checked };
}
