using System.Xml.Linq;

namespace Plumbline.Architecture.Tests;

/// <summary>The projects as their files describe them, before anything is built.</summary>
internal static class House
{
    /// <summary>The floors from the roof down; a room refers to rooms of lower floors only, never to its neighbours.</summary>
    /// <remarks>The picture in docs/ARCHITECTURE.md; a room that is not in it needs a decision record.</remarks>
    public static string[][] Floors { get; } =
    [
        ["Cli"],
        ["Policies", "Targets", "Storage", "Exchange"],
        ["Core"],
        ["Rego", "Languages", "Ledger"],
        ["Values"],
    ];

    /// <summary>The projects under <c>src/</c>, by name.</summary>
    public static IReadOnlyList<Project> Rooms { get; } = Read("src");

    /// <summary>The projects under <c>tests/</c>, by name.</summary>
    public static IReadOnlyList<Project> Tests { get; } = Read("tests");

    /// <summary>The paths of the projects in <c>Plumbline.slnx</c>, from the repository's root.</summary>
    public static IReadOnlyList<string> Solution { get; } =
    [
        .. XDocument
            .Load(Repository.Path("Plumbline.slnx"))
            .Descendants("Project")
            .Select(p => (string)p.Attribute("Path")!),
    ];

    /// <summary>How far a room lies from the roof, or null when the picture does not show it.</summary>
    public static int? FloorOf(string project)
    {
        var floor = Array.FindIndex(Floors, rooms => rooms.Any(room => $"Plumbline.{room}" == project));
        return floor < 0 ? null : floor;
    }

    private static Project[] Read(string folder) =>
        [
            .. Directory
                .EnumerateFiles(Repository.Path(folder), "*.csproj", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(Project.Read),
        ];
}

/// <summary>What one project file says.</summary>
/// <param name="Path">From the repository's root, with forward slashes.</param>
/// <param name="References">Names of the projects referred to.</param>
/// <param name="Packages">Names of the packages referred to; analyzers, which all projects have, are not among them.</param>
/// <param name="Friends">Names of the assemblies that see its internals.</param>
internal sealed record Project(
    string Name,
    string Path,
    bool IsLibrary,
    IReadOnlyList<string> References,
    IReadOnlyList<string> Packages,
    IReadOnlyList<string> Friends
)
{
    public static Project Read(string file)
    {
        var xml = XDocument.Load(file);
        IReadOnlyList<string> Named(string item) =>
            [.. xml.Descendants(item).Select(i => (string)i.Attribute("Include")!)];
        return new Project(
            System.IO.Path.GetFileNameWithoutExtension(file),
            System.IO.Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'),
            IsLibrary: xml.Descendants("OutputType").All(type => type.Value != "Exe"),
            [.. Named("ProjectReference").Select(path => System.IO.Path.GetFileNameWithoutExtension(path))],
            Named("PackageReference"),
            Named("InternalsVisibleTo")
        );
    }
}
