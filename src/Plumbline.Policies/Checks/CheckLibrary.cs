using System.Collections.Immutable;
using System.Security.Cryptography;
using Plumbline.Core;
using Plumbline.Core.Checks;
using Plumbline.Core.Judging;
using Plumbline.Rego;
using Plumbline.Rego.Syntax;

namespace Plumbline.Policies.Checks;

/// <summary>A folder of checks as users read and change it: <c>checks/**/*.rego</c>, <c>lib/**/*.rego</c>, <c>keys.yaml</c>.</summary>
public static class CheckLibrary
{
    private const string Checks = "checks";
    private const string Helpers = "lib";
    private const string Keys = "keys.yaml";

    private static readonly string[] Folders = [Checks, Helpers];
    private static readonly string[] Deciding = ["deny", "warn"];

    /// <summary>Loads and compiles everything below <paramref name="folder"/>.</summary>
    /// <exception cref="LibraryException">Something in it is wrong; every fault is in it.</exception>
    public static async Task<RegoChecks> LoadAsync(string folder, EvaluationOptions options, CancellationToken cancel)
    {
        var files = await ReadAsync(folder, cancel);
        var keys = ReadKeys(files);
        Policy policy;
        try
        {
            policy = Policy.Compile(
                files
                    .Where(f => f.Name.EndsWith(".rego", StringComparison.Ordinal))
                    .Select(f => new SourceText(f.Path, f.Bytes)),
                DialectChoice.V1
            );
        }
        catch (PolicyException refused)
        {
            throw new LibraryException([.. refused.Diagnostics.Select(d => d.ToString())]);
        }

        var checks = ReadChecks(policy, folder);
        return new RegoChecks(policy, checks, keys, Digests(files), options);
    }

    private sealed record LibraryFile(string Name, string Path, byte[] Bytes);

    /// <summary>The files that verdicts depend on, in the order of their names.</summary>
    private static async Task<List<LibraryFile>> ReadAsync(string folder, CancellationToken cancel)
    {
        var found = new List<LibraryFile>();
        foreach (var part in Folders)
        {
            var root = Path.Combine(folder, part);
            foreach (
                var path in Directory.Exists(root)
                    ? Directory.EnumerateFiles(root, "*.rego", SearchOption.AllDirectories)
                    : []
            )
            {
                var name = Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');
                found.Add(new LibraryFile(name, path, await File.ReadAllBytesAsync(path, cancel)));
            }
        }

        var keys = Path.Combine(folder, Keys);
        if (File.Exists(keys))
        {
            found.Add(new LibraryFile(Keys, keys, await File.ReadAllBytesAsync(keys, cancel)));
        }

        if (!found.Exists(f => f.Name.StartsWith($"{Checks}/", StringComparison.Ordinal)))
        {
            throw new LibraryException([$"{folder}: expected checks in `{Checks}/**/*.rego`, found none"]);
        }

        return [.. found.OrderBy(f => f.Name, Ordinal.Comparer)];
    }

    private static NaturalKeys ReadKeys(List<LibraryFile> files)
    {
        if (files.Find(f => f.Name == Keys) is not { } file)
        {
            return NaturalKeys.None;
        }

        return NaturalKeys.TryRead(file.Path, file.Bytes, out var keys, out var faults)
            ? keys!
            : throw new LibraryException([.. faults.Select(f => f.ToString())]);
    }

    private static List<(Check, string)> ReadChecks(Policy policy, string folder)
    {
        var checks = new List<(Check Check, string Package)>();
        var faults = new List<string>();
        foreach (var module in policy.Modules.Where(m => m.Package[0] == Checks))
        {
            if (module.Annotations.FirstOrDefault(a => a.Target == module.PackageSpan) is not { } annotation)
            {
                faults.Add($"{module.Source.Name}:1:1: expected a `# METADATA` block over the package");
            }
            else if (
                CheckMetadata.TryRead(module.Source.Name, module.Package, annotation, out var check, out var found)
            )
            {
                var file = Path.GetRelativePath(folder, check!.File).Replace(Path.DirectorySeparatorChar, '/');
                checks.Add((check with { File = file }, string.Join('.', module.Package)));
            }
            else
            {
                faults.AddRange(found.Select(f => f.ToString()));
            }
        }

        faults.AddRange(RuleFaults(policy, checks));
        faults.AddRange(NameFaults(checks));
        return faults.Count == 0 ? checks : throw new LibraryException(faults);
    }

    /// <summary>A check without a set <c>deny</c> or <c>warn</c> would pass everything.</summary>
    private static IEnumerable<string> RuleFaults(Policy policy, List<(Check Check, string Package)> checks)
    {
        foreach (var (check, package) in checks)
        {
            var rules = Deciding
                .Select(rule => policy.Document($"data.{package}.{rule}"))
                .OfType<PreparedDocument>()
                .ToList();
            if (rules.Count == 0)
            {
                yield return $"{check.File}: expected a rule `deny contains …` or `warn contains …`, found neither";
            }

            foreach (var rule in rules.Where(r => !r.IsSet))
            {
                yield return $"{check.File}: expected `{rule.Path}` to be a set, written with `contains`";
            }
        }
    }

    /// <summary>People may type <c>-</c> for <c>_</c>: two ids that then coincide are refused.</summary>
    private static IEnumerable<string> NameFaults(List<(Check Check, string Package)> checks) =>
        checks
            .GroupBy(c => CheckMetadata.PackageSegment(c.Check.Id), StringComparer.Ordinal)
            .Where(g => g.Count() > 1)
            .Select(g => $"{g.First().Check.File}: the id stands for the same check as {g.Last().Check.File}");

    private static ImmutableSortedDictionary<string, string> Digests(List<LibraryFile> files) =>
        files.ToImmutableSortedDictionary(
            f => f.Name,
            f => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(f.Bytes))}",
            Ordinal.Comparer
        );
}

/// <summary>A check library does not load: the user's input is wrong, and nothing is judged.</summary>
public sealed class LibraryException(IReadOnlyList<string> faults) : Exception(string.Join('\n', faults))
{
    /// <summary>Each with its place.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}
