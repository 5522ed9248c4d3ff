using System.Collections.Immutable;
using System.Text;
using Plumbline.Core.Authored;
using Plumbline.Rego.Syntax;
using Plumbline.Values;

namespace Plumbline.Core.Checks;

/// <summary>Reads the annotation over a check's package; every fault of it is reported at its place in the Rego file.</summary>
/// <remarks>
/// <code>
/// title                                                  OPA's, and description
/// custom: resources, impact, family, rationale,          required
///         fix {text, patch?}, revision
///         needs, parameters, explicit, remediation,      optional
///         aliases, formerly
/// </code>
/// CONTRACTS §1; what the fields mean is said in <c>docs/checks.md</c>.
/// </remarks>
public static class CheckMetadata
{
    private static readonly ImmutableArray<(string Word, int Meaning)> Families =
    [
        .. Check.Families.Select((word, place) => (word, place)),
    ];

    /// <summary>Other fields of OPA's annotations, which say nothing to us.</summary>
    private static readonly ImmutableArray<string> OpasOwn =
    [
        "scope",
        "organizations",
        "related_resources",
        "authors",
        "schemas",
        "entrypoint",
        "compile",
    ];

    /// <param name="file">Path as the user knows it; its name without <c>.rego</c> is the check's id.</param>
    /// <param name="package">Segments without <c>data</c>, e.g. <c>checks</c>, <c>kubernetes</c>, <c>k8s_host_pid</c>.</param>
    /// <returns>False where there is a fault; there is no check then.</returns>
    public static bool TryRead(
        string file,
        ImmutableArray<string> package,
        Annotation annotation,
        out Check? check,
        out ImmutableArray<FileFault> faults
    )
    {
        // Line n of the annotation's text stands n lines below its head, behind `# `.
        var text = new AuthoredFile(file, Encoding.UTF8.GetBytes(annotation.Yaml), new(annotation.Span.Line, 2));
        var id = Path.GetFileNameWithoutExtension(file);
        foreach (var message in NameFaults(id, Path.GetFileName(Path.GetDirectoryName(file) ?? ""), package))
        {
            text.Fault(new Position(annotation.Target.Line, annotation.Target.Column), FileFaults.Name, message);
        }

        check = text.IsReadable ? Read(text.Fields(), id, file) : null;
        faults = text.Faults;
        check = faults.IsEmpty ? check : null;
        return check is not null;
    }

    /// <summary>A check's id as the last segment of its package.</summary>
    public static string PackageSegment(string id) => id.Replace('-', '_');

    private static IEnumerable<string> NameFaults(string id, string folder, ImmutableArray<string> package)
    {
        if (
            id.Length == 0
            || !char.IsAsciiLetterLower(id[0])
            || !id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_')
        )
        {
            yield return $"expected a file name of lower-case letters, digits, `-` and `_`, got `{id}`";
        }

        var written = string.Join('.', package);
        if (package is ["checks", ..])
        {
            var expected = $"checks.{PackageSegment(folder)}.{PackageSegment(id)}";
            if (written != expected)
            {
                yield return $"expected `package {expected}`, as folder and file are called, got `{written}`";
            }
        }
        else if (package.IsEmpty || package[^1] != PackageSegment(id))
        {
            yield return $"expected a package that ends in `{PackageSegment(id)}`, as the file is called, got `{written}`";
        }
    }

    private static Check? Read(Fields head, string id, string file)
    {
        var title = head.Text("title");
        var description = head.OptionalText("description") ?? "";
        foreach (var name in OpasOwn)
        {
            _ = head[name];
        }

        head.Require("custom");
        var custom = head.Inner("custom");
        head.End();
        return custom is null ? null : ReadCustom(custom, id, file) with { Title = title, Description = description };
    }

    private static Check ReadCustom(Fields custom, string id, string file)
    {
        custom.Require("resources");
        custom.Require("fix");
        var fix = custom.Inner("fix");
        var formerly = custom.Texts("formerly");
        var check = new Check
        {
            Id = id,
            Uid = formerly.IsEmpty ? id : formerly[0],
            Title = "",
            Resources = custom.Texts("resources"),
            Impact = ReadImpact(custom),
            Family = custom.Word<int>("family", Families.AsSpan()) is { } family ? Check.Families[family] : "",
            Rationale = custom.Text("rationale"),
            Fix = fix?.Text("text") ?? "",
            Patch = fix?.OptionalText("patch"),
            Revision = ReadRevision(custom),
            Needs = custom.Texts("needs"),
            Parameters = ReadParameters(custom),
            Explicit = custom.OptionalFlag("explicit") ?? false,
            Remediation = custom.OptionalText("remediation"),
            Aliases = custom.Texts("aliases"),
            Formerly = formerly,
            File = file,
        };
        if (custom["resources"] is { IsArray: true, Count: 0 })
        {
            custom.Fault("resources", FileFaults.Value, "expected a type in `resources`, got none");
        }

        foreach (var alias in check.Aliases.Where(a => !a.Trim(':').Contains(':')))
        {
            custom.Fault("aliases", FileFaults.Value, $"expected `tool:name` in `aliases`, got `{alias}`");
        }

        fix?.End();
        custom.End();
        return check;
    }

    private static Impact ReadImpact(Fields custom)
    {
        if (!custom.Require("impact"))
        {
            return default;
        }

        var value = custom["impact"];
        if (value.IsNumber && value.AsNumber >= 0 && value.AsNumber <= 1)
        {
            return new Impact(value.AsNumber.ToDouble());
        }

        if (value.IsString && Impact.TryParse(value.Utf8.ToString(), out var impact))
        {
            return impact;
        }

        var words = string.Join(", ", Impact.Words.Select(w => $"`{w.Word}`"));
        custom.Fault(
            "impact",
            FileFaults.Value,
            $"expected a number from 0 to 1, or one of {words}, got {Fields.Got(value)}"
        );
        return default;
    }

    private static int ReadRevision(Fields custom)
    {
        if (custom.Require("revision"))
        {
            if (custom["revision"].TryGetInt64(out var revision) && revision is >= 1 and <= int.MaxValue)
            {
                return (int)revision;
            }

            var got = Fields.Got(custom["revision"]);
            custom.Fault(
                "revision",
                FileFaults.Value,
                $"expected a whole number from 1 on under `revision`, got {got}"
            );
        }

        return 0;
    }

    private static ImmutableArray<Parameter> ReadParameters(Fields custom)
    {
        var all = custom.Inner("parameters");
        return all is null
            ? []
            : [.. all.Names.Select(n => all.Inner(n)).OfType<Fields>().Zip(all.Names, ReadParameter)];
    }

    private static Parameter ReadParameter(Fields fields, string name)
    {
        fields.Require("default");
        var parameter = new Parameter(
            name,
            fields.Word(
                "type",
                ("string", ParameterType.String),
                ("integer", ParameterType.Integer),
                ("number", ParameterType.Number),
                ("boolean", ParameterType.Boolean),
                ("strings", ParameterType.Strings)
            ) ?? default,
            fields["default"]
        )
        {
            Minimum = ReadNumber(fields, "minimum"),
            Maximum = ReadNumber(fields, "maximum"),
            OneOf = fields.Texts("one_of"),
            Description = fields.OptionalText("description") ?? "",
        };
        fields.End();
        if (
            fields["type"].IsDefined
            && parameter.Default.IsDefined
            && parameter.Refuse(parameter.Default) is { } refused
        )
        {
            fields.Fault("default", FileFaults.Value, refused);
        }

        return parameter;
    }

    private static Number? ReadNumber(Fields fields, string name)
    {
        var value = fields[name];
        if (value.IsNumber)
        {
            return value.AsNumber;
        }

        if (value.IsDefined)
        {
            fields.Fault(name, FileFaults.Value, $"expected a number under `{name}`, got {Fields.Got(value)}");
        }

        return null;
    }
}
