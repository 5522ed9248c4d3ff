using System.Collections.Immutable;
using System.Text;
using Plumbline.Core.Authored;
using Plumbline.Core.Checks;
using Plumbline.Languages.Yaml;
using Plumbline.Rego;
using Plumbline.Rego.Syntax;
using Plumbline.Values;

namespace Plumbline.Policies.Conftest;

/// <summary>Makes a check of a package: what OPA's annotations say of it, else what can be said of any.</summary>
/// <remarks>
/// <code>
/// title, description             of the package, else of its only annotated rule
/// custom.severity, .impact       a word or a number from 0 to 1: of the package, else the worst of its rules; else high
/// custom.rationale, .fix         texts; fix may be {text: …}
/// custom.family, .revision, .resources
/// </code>
/// </remarks>
internal static class PackageCheck
{
    private static readonly Impact Usual = new(0.7);

    /// <param name="paths">Of files, by the names that the engine knows them by.</param>
    /// <param name="population">The types it is asked about unless it names its own.</param>
    public static Check Of(
        Policy policy,
        string package,
        IReadOnlyDictionary<string, string> paths,
        string population,
        List<string> faults
    )
    {
        var modules = policy.Modules.Where(m => Packages.NameOf(m) == package).ToList();
        var own = modules.SelectMany(m => Read(m, a => a.Target == m.PackageSpan, paths, faults)).FirstOrDefault();
        var rules = modules.SelectMany(m => Read(m, a => Decides(m, a), paths, faults)).ToList();
        var texts =
            own.IsDefined ? own
            : rules is [var only] ? only
            : default;
        var custom = texts["custom"];
        return new Check
        {
            Id = Check.ForeignPrefix + package,
            Uid = Check.ForeignPrefix + package,
            Title = Text(texts["title"]) ?? $"Policies of package {package}",
            Description = Text(texts["description"]) ?? "",
            Resources = Texts(custom["resources"]) is { Length: > 0 } named ? named : [population],
            Impact = ImpactOf(own) ?? rules.Select(ImpactOf).Max() ?? Usual,
            Family = Text(custom["family"]) is { } family && Check.Families.Contains(family) ? family : "",
            Rationale = Text(custom["rationale"]) ?? "",
            Fix = Text(custom["fix"]) ?? Text(custom["fix"]["text"]) ?? "",
            Revision =
                custom["revision"].TryGetInt64(out var revision) && revision is > 0 and <= int.MaxValue
                    ? (int)revision
                    : 1,
            File = paths[modules[0].Source.Name],
        };
    }

    private static bool Decides(Module module, Annotation annotation) =>
        module.Rules.Any(r =>
            r.Span == annotation.Target && r.Head.Name is [var name] && DecidingRule.EnforcementOf(name) is not null
        );

    private static IEnumerable<Value> Read(
        Module module,
        Func<Annotation, bool> isWanted,
        IReadOnlyDictionary<string, string> paths,
        List<string> faults
    )
    {
        foreach (var annotation in module.Annotations.Where(isWanted))
        {
            if (
                !YamlReader.TryRead(
                    Encoding.UTF8.GetBytes(annotation.Yaml),
                    YamlOptions.Core,
                    out var document,
                    out var fault
                )
            )
            {
                var at = new Position(annotation.Span.Line + fault!.At.Line, fault.At.Column + 2);
                faults.Add(new FileFault(fault.Code, paths[module.Source.Name], at, fault.Message).ToString());
            }
            else
            {
                if (IsWrong(document!.Root["custom"]) is { } wrong)
                {
                    var at = new Position(annotation.Span.Line, annotation.Span.Column);
                    faults.Add(new FileFault(FileFaults.Value, paths[module.Source.Name], at, wrong).ToString());
                }

                yield return document.Root;
            }
        }
    }

    private static string? IsWrong(Value custom)
    {
        var written = Written(custom);
        return written.IsDefined && ImpactOf(written) is null
            ? $"expected a number from 0 to 1 under `severity` or `impact`, or one of {string.Join(", ", Impact.Words.Select(w => $"`{w.Word}`"))}"
            : null;
    }

    private static Value Written(Value custom) => custom["severity"].IsDefined ? custom["severity"] : custom["impact"];

    /// <summary>Of an annotation, or of what stands under <c>severity</c>; null where it says none.</summary>
    private static Impact? ImpactOf(Value value)
    {
        var written = value.IsObject ? Written(value["custom"]) : value;
        return written.IsNumber && written.AsNumber >= 0 && written.AsNumber <= 1
                ? new Impact(written.AsNumber.ToDouble())
            : written.IsString && Impact.TryParse(written.Utf8.ToString(), out var impact) ? impact
            : null;
    }

    private static string? Text(Value value) =>
        value.IsString && !string.IsNullOrWhiteSpace(value.Utf8.ToString()) ? value.Utf8.ToString() : null;

    private static ImmutableArray<string> Texts(Value list) =>
        list.IsArray ? [.. Enumerable.Range(0, list.Count).Select(i => Text(list[i])).OfType<string>()] : [];
}
