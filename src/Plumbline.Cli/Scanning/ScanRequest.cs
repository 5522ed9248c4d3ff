using System.Collections.Immutable;
using Plumbline.Cli.Faults;
using Plumbline.Core.Boundaries;
using Plumbline.Core.Evidence;
using Plumbline.Core.Frameworks;
using Plumbline.Core.Judging;
using Plumbline.Core.Settings;
using Plumbline.Policies;
using Plumbline.Policies.Conftest;
using Plumbline.Storage;
using Plumbline.Targets.Files;
using Plumbline.Targets.Hosts;

namespace Plumbline.Cli.Scanning;

/// <summary>One scan as it was asked for, by options and <c>plumbline.yaml</c>, with everything in it known to exist.</summary>
internal sealed record ScanRequest
{
    /// <summary>Paths as the user may open them, and hosts (<see cref="HostTarget"/>).</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>Name of the repository in keys; null for that of its remote.</summary>
    public required string? Name { get; init; }

    public required Content Content { get; init; }

    /// <summary>All that is asked: the checks that come with plumb, and the user's own policies.</summary>
    public required IPolicySource Policies { get; init; }

    /// <summary>The user's own policies; null where there are none.</summary>
    public required ForeignPolicies? Own { get; init; }

    /// <summary>Their packages are asked about all documents as one.</summary>
    public required bool Combines { get; init; }

    /// <summary>Frameworks that are judged.</summary>
    public required ImmutableArray<Framework> Frameworks { get; init; }

    /// <summary>Ids of the checks that are asked; empty for all.</summary>
    public required ImmutableArray<string> Selection { get; init; }

    public required Gate Gate { get; init; }

    public required IReadOnlyList<ReportOrder> Reports { get; init; }

    public required StoreLocation Store { get; init; }

    /// <summary>Where the snapshot is saved, as the user may open it; null where it is not.</summary>
    public required string? SaveSnapshot { get; init; }

    /// <summary>Exceptions, attestations and who may make them.</summary>
    public required Acceptances Acceptances { get; init; }

    public required Boundary Boundary { get; init; }

    public required ImmutableArray<InventoryLine> Inventory { get; init; }

    /// <summary>Digests of what people wrote that verdicts depend on, as the statement names them.</summary>
    public required ImmutableSortedDictionary<string, string> Digests { get; init; }

    /// <summary>Puts options before keys, and finds whatever is wrong with either.</summary>
    /// <exception cref="WrongInputException">Something is wrong; nothing was read.</exception>
    public static async Task<ScanRequest> MakeAsync(ScanFlags flags, Session session, CancellationToken cancel)
    {
        var (host, faults) = (session.Host, session.Faults);
        var project = await Project.FindAsync(FirstPath(flags.Targets) ?? ".", host, cancel);
        faults.AddRange(project.Faults);
        var content = await Content.LoadAsync(host, cancel);
        var settings = project.Settings;
        var own = OwnPolicies.Load(flags, project, content.Policies.Keys, session);
        var merge = new Merge(flags, project, content, own, faults);
        var acceptances = await Acceptances.LoadAsync(
            project,
            content,
            (flags.Waivers, flags.ApproversFrom),
            session,
            cancel
        );
        var request = new ScanRequest
        {
            Targets = merge.Targets(host),
            Name = settings.Name,
            Content = content,
            Policies = own is null ? content.Policies : new JoinedPolicies(content.Policies, own),
            Own = own,
            Combines = flags.Combine,
            Frameworks = merge.Frameworks,
            Selection = merge.Selection(),
            Gate = new Gate(
                (flags.FailOn ?? settings.Gate.FailOn ?? new FailOn(Core.Checks.Severity.High)).Level,
                settings.Gate.Unknown ?? UnknownHandling.Report,
                flags.Audit || settings.Gate.Audit == true,
                settings.Gate.Claims ?? ClaimHandling.Report
            )
            {
                UnknownLive = settings.Gate.Unknown ?? UnknownHandling.Fail,
            },
            Reports = merge.Reports(host),
            Store = merge.Store(host),
            SaveSnapshot = flags.SaveSnapshot,
            Acceptances = acceptances,
            Boundary = merge.Boundary(),
            Inventory = settings.Inventory,
            Digests = merge.Digests(acceptances),
        };
        session.RefuseFaults();
        return request;
    }

    /// <summary>The first target that is a path; null where none is.</summary>
    public static string? FirstPath(IEnumerable<string> targets) => targets.FirstOrDefault(t => !HostTarget.IsOne(t));

    /// <summary>Options count before keys; each of these reports what it finds wrong.</summary>
    private sealed class Merge(
        ScanFlags flags,
        Project project,
        Content content,
        ForeignPolicies? own,
        List<Fault> faults
    )
    {
        private IReadOnlyList<string> FrameworkIds =>
            flags.Frameworks.Count > 0 ? flags.Frameworks : project.Settings.Frameworks;

        private IReadOnlyList<string> CheckIds =>
            flags.Checks.Count > 0 ? flags.Checks : project.Settings.IncludedChecks;

        public IReadOnlyList<string> Targets(HostEnvironment host)
        {
            var targets =
                flags.Targets.Count > 0 ? flags.Targets
                : project.Settings.Targets.Length > 0
                    ? [.. project.Settings.Targets.Select(t => HostTarget.IsOne(t) ? t : project.Shown(t))]
                : ["."];
            foreach (var target in targets.Where(t => !HostTarget.IsOne(t)))
            {
                var path = Path.GetFullPath(target, host.WorkingFolder);
                if (!Path.Exists(path))
                {
                    faults.Add(
                        new Fault(FileFaults.NoTarget, $"expected a file or folder, got `{target}`, which is not there")
                    );
                }
            }

            return targets;
        }

        public ImmutableArray<Framework> Frameworks
        {
            get
            {
                if (field.IsDefault)
                {
                    field = FrameworkIds.Count == 0 ? content.Frameworks : FindFrameworks();
                }

                return field;
            }
        }

        private ImmutableArray<Framework> FindFrameworks()
        {
            var found = new List<Framework>();
            foreach (var id in FrameworkIds)
            {
                if (content.FindFramework(id) is { } framework)
                {
                    found.Add(framework);
                }
                else
                {
                    faults.Add(content.NoFramework(id));
                }
            }

            return [.. found.DistinctBy(f => f.Id).OrderBy(f => f.Id, Core.Ordinal.Comparer)];
        }

        /// <summary>Ids of the user's own packages.</summary>
        private IEnumerable<string> OwnIds => own?.Instances.Select(i => i.Check.Id) ?? [];

        /// <summary>
        /// Checks asked for by name, else those of the frameworks asked for and all packages of the user's own, else all; less those
        /// that are excluded.
        /// </summary>
        public ImmutableArray<string> Selection()
        {
            var asked = Known(CheckIds);
            var excluded = Known(project.Settings.ExcludedChecks).ToHashSet(StringComparer.Ordinal);
            if (asked.Count == 0 && excluded.Count == 0 && FrameworkIds.Count == 0)
            {
                return [];
            }

            var mapped = Frameworks.SelectMany(f => f.Mappings).Select(m => m.Check).ToHashSet(StringComparer.Ordinal);
            mapped.UnionWith(OwnIds);
            var selected = content
                .Checks.Select(c => c.Id)
                .Concat(OwnIds)
                .Where(id => asked.Count > 0 ? asked.Contains(id) : FrameworkIds.Count == 0 || mapped.Contains(id))
                .Where(id => !excluded.Contains(id))
                .ToImmutableArray();
            if (selected.IsEmpty && faults.Count == 0)
            {
                faults.Add(
                    new Fault(CliFaults.Contradiction, "expected at least one check to ask, got none: all are excluded")
                );
            }

            return selected;
        }

        public IReadOnlyList<ReportOrder> Reports(HostEnvironment host)
        {
            var (texts, folder) =
                flags.Reports.Count > 0
                    ? (flags.Reports, host.WorkingFolder)
                    : (project.Settings.Reports, project.Folder);
            var orders = texts.Select(t => ReportOrder.Parse(t, folder, faults)).OfType<ReportOrder>().ToList();
            faults.AddRange(ReportOrder.FaultsOf(orders));
            return orders.Count > 0 ? orders : [ReportOrder.Usual];
        }

        public StoreLocation Store(HostEnvironment host)
        {
            var option = flags.Store ?? (project.Settings.Store is { } key ? project.Shown(key) : null);
            var target = flags.Targets.Count > 0 ? FirstPath(flags.Targets) : ".";
            return Stores.Locate(option, target, host);
        }

        /// <summary>A requirement that is out of scope must be one that there is.</summary>
        public Boundary Boundary()
        {
            foreach (var name in project.Settings.Boundary.Requirements.Keys)
            {
                var parts = name.Split('/', 2);
                if (content.FindFramework(parts[0])?.Demands.Any(d => d.Id == parts[1]) != true)
                {
                    faults.Add(
                        new Fault(
                            CliFaults.NoSuchThing,
                            $"expected under `boundary.out` a glob over resource keys or a requirement, got `{name}`, which is neither"
                        )
                    );
                }
            }

            return project.Settings.Boundary;
        }

        public ImmutableSortedDictionary<string, string> Digests(Acceptances acceptances)
        {
            var digests = acceptances.Digests;
            if (project.Settings.Boundary != Core.Boundaries.Boundary.Everything)
            {
                digests = digests.Add(InputNames.Boundary, project.Digest);
            }

            return project.Settings.Inventory.IsEmpty ? digests : digests.Add(InputNames.Inventory, project.Digest);
        }

        private List<string> Known(IReadOnlyList<string> ids)
        {
            var known = new List<string>();
            foreach (var id in ids)
            {
                if (content.FindCheck(id) is { } check)
                {
                    known.Add(check.Id);
                }
                else if (OwnIds.Contains(id))
                {
                    known.Add(id);
                }
                else
                {
                    faults.Add(content.NoCheck(id));
                }
            }

            return known;
        }
    }
}
