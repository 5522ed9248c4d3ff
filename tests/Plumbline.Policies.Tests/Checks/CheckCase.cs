using System.Collections.Immutable;
using Plumbline.Core;
using Plumbline.Core.Checks;
using Plumbline.Core.Judging;
using Plumbline.Core.Resources;
using Plumbline.Languages.Yaml;
using Plumbline.Values;

namespace Plumbline.Policies.Tests.Checks;

/// <summary>One case from a check's <c>.cases.yaml</c>: a document, what was not told of it, and the verdict (CONTRACTS §1).</summary>
internal sealed record CheckCase(
    string Check,
    string Name,
    Value Document,
    string Expect,
    ImmutableArray<string>? Places
)
{
    private static readonly DateTimeOffset Clock = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public override string ToString() => $"{Check}: {Name}";

    /// <summary>Every case beside the checks of the library.</summary>
    public static IEnumerable<CheckCase> All(string content) =>
        Directory
            .EnumerateFiles(Path.Combine(content, "checks"), "*.cases.yaml", SearchOption.AllDirectories)
            .Order(Ordinal.Comparer)
            .SelectMany(Read);

    /// <summary>Null where the check says what the case expects, else what it says.</summary>
    public string? Refute(IPolicySource checks)
    {
        var instance = checks.Instances.Single(i => i.Check.Id == Check);
        var finding = Judge(checks, instance, Document);
        var verdict = Word(finding.Verdict);
        if (verdict != Expect)
        {
            return $"expected {Expect}, got {verdict} ({string.Join("; ", finding.Parts.Select(p => p.Message))} {string.Join(", ", finding.Causes)})";
        }

        var places = finding.Parts.Where(p => p.IsCertain).Select(p => p.Place.Text).Order(Ordinal.Comparer).ToList();
        return Places is not { } expected || places.SequenceEqual(expected.Order(Ordinal.Comparer))
            ? null
            : $"expected {string.Join(" ", expected)}, got {string.Join(" ", places)}";
    }

    public static Finding Judge(IPolicySource checks, CheckInstance instance, Value document)
    {
        var resource = Resource.Of(KeyOf(document), Basis.Declared, document, Observation.None);
        var snapshot = new Snapshot
        {
            Target = "case",
            From = Clock,
            To = Clock,
            Identity = "nobody",
            Resources = [resource],
        };
        return checks.Evaluate(instance, resource, new Scope(snapshot, Clock), CancellationToken.None);
    }

    private static ResourceKey KeyOf(Value document)
    {
        var version = document["apiVersion"].Utf8.ToString();
        var group = version.Contains('/', StringComparison.Ordinal) ? version.Split('/')[0] : "";
        var name = document["metadata"]["name"].Utf8.ToString();
        return ResourceKey.Of("repo:example.com/shop//;k8s/-", $"k8s/{group}/{document["kind"].Utf8}", name);
    }

    private static IEnumerable<CheckCase> Read(string path)
    {
        Assert.True(
            YamlReader.TryRead(File.ReadAllBytes(path), YamlOptions.Core, out var file, out var fault),
            $"{path}: {fault}"
        );
        var id = Path.GetFileName(path).Replace(".cases.yaml", "", StringComparison.Ordinal);
        return Items(file!.Root).Select(c => Read(id, c));
    }

    private static CheckCase Read(string check, Value written)
    {
        var marks = ImmutableDictionary.CreateBuilder<JsonPointer, Mark>();
        foreach (var place in Texts(written["unknown"]))
        {
            marks.Add(JsonPointer.Parse(place), Mark.Of(new Unknown { Id = place, Cause = "variable" }));
        }

        foreach (var place in Texts(written["open"]))
        {
            marks.Add(JsonPointer.Parse(place), Mark.Of(new OpenMark("lost page")));
        }

        return new CheckCase(
            check,
            written["name"].Utf8.ToString(),
            DocumentFile.WithMarks(written["document"], marks.ToImmutable()),
            written["expect"].Utf8.ToString(),
            written["places"].IsArray ? [.. Texts(written["places"])] : null
        );
    }

    private static IEnumerable<string> Texts(Value array) => Items(array).Select(i => i.Utf8.ToString());

    private static IEnumerable<Value> Items(Value array) => Enumerable.Range(0, array.Count).Select(i => array[i]);

    private static string Word(Verdict verdict) =>
        verdict switch
        {
            Verdict.Pass => "pass",
            Verdict.Fail => "fail",
            Verdict.Unknown => "unknown",
            _ => "not_applicable",
        };
}
