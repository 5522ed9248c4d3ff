using System.Runtime.InteropServices;
using Plumbline.Cli.Faults;
using Plumbline.Cli.Scanning;
using Plumbline.Cli.Showing;
using Plumbline.Core.Resources;
using Plumbline.Core.Settings;
using Plumbline.Storage;
using Plumbline.Targets.Files;

namespace Plumbline.Cli.Diagnosis;

/// <summary>Looks at everything that a scan needs, one thing after the other; what is wrong with one hides none of the others.</summary>
/// <param name="targets">As they were typed; empty for those of the settings.</param>
/// <param name="store">The value of <c>--store</c>.</param>
internal sealed class Checkup(IReadOnlyList<string> targets, string? store, HostEnvironment host)
{
    /// <summary>Gaps of one target that are told; the scan lists all.</summary>
    private const int ToldGaps = 5;

    private readonly List<Symptom> _symptoms = [];

    public async Task<IReadOnlyList<Symptom>> RunAsync(IProgress<ReadProgress> progress, CancellationToken cancel)
    {
        LookAtProgram();
        await LookAtContentAsync(cancel);
        var first = targets.Count > 0 ? targets[0] : ".";
        var project = await Project.FindAsync(first, host, cancel);
        LookAtSettings(project);
        LookAtName(project, first);
        foreach (var target in Targets(project))
        {
            await LookAtTargetAsync(target, project, progress, cancel);
        }

        var option = store ?? (project.Settings.Store is { } key ? project.Shown(key) : null);
        var location = Stores.Locate(option, first, host);
        _symptoms.AddRange(await new StoreCheckup(location, host).RunAsync(cancel));
        return _symptoms;
    }

    private void LookAtProgram() =>
        _symptoms.Add(
            Symptom.Fine(
                "plumb",
                $"{Program.Version} on {RuntimeInformation.FrameworkDescription}, "
                    + $"{RuntimeInformation.RuntimeIdentifier}; SQLite {StoreHealth.SqliteVersion}"
            )
        );

    private async Task LookAtContentAsync(CancellationToken cancel)
    {
        try
        {
            var content = await Content.LoadAsync(host, cancel);
            var found =
                $"{Words.Count(content.Checks.Count(), "check")}, {Words.Count(content.Frameworks.Length, "framework")} "
                + $"in {host.Shown(host.ContentFolder)}";
            _symptoms.Add(
                content.Checks.Any()
                    ? Symptom.Fine("content", found)
                    : Symptom.Problem("content", found, "Without checks nothing is asked: correct PLUMB_CONTENT.")
            );
        }
        catch (WrongInputException wrong)
        {
            AddFaults("content", wrong.Faults);
        }
    }

    private void LookAtSettings(Project project)
    {
        var file = Path.Combine(project.Folder, SettingsFile.Name);
        AddFaults("settings", project.Faults);
        if (project.Faults.IsEmpty)
        {
            _symptoms.Add(
                File.Exists(file)
                    ? Symptom.Fine("settings", $"{host.Shown(file)} is valid")
                    : Symptom.Fine("settings", "no plumbline.yaml: every key has its default (`plumb init` writes one)")
            );
        }

        var faults = new List<Fault>();
        var orders = project
            .Settings.Reports.Select(r => ReportOrder.Parse(r, project.Folder, faults))
            .OfType<ReportOrder>()
            .ToList();
        AddFaults("reports", [.. faults, .. ReportOrder.FaultsOf(orders)]);
    }

    private void LookAtName(Project project, string target)
    {
        var path = Path.GetFullPath(target, host.WorkingFolder);
        if (!Path.Exists(path))
        {
            return;
        }

        var repository = SourceRepository.Of(path, project.Settings.Name);
        _symptoms.Add(
            repository.IsStable
                ? Symptom.Fine("name", $"keys start with repo:{repository.Name}")
                : Symptom.Warning(
                    "name",
                    "there is no git remote, so keys follow the folder's path, which is another on every machine",
                    "Write `name: host/path` in plumbline.yaml: history and waivers follow it."
                )
        );
    }

    private IReadOnlyList<string> Targets(Project project) =>
        targets.Count > 0 ? targets
        : project.Settings.Targets.Length > 0 ? [.. project.Settings.Targets.Select(project.Shown)]
        : ["."];

    private async Task LookAtTargetAsync(
        string target,
        Project project,
        IProgress<ReadProgress> progress,
        CancellationToken cancel
    )
    {
        if (!Path.Exists(Path.GetFullPath(target, host.WorkingFolder)))
        {
            _symptoms.Add(Symptom.Problem("target", $"{target} is not there", "Correct the path."));
            return;
        }

        var options = new PathTargetOptions
        {
            Name = project.Settings.Name,
            WorkingFolder = host.WorkingFolder,
            Clock = host.Clock,
        };
        try
        {
            var snapshot = await new PathTarget(target, options).ReadAsync(progress, cancel);
            cancel.ThrowIfCancellationRequested();
            AddSnapshot(target, snapshot);
        }
        catch (TargetException refused)
        {
            _symptoms.Add(
                Symptom.Problem(
                    "target",
                    $"{refused.Message} ({refused.Code})",
                    FaultTable.RemedyOf(refused.Code) ?? ""
                )
            );
        }
    }

    private void AddSnapshot(string target, Snapshot snapshot)
    {
        var found =
            $"{target}: {Words.Count(snapshot.FilesRead, "file")}, {Words.Count(snapshot.Resources.Length, "resource")}, "
            + $"{Words.Count(snapshot.Gaps.Length, "gap")}, read as {snapshot.Identity}";
        _symptoms.Add(
            snapshot.Resources.IsEmpty
                ? Symptom.Warning("target", found, "Nothing there is asked about, and that is not a pass.")
                : Symptom.Fine("target", found)
        );
        foreach (var gap in snapshot.Gaps.Take(ToldGaps))
        {
            _symptoms.Add(
                Symptom.Warning("not read", $"{gap.Reason} ({gap.Code})", FaultTable.RemedyOf(gap.Code) ?? "")
            );
        }

        if (snapshot.Gaps.Length > ToldGaps)
        {
            _symptoms.Add(
                Symptom.Warning(
                    "not read",
                    $"{Words.Number(snapshot.Gaps.Length - ToldGaps)} more: plumb scan {target}"
                )
            );
        }
    }

    private void AddFaults(string subject, IEnumerable<Fault> faults) =>
        _symptoms.AddRange(
            faults.Select(f =>
                Symptom.Problem(
                    subject,
                    $"{(f.Place.Length > 0 ? $"{f.Place}: " : "")}{f.Message} ({f.Code})",
                    FaultTable.RemedyOf(f.Code) ?? ""
                ) with
                {
                    Details = [.. f.Details.SelectMany(d => d.Split('\n'))],
                }
            )
        );
}
