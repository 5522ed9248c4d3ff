using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Plumbline.Core.Authored;

namespace Plumbline.Core.Frameworks;

/// <summary>Reads a framework's file; every fault of it is reported, not only the first.</summary>
/// <remarks>
/// <code>
/// id, title, publisher, text, license
/// requirements:  [{id, title, parent?, level?, withdrawn?, coverage?, methods?, cadence?, retention?}]
/// mappings:      [{requirement, check, primary, state, source, by?, on?}]        by and on: with state `reviewed`
/// </code>
/// What the fields mean is said in <c>docs/frameworks.md</c>.
/// </remarks>
public static class FrameworkFile
{
    private const string DayPattern = "yyyy-MM-dd";

    /// <param name="file">Path as the user knows it; its name without the extension is the framework's id.</param>
    /// <param name="checks">Ids of all checks that there are.</param>
    /// <returns>False where there is a fault; there is no framework then.</returns>
    public static bool TryRead(
        string file,
        byte[] utf8,
        IReadOnlySet<string> checks,
        out Framework? framework,
        out ImmutableArray<FileFault> faults
    )
    {
        framework = null;
        var text = new AuthoredFile(file, utf8);
        if (text.IsReadable)
        {
            framework = Read(text.Fields(), Path.GetFileNameWithoutExtension(file), checks) with
            {
                Digest = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(utf8))}",
            };
        }

        faults = text.Faults;
        framework = faults.IsEmpty ? framework : null;
        return framework is not null;
    }

    private static Framework Read(Fields head, string name, IReadOnlySet<string> checks)
    {
        var id = head.Text("id");
        if (id.Length > 0 && id != name)
        {
            head.Fault("id", FileFaults.Name, $"expected `{name}`, the file's name, got `{id}`");
        }

        var title = head.Text("title");
        var publisher = head.Text("publisher");
        var text = head.Word<int>("text", (Framework.Paraphrase, 0), (Framework.PublicDomain, 1));
        var license = head.Text("license");
        head.Require("requirements");
        head.Require("mappings");
        var requirements = ReadRequirements(head);
        var mappings = ReadMappings(head, requirements.Keys.ToHashSet(StringComparer.Ordinal), checks);
        RefuseContradictions(requirements.Values, mappings);
        head.End();
        return new Framework
        {
            Id = id,
            Title = title,
            Publisher = publisher,
            Text = text == 1 ? Framework.PublicDomain : Framework.Paraphrase,
            License = license,
            Requirements = [.. requirements.Values.Select(r => r.Requirement)],
            Mappings = mappings,
            Digest = "",
        };
    }

    private static OrderedDictionary<string, (Requirement Requirement, Fields Fields)> ReadRequirements(Fields head)
    {
        var read = new OrderedDictionary<string, (Requirement Requirement, Fields Fields)>(StringComparer.Ordinal);
        foreach (var fields in head.Items("requirements"))
        {
            var requirement = ReadRequirement(fields);
            if (requirement.Id.Length > 0 && !read.TryAdd(requirement.Id, (requirement, fields)))
            {
                var first = read[requirement.Id].Fields.Line;
                fields.Fault(
                    "id",
                    FileFaults.Duplicate,
                    $"requirement `{requirement.Id}` stands in line {first} already"
                );
            }
        }

        foreach (var (requirement, fields) in read.Values)
        {
            if (requirement.Parent is { } parent && !read.ContainsKey(parent))
            {
                fields.Fault("parent", FileFaults.Reference, $"expected a requirement of this file, got `{parent}`");
            }
            else if (IsBelowItself(requirement, read))
            {
                fields.Fault("parent", FileFaults.Contradiction, $"`{requirement.Id}` lies below itself");
            }
        }

        return read;
    }

    private static Requirement ReadRequirement(Fields fields)
    {
        var requirement = new Requirement(fields.Text("id"), fields.Text("title"))
        {
            Parent = fields.OptionalText("parent"),
            Level = fields.OptionalText("level"),
            Withdrawn = fields.OptionalText("withdrawn"),
            Coverage = fields.OptionalWord(
                "coverage",
                ("full", Coverage.Full),
                ("partial", Coverage.Partial),
                ("manual", Coverage.Manual)
            ),
            Methods = fields.Texts("methods"),
            Cadence = fields.OptionalText("cadence"),
            Retention = fields.OptionalText("retention"),
        };
        fields.End();
        return requirement;
    }

    private static bool IsBelowItself(
        Requirement requirement,
        OrderedDictionary<string, (Requirement Requirement, Fields Fields)> all
    )
    {
        // A way up that is longer than the file has requirements goes in a circle, if not through this one.
        var at = requirement.Parent;
        for (var steps = 0; at is not null && steps < all.Count; steps++)
        {
            if (at == requirement.Id)
            {
                return true;
            }

            at = all.TryGetValue(at, out var parent) ? parent.Requirement.Parent : null;
        }

        return false;
    }

    private static ImmutableArray<MappingRow> ReadMappings(
        Fields head,
        HashSet<string> requirements,
        IReadOnlySet<string> checks
    )
    {
        var rows = ImmutableArray.CreateBuilder<MappingRow>();
        var lines = new Dictionary<(string, string), int>();
        foreach (var fields in head.Items("mappings"))
        {
            var row = ReadRow(fields);
            if (row.Requirement.Length > 0 && !requirements.Contains(row.Requirement))
            {
                var message = $"expected a requirement of this file, got `{row.Requirement}`";
                fields.Fault("requirement", FileFaults.Reference, message);
            }

            if (row.Check.Length > 0 && !checks.Contains(row.Check))
            {
                var hint = Nearest.Hint(row.Check, checks);
                fields.Fault("check", FileFaults.Reference, $"expected the id of a check, got `{row.Check}`{hint}");
            }

            if (!lines.TryAdd((row.Requirement, row.Check), fields.Line))
            {
                var pair = $"`{row.Requirement}` and `{row.Check}`";
                var first = lines[(row.Requirement, row.Check)];
                fields.Fault("check", FileFaults.Duplicate, $"the pair of {pair} stands in line {first} already");
            }

            rows.Add(row);
        }

        return rows.ToImmutable();
    }

    private static MappingRow ReadRow(Fields fields)
    {
        var requirement = fields.Text("requirement");
        var check = fields.Text("check");
        var primary = fields.Flag("primary");
        var reviewed = fields.Word("state", ("proposed", false), ("reviewed", true)) == true;
        var row = new MappingRow(requirement, check, primary, reviewed)
        {
            Source = fields.Text("source"),
            By = (reviewed ? fields.Text("by") : fields.OptionalText("by")) ?? "",
            On = (reviewed ? fields.Text("on") : fields.OptionalText("on")) ?? "",
        };
        if (
            row.On.Length > 0
            && !DateOnly.TryParseExact(row.On, DayPattern, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
        )
        {
            fields.Fault("on", FileFaults.Value, $"expected a day such as `2026-11-24`, got `{row.On}`");
        }

        fields.End();
        return row;
    }

    /// <summary>A coverage that the rows cannot keep, or that denies them; rows to what is withdrawn.</summary>
    private static void RefuseContradictions(
        IEnumerable<(Requirement Requirement, Fields Fields)> requirements,
        ImmutableArray<MappingRow> rows
    )
    {
        var named = rows.Select(r => r.Requirement).ToHashSet(StringComparer.Ordinal);
        var decided = rows.Where(r => r.Decides).Select(r => r.Requirement).ToHashSet(StringComparer.Ordinal);
        foreach (var (requirement, fields) in requirements)
        {
            var message = (requirement.Coverage, decided.Contains(requirement.Id)) switch
            {
                (Coverage.Full, false) => "`full` needs a row that is primary and reviewed, got none",
                (Coverage.Manual, true) =>
                    "`manual` says that no check answers, got a row that is primary and reviewed",
                _ => null,
            };
            if (message is not null)
            {
                fields.Fault("coverage", FileFaults.Contradiction, message);
            }

            if (requirement.Withdrawn is not null && named.Contains(requirement.Id))
            {
                var demand = $"a row leads to `{requirement.Id}`, by which nothing is demanded any more";
                fields.Fault("withdrawn", FileFaults.Contradiction, demand);
            }
        }
    }
}
