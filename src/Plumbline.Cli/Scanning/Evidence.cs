using Plumbline.Cli.Faults;
using Plumbline.Core.Assessments;
using Plumbline.Core.Evidence;
using Plumbline.Exchange.Reports;
using Plumbline.Storage;

namespace Plumbline.Cli.Scanning;

/// <summary>The evidence of one run: noted in the store when it begins, sealed when it ends.</summary>
/// <remarks>A store that refuses does not stop the run: it reports, and says that nothing was sealed (CONTRACTS §8).</remarks>
internal sealed class Evidence : IAsyncDisposable
{
    private readonly HostEnvironment _host;
    private readonly EvidenceStore? _store;
    private readonly Guid _run;

    private Evidence(HostEnvironment host, EvidenceStore? store, Guid run)
    {
        _host = host;
        _store = store;
        _run = run;
    }

    /// <summary>Why nothing was sealed; null while all is well.</summary>
    public Fault? Refusal { get; private set; }

    /// <summary>What the store did or found besides.</summary>
    public IReadOnlyList<StoreNotice> Notices { get; private set; } = [];

    public static async Task<Evidence> BeginAsync(
        StoreOptions options,
        string description,
        HostEnvironment host,
        CancellationToken cancel
    )
    {
        var now = host.Clock.GetUtcNow();
        EvidenceStore? store = null;
        try
        {
            store = await EvidenceStore.OpenAsync(options, cancel);
            var run = Uuid7.New(now, host.FillRandom);
            await store.BeginRunAsync(run, now, description, cancel);
            return new Evidence(host, store, run);
        }
        catch (StoreException refused)
        {
            if (store is not null)
            {
                await store.DisposeAsync();
            }

            return new Evidence(host, null, default) { Refusal = FaultOf(refused) };
        }
    }

    /// <summary>Seals what was found. Not to be interrupted: what was found is worth the wait.</summary>
    public async Task<ReportEvidence> SealAsync(Assessment assessment)
    {
        if (_store is null)
        {
            return new ReportEvidence.None();
        }

        try
        {
            var request = AssessmentSeal.Prepare(
                assessment,
                new SealContext
                {
                    Author = Stores.AuthorOf(_host),
                    Now = _host.Clock.GetUtcNow(),
                    Random = _host.FillRandom,
                    Run = _run,
                }
            );
            var outcome = await _store.SealAsync(request, CancellationToken.None);
            Notices = outcome.Notices;
            return outcome switch
            {
                SealOutcome.Sealed { Receipt: var receipt } => new ReportEvidence.Sealed(
                    receipt.Label!.Value,
                    receipt.Index,
                    _store.Origin,
                    receipt.LeafHash
                ),
                SealOutcome.Pending { Folder: var folder } => Wait(folder),
                _ => throw new NotSupportedException($"an outcome of its own kind: {outcome}"),
            };
        }
        catch (StoreException refused)
        {
            Refusal = FaultOf(refused);
            return new ReportEvidence.None();
        }
    }

    /// <summary>Where the bundle lies, if sealing had to leave one.</summary>
    public string? PendingFolder { get; private set; }

    /// <summary>The run ends without anything to seal.</summary>
    public async Task AbandonAsync()
    {
        if (_store is not null)
        {
            await _store.EndRunAsync(_run, CancellationToken.None);
        }
    }

    public ValueTask DisposeAsync() => _store?.DisposeAsync() ?? ValueTask.CompletedTask;

    private ReportEvidence.Pending Wait(string folder)
    {
        PendingFolder = folder;
        return new ReportEvidence.Pending();
    }

    private static Fault FaultOf(StoreException refused) => new(refused.Code, refused.Message);
}
