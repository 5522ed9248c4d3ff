using Plumbline.Cli.Faults;
using Plumbline.Core.Judging;
using Plumbline.Policies.Checks;
using Plumbline.Policies.Conftest;
using Plumbline.Rego;

namespace Plumbline.Cli.Scanning;

/// <summary>The policies that a scan is given besides the checks: <c>--policy</c> and what belongs to it, else <c>policies</c> and <c>data</c> of the settings.</summary>
internal static class OwnPolicies
{
    /// <summary>Loads them; null where there are none, or where they are wrong, which is reported.</summary>
    public static ForeignPolicies? Load(ScanFlags flags, Project project, NaturalKeys keys, Session session)
    {
        var policies = flags.Policies.Count > 0 ? flags.Policies : Shown(project.Settings.Policies, project);
        var data = flags.Data.Count > 0 ? flags.Data : Shown(project.Settings.Data, project);
        session.Faults.AddRange(Contradictions(flags, policies));
        if (policies.Count == 0)
        {
            return null;
        }

        try
        {
            var loaded = ForeignLibrary.Load(
                new ForeignOptions
                {
                    Policies = policies,
                    Data = data,
                    Folder = session.Host.WorkingFolder,
                    Packages = flags.AllNamespaces ? [] : flags.Namespaces,
                    Combines = flags.Combine,
                    Keys = keys,
                    Evaluation = new EvaluationOptions { Time = session.Host.Clock },
                }
            );
            foreach (var warning in loaded.Warnings)
            {
                session.Note(warning.ToString());
            }

            return loaded;
        }
        catch (LibraryException refused)
        {
            var message =
                $"the policies in {string.Join(", ", policies.Select(p => $"`{p}`"))} do not load, so nothing was read";
            session.Faults.Add(new Fault(CliFaults.Policies, message) { Details = refused.Faults });
            return null;
        }
    }

    /// <summary>Options that say something of policies, where there are none; and two that exclude each other.</summary>
    private static IEnumerable<Fault> Contradictions(ScanFlags flags, IReadOnlyList<string> policies)
    {
        (string Option, bool IsGiven)[] options =
        [
            ("--namespace", flags.Namespaces.Count > 0),
            ("--all-namespaces", flags.AllNamespaces),
            ("--data", flags.Data.Count > 0),
            ("--combine", flags.Combine),
        ];
        foreach (var (option, _) in options.Where(o => o.IsGiven && policies.Count == 0))
        {
            yield return new Fault(
                CliFaults.Contradiction,
                $"expected `--policy` beside `{option}`, which is about policies"
            );
        }

        if (flags.AllNamespaces && flags.Namespaces.Count > 0)
        {
            yield return new Fault(CliFaults.Contradiction, "expected `--namespace` or `--all-namespaces`, got both");
        }
    }

    private static IReadOnlyList<string> Shown(IEnumerable<string> paths, Project project) =>
        [.. paths.Select(project.Shown)];
}
