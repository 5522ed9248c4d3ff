using System.Collections.Immutable;
using Plumbline.Cli.Faults;
using Plumbline.Core;
using Plumbline.Core.Authored;
using Plumbline.Core.Checks;
using Plumbline.Core.Frameworks;
using Plumbline.Policies.Checks;
using Plumbline.Rego;

namespace Plumbline.Cli;

/// <summary>What estates are judged by: checks, and the frameworks whose requirements they answer.</summary>
internal sealed record Content(RegoChecks Policies, ImmutableArray<Framework> Frameworks)
{
    /// <summary>In the order of their ids.</summary>
    public IEnumerable<Check> Checks => Policies.Instances.Select(i => i.Check).DistinctBy(c => c.Id);

    /// <summary>Which check answers which requirement, from either end.</summary>
    public MappingIndex Mapping => field ??= new MappingIndex(Frameworks, Checks);

    /// <exception cref="WrongInputException">Something does not load; every fault is in it.</exception>
    public static async Task<Content> LoadAsync(HostEnvironment host, CancellationToken cancel)
    {
        var folder = host.Shown(host.ContentFolder);
        try
        {
            var policies = await CheckLibrary.LoadAsync(
                host.ContentFolder,
                new EvaluationOptions { Time = host.Clock },
                cancel
            );
            var ids = policies.Instances.Select(i => i.Check.Id).ToHashSet(StringComparer.Ordinal);
            return new Content(policies, await ReadFrameworksAsync(host, ids, cancel));
        }
        catch (LibraryException refused)
        {
            throw new WrongInputException([
                new Fault(CliFaults.Content, $"the checks in `{folder}` do not load, so nothing was read")
                {
                    Details = [.. refused.Faults.Select(f => f.Replace(host.ContentFolder, folder))],
                },
            ]);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new WrongInputException(
                CliFaults.Content,
                $"the checks in `{folder}` cannot be read: {refused.Message.TrimEnd('.')}"
            );
        }
    }

    /// <summary>The check of an id in which <c>_</c> may stand for <c>-</c>; null where there is none.</summary>
    public Check? FindCheck(string id) => Checks.FirstOrDefault(c => Folded(c.Id) == Folded(id));

    /// <summary>The fault that an id is of no check.</summary>
    public Fault NoCheck(string id) =>
        new(
            CliFaults.NoSuchThing,
            $"there is no check `{id}`{Nearest.Hint(id, Checks.Select(c => c.Id))} (`plumb checks` lists them)"
        );

    public Fault NoFramework(string id) =>
        new(
            CliFaults.NoSuchThing,
            $"there is no framework `{id}`{Nearest.Hint(id, Frameworks.Select(f => f.Id))} (`plumb frameworks` lists them)"
        );

    public Framework? FindFramework(string id) => Frameworks.FirstOrDefault(f => Folded(f.Id) == Folded(id));

    private static string Folded(string id) => id.ToLowerInvariant().Replace('_', '-');

    private static async Task<ImmutableArray<Framework>> ReadFrameworksAsync(
        HostEnvironment host,
        IReadOnlySet<string> checks,
        CancellationToken cancel
    )
    {
        var path = Path.Combine(host.ContentFolder, "frameworks");
        var frameworks = new List<Framework>();
        var faults = new List<FileFault>();
        var files = Directory.Exists(path) ? Directory.GetFiles(path, "*.yaml") : [];
        foreach (var file in files.Order(Ordinal.Comparer))
        {
            var bytes = await File.ReadAllBytesAsync(file, cancel);
            if (FrameworkFile.TryRead(host.Shown(file), bytes, checks, out var framework, out var found))
            {
                frameworks.Add(framework!);
            }

            faults.AddRange(found);
        }

        return faults.Count == 0
            ? [.. frameworks.OrderBy(f => f.Id, Ordinal.Comparer)]
            : throw new WrongInputException([.. faults.Select(FaultOf)]);
    }

    /// <summary>A fault of a file that somebody wrote, as this program tells it.</summary>
    public static Fault FaultOf(FileFault fault) =>
        new(fault.Code, fault.Message, $"{fault.File}:{fault.At.Line}:{fault.At.Column}");
}
