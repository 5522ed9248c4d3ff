using System.Collections.Immutable;
using Plumbline.Core;
using Plumbline.Core.Checks;
using Plumbline.Core.Judging;
using Plumbline.Core.Resources;
using Plumbline.Languages.Yaml;
using Plumbline.Values;

namespace Plumbline.Policies.Tests.Checks;

/// <summary>One case from a check's <c>.cases.yaml</c>: a document, what was not told of it, and the verdict (CONTRACTS §1).</summary>
internal sealed record CheckCase(string Check, string Name, Value Document, string Expect)
{
    private const string Realm = "repo:example.com/shop//;k8s/-";

    private static readonly DateTimeOffset Clock = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Of all certain parts; null where the case does not say.</summary>
    public ImmutableArray<string>? Places { get; init; }

    /// <summary>Other resources of the scope, by type.</summary>
    public ImmutableArray<Resource> Others { get; init; } = [];

    /// <summary>Parameters that differ from their defaults.</summary>
    public Value Parameters { get; init; } = Value.EmptyObject;

    /// <summary>The document as it would be read.</summary>
    public Resource Resource => field ??= ResourceOf(Document);

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
        var finding = Judge(checks);
        var verdict = Word(finding.Verdict);
        if (verdict != Expect)
        {
            return $"expected {Expect}, got {verdict} ({string.Join("; ", finding.Parts.Select(p => p.Message))} {string.Join(", ", finding.Causes)})";
        }

        var places = finding.CertainParts.Select(p => p.Place.Text).Order(Ordinal.Comparer).ToList();
        return Places is not { } expected || places.SequenceEqual(expected.Order(Ordinal.Comparer))
            ? null
            : $"expected {string.Join(" ", expected)}, got {string.Join(" ", places)}";
    }

    public Finding Judge(IPolicySource checks) => Judge(checks, Resource);

    /// <summary>Puts the question of this case to another state of its resource.</summary>
    public Finding Judge(IPolicySource checks, Resource resource) => Judge(checks, Instance(checks), resource);

    /// <summary>Puts another question to a state of this case's resource.</summary>
    public Finding Judge(IPolicySource checks, CheckInstance instance, Resource resource) =>
        checks.Evaluate(instance, resource, ScopeOf(resource), CancellationToken.None);

    public CheckInstance Instance(IPolicySource checks)
    {
        var instance = checks.Instances.Single(i => i.Check.Id == Check);
        var parameters = new ObjectBuilder();
        foreach (var given in new[] { instance.Parameters, Parameters })
        {
            for (var i = 0; i < given.Count; i++)
            {
                parameters[given.KeyAt(i)] = given[i];
            }
        }

        return instance with
        {
            Parameters = parameters.ToValue(),
        };
    }

    public Scope ScopeOf(Resource resource) =>
        new(
            new Snapshot
            {
                Target = "case",
                From = Clock,
                To = Clock,
                Identity = "nobody",
                Resources = [resource, .. Others],
            },
            Clock
        );

    /// <summary>The case's resource with another document: the same key.</summary>
    public Resource ResourceOf(Value document) => ResourceOf(document, KeyOf(Document));

    public static string Word(Verdict verdict) =>
        verdict switch
        {
            Verdict.Pass => "pass",
            Verdict.Fail => "fail",
            Verdict.Unknown => "unknown",
            _ => "not_applicable",
        };

    private static Resource ResourceOf(Value document, ResourceKey key) =>
        Resource.Of(key, Basis.Declared, document, Observation.None);

    private static ResourceKey KeyOf(Value document)
    {
        var version = document["apiVersion"].Utf8.ToString();
        var group = version.Contains('/', StringComparison.Ordinal) ? version.Split('/')[0] : "";
        return ResourceKey.Of(Realm, $"k8s/{group}/{document["kind"].Utf8}", NameOf(document));
    }

    private static string NameOf(Value document) => document["metadata"]["name"].Utf8.ToString();

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
            written["expect"].Utf8.ToString()
        )
        {
            Places = written["places"].IsArray ? [.. Texts(written["places"])] : null,
            Others = [.. ReadOthers(written["of"])],
            Parameters = written["params"].IsObject ? written["params"] : Value.EmptyObject,
        };
    }

    private static IEnumerable<Resource> ReadOthers(Value types) =>
        from i in Enumerable.Range(0, types.Count)
        from document in Items(types[i])
        select ResourceOf(document, ResourceKey.Of(Realm, types.KeyAt(i).Utf8.ToString(), NameOf(document)));

    private static IEnumerable<string> Texts(Value array) => Items(array).Select(i => i.Utf8.ToString());

    private static IEnumerable<Value> Items(Value array) => Enumerable.Range(0, array.Count).Select(i => array[i]);
}
