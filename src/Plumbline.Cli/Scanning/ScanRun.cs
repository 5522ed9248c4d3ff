using Plumbline.Cli.Faults;
using Plumbline.Cli.Showing;
using Plumbline.Cli.Terminal;
using Plumbline.Core.Assessments;
using Plumbline.Core.Judging;
using Plumbline.Core.Resources;
using Plumbline.Exchange.Reports;
using Plumbline.Targets.Hosts;
using Plumbline.Targets.Snapshots;

namespace Plumbline.Cli.Scanning;

/// <summary>One scan from the first file to the exit code.</summary>
internal sealed class ScanRun(Session session, ScanRequest request)
{
    private readonly HostEnvironment _host = session.Host;

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var options = Stores.Options(request.Store, _host) with
        {
            ScannedPaths =
            [
                .. request
                    .Targets.Where(t => !HostTarget.IsOne(t))
                    .Select(t => Path.GetFullPath(t, _host.WorkingFolder)),
            ],
        };
        await using var evidence = await Evidence.BeginAsync(
            options,
            $"scan {string.Join(' ', request.Targets)}",
            _host,
            cancel
        );
        var (assessment, where) = await JudgeAndSealAsync(evidence, cancel);
        var model = new ReportModel(assessment, where);
        var gate = request.Gate.Judge(assessment);
        var faults = Write(model, gate, evidence);
        foreach (var notice in evidence.Notices)
        {
            session.Note(notice.Message);
        }

        return Conclude(evidence, faults, gate);
    }

    private async Task<(Assessment Assessment, ReportEvidence Where)> JudgeAndSealAsync(
        Evidence evidence,
        CancellationToken cancel
    )
    {
        using var progress = session.StartProgress();
        try
        {
            var snapshot = await Reading.ReadAsync(request, _host, Follow(progress), cancel);
            RefuseNothing(snapshot, cancel);
            if (request.SaveSnapshot is { } folder)
            {
                await new SnapshotFolder(folder, _host.WorkingFolder).SaveAsync(snapshot, CancellationToken.None);
            }

            var assessment = Assessor.Assess(
                Judgement.InputOf(request, snapshot, _host),
                FollowJudging(progress, snapshot),
                cancel
            );
            progress.State = () => $"sealing {Words.Count(assessment.Findings.Count, "finding")}";
            return (assessment, await evidence.SealAsync(assessment));
        }
        catch (Exception e) when (e is TargetException or WrongInputException or OperationCanceledException)
        {
            await evidence.AbandonAsync();
            throw;
        }
    }

    /// <summary>Interrupted before anything was read, there is nothing to judge.</summary>
    private static void RefuseNothing(Snapshot snapshot, CancellationToken cancel)
    {
        if (snapshot.Resources.IsEmpty)
        {
            cancel.ThrowIfCancellationRequested();
        }
    }

    private static Latest<ReadProgress> Follow(ProgressLine line)
    {
        var latest = new Latest<ReadProgress>();
        line.State = () =>
            $"{Words.Count(latest.Value.Files, "file")} · {Words.Count(latest.Value.Resources, "resource")} · {Words.Count(latest.Value.Gaps, "gap")}";
        return latest;
    }

    private static Latest<AssessmentProgress> FollowJudging(ProgressLine line, Snapshot snapshot)
    {
        var latest = new Latest<AssessmentProgress>();
        line.State = () =>
            $"{Words.Number(latest.Value.Evaluated)} of {Words.Count(latest.Value.Expected, "finding")} · "
            + $"{Words.Count(snapshot.Resources.Length, "resource")} · {Words.Count(snapshot.Gaps.Length, "gap")}";
        return latest;
    }

    /// <summary>Writes every report that was asked for; a file that cannot be written costs none of the others.</summary>
    private List<Fault> Write(ReportModel model, GateResult gate, Evidence evidence)
    {
        var faults = new List<Fault>();
        foreach (var order in request.Reports)
        {
            try
            {
                Write(order, model, gate, evidence);
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                faults.Add(
                    new Fault(
                        CliFaults.File,
                        $"the report for {order.Destination} cannot be written: {refused.Message.TrimEnd('.')}"
                    )
                );
            }
        }

        return faults;
    }

    private void Write(ReportOrder order, ReportModel model, GateResult gate, Evidence evidence)
    {
        if (order.File is { } file)
        {
            new ReportFile(file).Write(stream => Write(order.Format, stream, model, gate, evidence));
        }
        else if (order.Format is { } format)
        {
            format.Write(model, _host.Output.Stream);
        }
        else
        {
            Show(session.Output, model, gate, evidence);
        }
    }

    private void Write(IReport? format, Stream stream, ReportModel model, GateResult gate, Evidence evidence)
    {
        if (format is not null)
        {
            format.Write(model, stream);
            return;
        }

        var plain = new TerminalFacts(IsTerminal: false, Color: false, Ascii: false, TerminalFacts.MaxWidth);
        using var screen = new Screen(new OutputEnd(stream, IsTerminal: false, static () => 0), plain);
        Show(screen, model, gate, evidence);
    }

    private void Show(Screen screen, ReportModel model, GateResult gate, Evidence evidence)
    {
        new AssessmentText(screen, model).Write();
        screen.Blank();
        Closing.Gate(screen, gate);
        Closing.Evidence(screen, model.Evidence, evidence, request.Store, _host);
    }

    /// <summary>Wrong input 2, else gate failed 1, else incomplete 3, else 0; nothing sealed is wrong input (CONTRACTS §8).</summary>
    private int Conclude(Evidence evidence, List<Fault> faults, GateResult gate)
    {
        if (evidence.Refusal is { } refusal)
        {
            faults.Add(refusal);
        }

        session.Flush();
        foreach (var fault in faults)
        {
            session.Tell(fault);
        }

        return faults.Count > 0 ? ExitCode.WrongInput : gate.ExitCode;
    }
}
