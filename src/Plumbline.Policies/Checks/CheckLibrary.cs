using System.Collections.Immutable;
using System.Security.Cryptography;
using Plumbline.Core;
using Plumbline.Core.Authored;
using Plumbline.Core.Checks;
using Plumbline.Core.Judging;
using Plumbline.Rego;
using Plumbline.Rego.Syntax;
using Plumbline.Values;

namespace Plumbline.Policies.Checks;

/// <summary>A folder of checks as users read and change it: <c>checks/**/*.rego</c>, <c>lib/**/*.rego</c>, <c>keys.yaml</c>.</summary>
public static class CheckLibrary
{
    private const string Checks = "checks";
    private const string Helpers = "lib";
    private const string Keys = "keys.yaml";

    private static readonly string[] Folders = [Checks, Helpers];
    private static readonly string[] Deciding = ["deny", "warn"];

    /// <summary>What a check may cost on one resource: about a second of work, and memory that a build machine has.</summary>
    /// <remarks>Enough to join a thousand objects with a thousand others, pair by pair; a shipped check needs some hundreds of steps.</remarks>
    public static Limits OneResource { get; } = new(MaxSteps: 5_000_000, MaxValueBytes: 64 << 20);

    /// <summary>Loads and compiles everything below <paramref name="folder"/>.</summary>
    /// <exception cref="LibraryException">Something in it is wrong; every fault is in it.</exception>
    public static async Task<RegoChecks> LoadAsync(string folder, EvaluationOptions options, CancellationToken cancel)
    {
        var faults = new List<string>();
        var files = await ReadAsync(folder, faults, cancel);
        var keys = ReadKeys(files, faults);
        var (policy, modules) = Compile(files, faults);
        var checks = ReadChecks(modules, faults);
        return faults.Count == 0
            ? new RegoChecks(policy!, checks.Select(c => (c.Check, c.Package)), keys, Digests(files), options)
            : throw new LibraryException(faults);
    }

    /// <param name="Name">Path in the library, with forward slashes: what evidence calls it.</param>
    /// <param name="Path">As the user may open it.</param>
    private sealed record LibraryFile(string Name, string Path, byte[] Bytes);

    private sealed record LibraryCheck(Check Check, Module Module, string Path)
    {
        public string Package => string.Join('.', Module.Package);
    }

    /// <summary>The files that verdicts depend on, in the order of their names.</summary>
    private static async Task<List<LibraryFile>> ReadAsync(string folder, List<string> faults, CancellationToken cancel)
    {
        var keys = Path.Combine(folder, Keys);
        IEnumerable<string> paths =
        [
            .. Folders
                .Select(part => Path.Combine(folder, part))
                .Where(Directory.Exists)
                .SelectMany(root => Directory.EnumerateFiles(root, "*.rego", SearchOption.AllDirectories)),
            .. File.Exists(keys) ? [keys] : Array.Empty<string>(),
        ];
        var found = new List<LibraryFile>();
        foreach (var path in paths)
        {
            var name = Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');
            try
            {
                found.Add(new LibraryFile(name, path, await File.ReadAllBytesAsync(path, cancel)));
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                faults.Add($"{path}: {FileFaults.Reference}: expected a file that can be read: {refused.Message}");
            }
        }

        if (faults.Count == 0 && !found.Exists(f => f.Name.StartsWith($"{Checks}/", StringComparison.Ordinal)))
        {
            faults.Add($"{folder}: {FileFaults.Missing}: expected checks in `{Checks}/**/*.rego`, found none");
        }

        return [.. found.OrderBy(f => f.Name, Ordinal.Comparer)];
    }

    private static NaturalKeys ReadKeys(List<LibraryFile> files, List<string> faults)
    {
        if (files.Find(f => f.Name == Keys) is not { } file)
        {
            return NaturalKeys.None;
        }

        NaturalKeys.TryRead(file.Path, file.Bytes, out var keys, out var found);
        faults.AddRange(found.Select(f => f.ToString()));
        return keys ?? NaturalKeys.None;
    }

    /// <summary>Compiles the Rego; where it is wrong, gives the files that parse, so that their other faults are found too.</summary>
    /// <remarks>The policy knows its files by their names in the library: an error of a check is sealed, and no path is.</remarks>
    private static (Policy?, IEnumerable<(Module Module, string Path)>) Compile(
        List<LibraryFile> files,
        List<string> faults
    )
    {
        var sources = files.FindAll(f => f.Name.EndsWith(".rego", StringComparison.Ordinal));
        var paths = sources.ToDictionary(f => f.Name, f => f.Path);
        var texts = sources.Select(f => new SourceText(f.Name, f.Bytes));
        IEnumerable<Module> modules;
        Policy? policy = null;
        try
        {
            policy = Policy.Compile(texts, DialectChoice.V1);
            modules = policy.Modules;
        }
        catch (PolicyException refused)
        {
            faults.AddRange(
                refused.Diagnostics.Select(d =>
                    (d with { Source = d.Source with { Name = paths[d.Source.Name] } }).ToString()
                )
            );
            modules = texts.Select(t => RegoParser.Parse(t, DialectChoice.V1).Module).OfType<Module>();
        }

        return (policy, modules.Select(m => (m, paths[m.Source.Name])));
    }

    private static List<LibraryCheck> ReadChecks(IEnumerable<(Module Module, string Path)> modules, List<string> faults)
    {
        var checks = new List<LibraryCheck>();
        foreach (var (module, path) in modules)
        {
            var part = module.Source.Name.Split('/')[0];
            if (module.Package[0] != part)
            {
                var written = string.Join('.', module.Package);
                faults.Add(Fault(module, path, FileFaults.Name, $"expected a package in `{part}`, got `{written}`"));
            }
            else if (part != Checks)
            {
                continue;
            }
            else if (module.Annotations.FirstOrDefault(a => a.Target == module.PackageSpan) is not { } annotation)
            {
                faults.Add(
                    Fault(
                        module,
                        path,
                        FileFaults.Missing,
                        "expected a `# METADATA` block over the package, found none"
                    )
                );
            }
            else if (CheckMetadata.TryRead(path, module.Package, annotation, out var check, out var found))
            {
                checks.Add(new LibraryCheck(check! with { File = module.Source.Name }, module, path));
            }
            else
            {
                faults.AddRange(found.Select(f => f.ToString()));
            }
        }

        faults.AddRange(checks.SelectMany(RuleFaults));
        faults.AddRange(NameFaults(checks));
        return checks;
    }

    /// <summary>A check without a set <c>deny</c> or <c>warn</c> would pass everything.</summary>
    private static IEnumerable<string> RuleFaults(LibraryCheck check)
    {
        var (module, path) = (check.Module, check.Path);
        var deciding = module.Rules.Where(r => r.Head.Name is [var name] && Deciding.Contains(name)).ToList();
        if (deciding.Count == 0)
        {
            var message = "expected a rule `deny contains …` or `warn contains …`, found neither";
            yield return Fault(module, path, FileFaults.Missing, message);
        }

        foreach (var rule in deciding.Where(r => r.Head.Kind != RuleKind.PartialSet))
        {
            var message = $"expected `{rule.Head.Name[0]}` to be a set, written with `contains`";
            yield return Fault(path, rule.Span, FileFaults.Value, message);
        }

        if (
            check.Check.Patch is { } patch
            && !module.Rules.Any(r => r.Head is { Kind: RuleKind.Complete, Name: [var name] } && name == patch)
        )
        {
            var message = $"expected a rule `{patch} := …`, which `fix.patch` names, found none";
            yield return Fault(module, path, FileFaults.Reference, message);
        }
    }

    /// <summary>
    /// People may type <c>-</c> for <c>_</c>, and a name that a check had before still leads to it: two checks that coincide
    /// by any of their names are refused.
    /// </summary>
    private static IEnumerable<string> NameFaults(List<LibraryCheck> checks) =>
        checks
            .SelectMany(c => c.Check.Formerly.Append(c.Check.Id).Select(name => (Name: name, Check: c)))
            .GroupBy(c => CheckMetadata.PackageSegment(c.Name), StringComparer.Ordinal)
            .Select(g => g.Select(c => c.Check).Distinct().ToList())
            .Where(same => same.Count > 1)
            .Select(same =>
                Fault(
                    same[1].Module,
                    same[1].Path,
                    FileFaults.Duplicate,
                    $"expected a name of its own for `{same[1].Check.Id}`, got one of {same[0].Path}"
                )
            );

    private static string Fault(Module module, string path, string code, string message) =>
        Fault(path, module.PackageSpan, code, message);

    private static string Fault(string path, SourceSpan at, string code, string message) =>
        new FileFault(code, path, new Position(at.Line, at.Column), message).ToString();

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
