using System.Collections.Frozen;
using System.Collections.Immutable;
using Plumbline.Core;
using Plumbline.Core.Checks;
using Plumbline.Core.Judging;
using Plumbline.Policies.Checks;
using Plumbline.Rego;
using Plumbline.Rego.Syntax;
using Plumbline.Values;

namespace Plumbline.Policies.Tests.Checks;

/// <summary><c>content/</c> as it is shipped, with its cases; and variants of it, in which a file reads otherwise.</summary>
internal sealed class ShippedLibrary
{
    private readonly FrozenDictionary<string, SourceText> _sources;
    private readonly FrozenDictionary<string, Check> _checks;
    private readonly NaturalKeys _keys;

    private ShippedLibrary()
    {
        var checks = CheckLibrary.LoadAsync(Folder, new EvaluationOptions(), CancellationToken.None).Result;
        Assert.True(
            NaturalKeys.TryRead("keys.yaml", File.ReadAllBytes(Path.Combine(Folder, "keys.yaml")), out var keys, out _)
        );
        _keys = keys!;
        _checks = checks.Instances.ToFrozenDictionary(i => i.Check.File, i => i.Check);
        _sources = Directory
            .EnumerateFiles(Folder, "*.rego", SearchOption.AllDirectories)
            .Select(path => new SourceText(Path.GetRelativePath(Folder, path), File.ReadAllBytes(path)))
            .ToFrozenDictionary(source => source.Name);
        Modules =
        [
            .. _sources
                .Values.OrderBy(s => s.Name, Ordinal.Comparer)
                .Select(s => RegoParser.Parse(s, DialectChoice.V1).Module!),
        ];
        Cases = [.. CheckCase.All(Folder)];
        All = With(_checks.Values, _sources.Values);
    }

    public static ShippedLibrary Instance { get; } = new();

    public static string Folder => Repository.Path("content");

    /// <summary>Every Rego file, named from <see cref="Folder"/>.</summary>
    public ImmutableArray<Module> Modules { get; }

    public ImmutableArray<CheckCase> Cases { get; }

    public LoadedChecks All { get; }

    /// <summary>The checks that a file has a part in, with another text in its place.</summary>
    /// <exception cref="PolicyException">It does not compile.</exception>
    public LoadedChecks Variant(string file, byte[] text)
    {
        var isCheck = _checks.TryGetValue(file, out var check);
        return With(
            isCheck ? [check!] : _checks.Values,
            _sources
                .Values.Where(s => !isCheck || s.Name == file || !_checks.ContainsKey(s.Name))
                .Select(s => s.Name == file ? new SourceText(file, text) : s)
        );
    }

    private LoadedChecks With(IEnumerable<Check> checks, IEnumerable<SourceText> sources)
    {
        var policy = Policy.Compile(sources, DialectChoice.V1);
        var source = new RegoChecks(
            policy,
            checks.Select(c => (c, LoadedChecks.PackageOf(c))),
            _keys,
            ImmutableSortedDictionary<string, string>.Empty,
            new EvaluationOptions()
        );
        return new LoadedChecks(policy, source);
    }
}

/// <summary>Checks, and the policy behind them.</summary>
internal sealed record LoadedChecks(Policy Policy, RegoChecks Checks)
{
    public static string PackageOf(Check check) =>
        $"checks.{check.File.Split('/')[1]}.{CheckMetadata.PackageSegment(check.Id)}";

    /// <summary>The JSON Patch operations by which a check would repair a resource; undefined where it has none.</summary>
    public Value Operations(CheckInstance instance, CheckCase test)
    {
        var options = new EvaluationOptions
        {
            Input = test.Resource.Document,
            Data = ContextData.Of(instance, test.Resource, test.ScopeOf(test.Resource)),
        };
        var rule = Policy.Document($"data.{PackageOf(instance.Check)}.{instance.Check.Patch}");
        return rule is null ? default : Policy.Start(options).Ask(rule).Value;
    }
}
