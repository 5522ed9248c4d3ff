using Plumbline.Targets.Hosts.Access;
using Plumbline.Values;

namespace Plumbline.Targets.Hosts.Files;

/// <summary><c>linux/files</c>: owners and modes of the table's files, and what a walk finds that nobody should have left.</summary>
internal static class HostFiles
{
    public static async Task<Value> ReadAsync(HostReading host, CancellationToken cancel)
    {
        var names = await host.NamesAsync(cancel);
        var files = new SortedDictionary<string, Value>(StringComparer.Ordinal);
        foreach (var pattern in FileTable.Paths)
        {
            var (paths, _) = await PathPattern.ExpandAsync(host, pattern, cancel);
            foreach (var path in paths)
            {
                files[path] = await FactsAsync(host, path, names, cancel);
            }
        }

        var document = new ObjectBuilder();
        var table = new ObjectBuilder { Open = new OpenMark("not read: other files") };
        foreach (var (path, facts) in files)
        {
            table[path] = facts;
        }

        document["files"] = table.ToValue();
        await new FileWalk(host, names).AddToAsync(document, cancel);
        return document.ToValue();
    }

    public static string WordOf(FileKind kind) =>
        kind switch
        {
            FileKind.File => "file",
            FileKind.Directory => "directory",
            FileKind.Link => "link",
            _ => "other",
        };

    private static async Task<Value> FactsAsync(
        HostReading host,
        string path,
        HostNames names,
        CancellationToken cancel
    )
    {
        var (facts, missing) = await host.FactsAsync(path, cancel);
        if (missing is not null)
        {
            return new ObjectBuilder { ["exists"] = missing.Present(ValueKind.Boolean), Open = missing.Open }.ToValue();
        }

        var file = new ObjectBuilder { ["exists"] = facts is not null };
        if (facts is { } found)
        {
            file["kind"] = WordOf(found.Kind);
            file.AddFacts(found, names);
        }

        return file.ToValue();
    }
}
