using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Plumbline.Architecture.Tests;

/// <summary>
/// Evidence names the engine by the module version ids of its assemblies, which are digests of what the compiler wrote: the same
/// sources must give the same bytes on any machine.
/// </summary>
public sealed class The_build
{
    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A"); // Portable PDB, custom debug information

    public static TheoryData<string> Libraries =>
        [.. House.Rooms.Where(room => room.IsLibrary).Select(room => room.Name)];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Writes_no_path_of_the_machine_into_an_assembly(string library) =>
        Assert.All(Symbols(library, DocumentNames), name => Assert.StartsWith("/_/", name, StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Writes_no_commit_into_an_assembly(string library)
    {
        var version = Assembly.Load(library).GetCustomAttribute<AssemblyInformationalVersionAttribute>()!;

        Assert.DoesNotContain('+', version.InformationalVersion);
        Assert.DoesNotContain(SourceLink, Symbols(library, Kinds));
    }

    private static string[] DocumentNames(MetadataReader symbols) =>
        [.. symbols.Documents.Select(document => symbols.GetString(symbols.GetDocument(document).Name))];

    private static Guid[] Kinds(MetadataReader symbols) =>
        [
            .. symbols.CustomDebugInformation.Select(handle =>
                symbols.GetGuid(symbols.GetCustomDebugInformation(handle).Kind)
            ),
        ];

    private static T[] Symbols<T>(string library, Func<MetadataReader, T[]> read)
    {
        using var assembly = new PEReader(File.OpenRead(Assembly.Load(library).Location));
        var entry = assembly.ReadDebugDirectory().Single(e => e.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
        using var symbols = assembly.ReadEmbeddedPortablePdbDebugDirectoryData(entry);
        return read(symbols.GetMetadataReader());
    }
}
