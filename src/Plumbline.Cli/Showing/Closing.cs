using Plumbline.Cli.Terminal;
using Plumbline.Core.Judging;
using Plumbline.Exchange.Reports;
using Plumbline.Storage;

namespace Plumbline.Cli.Showing;

/// <summary>The last lines of a scan: what the gate says, and where the evidence is.</summary>
internal static class Closing
{
    public static void Gate(Screen screen, GateResult gate)
    {
        if (gate.Reasons.IsEmpty)
        {
            return;
        }

        var (word, tone) =
            gate.Audit ? ("Gate, audit only: ", Tone.Strong)
            : gate.Failed ? ("Gate fails: ", Tone.Fail)
            : ("Incomplete: ", Tone.Unknown);
        screen.Write(0, 2, new Ink(word, tone), string.Join("; ", gate.Reasons));
    }

    public static void Evidence(
        Screen screen,
        ReportEvidence where,
        Scanning.Evidence evidence,
        StoreLocation store,
        HostEnvironment host
    )
    {
        var folder = host.Shown(store.Folder);
        switch (where)
        {
            case ReportEvidence.Sealed leaf:
                var found = Stores.Locate(null, null, host).Folder == store.Folder;
                var option = found ? "" : $" --store {folder}";
                screen.Spread(
                    2,
                    [new Ink($"Sealed as A-{leaf.Label}", Tone.Strong), $", ledger entry {Words.Number(leaf.Entry)}."],
                    $"plumb evidence verify A-{leaf.Label}{option}"
                );
                screen.Write(0, 2, new Ink($"Evidence lies in {folder}", Tone.Quiet));
                break;
            case ReportEvidence.Pending:
                screen.Write(
                    0,
                    2,
                    new Ink("Sealed, and waiting: ", Tone.Strong),
                    "another run holds the store. The next one takes the bundle in: ",
                    host.Shown(evidence.PendingFolder!)
                );
                break;
            default:
                screen.Write(0, 2, new Ink("Nothing was sealed.", Tone.Fail));
                break;
        }
    }
}
