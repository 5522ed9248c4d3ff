using System.Collections.Immutable;
using Plumbline.Core.Approvals;
using Plumbline.Core.Authored;
using Plumbline.Core.Boundaries;
using Plumbline.Core.Judging;

namespace Plumbline.Core.Settings;

/// <summary>Reads <c>plumbline.yaml</c> (CONTRACTS §8); every fault of it is reported, with its place.</summary>
/// <remarks>
/// <code>
/// version: 1
/// name, targets: [path], frameworks: [id], checks: {include: [id], exclude: [id]}, policies: [path], data: [path],
/// gate: {failOn: critical|high|medium|low|none, audit: bool, unknown: report|fail, claims: report|honour}, reports: [FORMAT or FORMAT:FILE], store,
/// waivers: path, boundary, inventory (<see cref="BoundaryKeys"/>), approvers (<see cref="ApproverList"/>)
/// </code>
/// Keys that belong to the file and that this version does nothing with are refused: a boundary that is not kept would be worse
/// than none.
/// </remarks>
public static class SettingsFile
{
    public const string Name = "plumbline.yaml";

    private static readonly string[] Later = ["parameters"];

    private static readonly string[] LaterOfGate = ["baseline", "changed", "external"];

    /// <param name="file">Path as the user knows it.</param>
    /// <returns>False where there is a fault; there are no settings then.</returns>
    public static bool TryRead(
        string file,
        byte[] utf8,
        out ProjectSettings? settings,
        out ImmutableArray<FileFault> faults
    )
    {
        var text = new AuthoredFile(file, utf8);
        settings = text.IsReadable ? Read(text.Fields()) : null;
        faults = text.Faults;
        settings = faults.IsEmpty ? settings : null;
        return settings is not null;
    }

    private static ProjectSettings Read(Fields head)
    {
        ReadVersion(head);
        RefuseLater(head, Later);
        var settings = new ProjectSettings
        {
            Name = ReadName(head),
            Targets = ReadPaths(head, "targets"),
            Frameworks = head.Texts("frameworks"),
            Policies = ReadPaths(head, "policies"),
            Data = ReadPaths(head, "data"),
            Reports = ReadPaths(head, "reports"),
            Store = ReadPath(head, "store", "a folder"),
            Waivers = ReadPath(head, "waivers", "a file"),
            Inventory = BoundaryKeys.ReadInventory(head, "inventory"),
            Boundary = head.Inner("boundary") is { } scope ? BoundaryKeys.ReadBoundary(scope) : Boundary.Everything,
            Approvers = head.Inner("approvers") is { } keys ? ApproverList.Read(keys) : [],
        };
        if (head.Inner("checks") is { } checks)
        {
            settings = settings with
            {
                IncludedChecks = checks.Texts("include"),
                ExcludedChecks = checks.Texts("exclude"),
            };
            checks.End();
        }

        if (head.Inner("gate") is { } gate)
        {
            settings = settings with { Gate = ReadGate(gate) };
        }

        head.End();
        return settings;
    }

    private static void ReadVersion(Fields head)
    {
        var version = head["version"];
        if (!version.IsUndefined && version != 1)
        {
            head.Fault("version", FileFaults.Value, $"expected `1` under `version`, got {Fields.Got(version)}");
        }
    }

    /// <summary>The name becomes part of keys, <c>repo:NAME//folder</c>, which it must not take apart.</summary>
    private static string? ReadName(Fields head)
    {
        var name = head.OptionalText("name");
        if (
            name is not null
            && (
                name.Trim('/').Length != name.Length || name.Contains("//") || name.Any(char.IsWhiteSpace) || name == ""
            )
        )
        {
            head.Fault(
                "name",
                FileFaults.Value,
                $"expected a name such as `github.com/acme/shop` under `name`, got `{name}`"
            );
        }

        return name;
    }

    private static string? ReadPath(Fields head, string key, string what)
    {
        var path = head.OptionalText(key);
        if (path is "" || path?.Contains('\0') == true)
        {
            head.Fault(key, FileFaults.Value, $"expected {what} under `{key}`, got {Fields.Got(head[key])}");
        }

        return path;
    }

    /// <summary>No file system has a name with a NUL in it.</summary>
    private static ImmutableArray<string> ReadPaths(Fields head, string key)
    {
        var paths = head.Texts(key);
        foreach (var path in paths.Where(p => p.Contains('\0')))
        {
            head.Fault(key, FileFaults.Value, $"expected a path in `{key}`, got the text `{path}`");
        }

        return paths;
    }

    private static GateSettings ReadGate(Fields gate)
    {
        RefuseLater(gate, LaterOfGate);
        var levels = Gate.Levels.Select(l => (l.Word, new FailOn(l.Level))).ToArray();
        var settings = new GateSettings
        {
            FailOn = gate.OptionalWord<FailOn>("failOn", levels),
            Audit = gate.OptionalFlag("audit"),
            Unknown = gate.OptionalWord("unknown", ("report", UnknownHandling.Report), ("fail", UnknownHandling.Fail)),
            Claims = gate.OptionalWord("claims", ("report", ClaimHandling.Report), ("honour", ClaimHandling.Honour)),
        };
        gate.End();
        return settings;
    }

    private static void RefuseLater(Fields fields, string[] keys)
    {
        foreach (var key in keys.Where(k => fields.Names.Contains(k)))
        {
            _ = fields[key];
            fields.Fault(key, FileFaults.NotSupported, $"`{key}` is not supported by this version of plumb");
        }
    }
}
