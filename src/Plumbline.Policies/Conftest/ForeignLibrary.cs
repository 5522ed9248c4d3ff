using System.Collections.Immutable;
using Plumbline.Core;
using Plumbline.Core.Authored;
using Plumbline.Core.Checks;
using Plumbline.Core.Evidence;
using Plumbline.Core.Judging;
using Plumbline.Policies.Checks;
using Plumbline.Rego;
using Plumbline.Values;

namespace Plumbline.Policies.Conftest;

/// <summary>Which of somebody's policies are asked, and what they read.</summary>
public sealed record ForeignOptions
{
    /// <summary>Files and folders with policies, as the user knows them.</summary>
    public required IReadOnlyList<string> Policies { get; init; }

    /// <summary>Files and folders with documents for <c>data</c>.</summary>
    public IReadOnlyList<string> Data { get; init; } = [];

    /// <summary>What relative paths are relative to.</summary>
    public required string Folder { get; init; }

    /// <summary>Packages, or patterns for them; empty for all that hold a rule that decides.</summary>
    public IReadOnlyList<string> Packages { get; init; } = [];

    /// <summary>The packages are asked about all documents as one, and not about each.</summary>
    public bool Combines { get; init; }

    public NaturalKeys Keys { get; init; } = NaturalKeys.None;

    public EvaluationOptions Evaluation { get; init; } = new();
}

/// <summary>Loads somebody's own policies and data: files as conftest takes them, each package a check.</summary>
public static class ForeignLibrary
{
    /// <summary>The member of <c>data</c> in which a policy finds what it is asked about: nobody else may fill it.</summary>
    internal const string Own = "plumb";

    private const string Combined = "file/combined";

    /// <exception cref="LibraryException">Something is wrong; every fault is in it, and nothing is asked.</exception>
    public static ForeignPolicies Load(ForeignOptions options)
    {
        var faults = new List<string>();
        var policies = Read(options.Policies, options.Folder, PolicyFiles.IsPolicy, "policies (`*.rego`)", faults);
        var data = Read(options.Data, options.Folder, DataDocuments.IsData, "data (`*.json`, `*.yaml`)", faults);
        var merged = Merge(data, faults);
        var policy = Compile(policies, faults);
        if (policy is null || faults.Count > 0)
        {
            throw new LibraryException(faults);
        }

        var packages = Select(policy, options, faults);
        var paths = policies.ToDictionary(f => f.Name, f => f.Path, StringComparer.Ordinal);
        var checks = packages.Select(p =>
            (Check: PackageCheck.Of(policy, p, paths, PopulationOf(policy, p, options), faults), p)
        );
        var all = checks.ToList();
        return faults.Count == 0
            ? new ForeignPolicies(policy, all, merged, options.Keys, Digests(policies, data), options.Evaluation)
            : throw new LibraryException(faults);
    }

    private static string PopulationOf(Policy policy, string package, ForeignOptions options) =>
        options.Combines ? Combined
        : AdmissionReview.IsReadBy(policy, package) ? AdmissionReview.Population
        : "*";

    private static List<InputFile> Read(
        IReadOnlyList<string> paths,
        string folder,
        Func<string, bool> accepts,
        string what,
        List<string> faults
    )
    {
        var before = faults.Count;
        var files = InputFile.Read(
            paths,
            folder,
            accepts,
            (path, why) =>
                faults.Add($"{path}: {FileFaults.Reference}: expected a file or folder with {what}, but {why}")
        );
        if (paths.Count > 0 && files.Count == 0 && faults.Count == before)
        {
            faults.Add($"{string.Join(", ", paths)}: {FileFaults.Missing}: expected {what}, found none");
        }

        return files;
    }

    private static Value Merge(IReadOnlyList<InputFile> files, List<string> faults)
    {
        try
        {
            var merged = DataDocuments.Merge(files);
            if (merged[Own].IsDefined)
            {
                faults.Add(
                    $"data.{Own}: {FileFaults.Duplicate}: expected data of another name, `{Own}` tells policies what they are asked about"
                );
            }

            return merged;
        }
        catch (ConftestException wrong)
        {
            faults.AddRange(wrong.Faults);
            return Value.EmptyObject;
        }
    }

    private static Policy? Compile(IReadOnlyList<InputFile> files, List<string> faults)
    {
        if (files.Count == 0)
        {
            return null;
        }

        try
        {
            return PolicyFiles.Compile(files, new CompileOptions { Builtins = [.. ConfigBuiltins.OfScan] });
        }
        catch (PolicyException refused)
        {
            faults.AddRange(refused.Diagnostics.Select(d => d.ToString()));
            return null;
        }
    }

    /// <summary>The packages that are asked. A name that is of none, or of one that decides nothing, is a fault.</summary>
    private static List<string> Select(Policy policy, ForeignOptions options, List<string> faults)
    {
        var all = Packages.Of(policy);
        var deciding = all.Where(p => !DecidingRule.Of(policy, p).IsEmpty).ToList();
        if (deciding.Count == 0)
        {
            faults.Add(
                $"{string.Join(", ", options.Policies)}: {FileFaults.Missing}: expected a rule `deny`, `violation` or `warn`, found none"
            );
        }

        foreach (var pattern in options.Packages)
        {
            var named = Packages.Select(policy, [pattern]).Where(all.Contains).ToList();
            if (!named.Any(deciding.Contains))
            {
                var what =
                    named.Count == 0
                        ? "there is no such package"
                        : "its package has no rule `deny`, `violation` or `warn`";
                faults.Add($"{pattern}: {FileFaults.Reference}: {what}{Nearest.Hint(pattern, deciding)}");
            }
        }

        return options.Packages.Count == 0
            ? deciding
            : [.. Packages.Select(policy, options.Packages).Where(deciding.Contains)];
    }

    private static ImmutableSortedDictionary<string, string> Digests(
        IEnumerable<InputFile> policies,
        IEnumerable<InputFile> data
    ) =>
        policies
            .Select(f => (Name: $"policies/{f.Name}", f.Bytes))
            .Concat(data.Select(f => (Name: $"{InputNames.DataPrefix}{f.Name}", f.Bytes)))
            .ToImmutableSortedDictionary(f => f.Name, f => ForeignPolicies.DigestOf(f.Bytes), Ordinal.Comparer);
}
