using Plumbline.Core;
using Plumbline.Languages;
using Plumbline.Languages.Yaml;
using Plumbline.Rego;
using Plumbline.Values;

namespace Plumbline.Cli.Foreign.Opa;

/// <summary>What <c>--data</c> names: policies, and documents merged below <c>data</c>.</summary>
/// <remarks>
/// A document counts for what it says, under the folder in which it lies: <c>-d conf</c> puts <c>conf/shop/users.json</c>
/// below <c>data.shop</c>; <c>-d staff:conf</c> below <c>data.staff.shop</c>. (OPA's "Policy and Data Loading".)
/// </remarks>
internal sealed class DataFiles
{
    private readonly List<SourceText> _policies = [];
    private Value _data = Value.EmptyObject;

    private DataFiles() { }

    public IReadOnlyList<SourceText> Policies => _policies;

    public Value Data => _data;

    /// <exception cref="OpaException">One of them cannot be read, is no document, or contradicts another.</exception>
    public static DataFiles Read(IEnumerable<string> named, HostEnvironment host)
    {
        var files = new DataFiles();
        foreach (var name in named)
        {
            var (prefix, path) = Split(name, host);
            var full = Path.GetFullPath(path, host.WorkingFolder);
            if (Directory.Exists(full))
            {
                files.AddFolder(full, path.TrimEnd('/'), prefix);
            }
            else
            {
                files.Add(path, Bytes(path, host), prefix);
            }
        }

        return files;
    }

    /// <exception cref="OpaException">The file cannot be read.</exception>
    public static byte[] Bytes(string path, HostEnvironment host)
    {
        try
        {
            return File.ReadAllBytes(Path.GetFullPath(path, host.WorkingFolder));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw Refused(path, refused);
        }
    }

    /// <summary>JSON, else YAML as Kubernetes' tools read it: OPA reads with the same library.</summary>
    /// <exception cref="OpaException">It is neither.</exception>
    public static Value Document(string path, byte[] bytes)
    {
        TextFault? fault;
        if (
            JsonText.TryRead(bytes, JsonLimits.Stored, out var document, out fault)
            || (
                !path.EndsWith(".json", StringComparison.Ordinal)
                && YamlReader.TryRead(bytes, YamlOptions.Kubernetes, out document, out fault)
            )
        )
        {
            return document!.Root;
        }

        throw new OpaException($"{path}:{fault!.At.Line}:{fault.At.Column}: {fault.Message}");
    }

    /// <summary><c>PREFIX:PATH</c>, where a path of that whole name is not there.</summary>
    private static (string[] Prefix, string Path) Split(string name, HostEnvironment host)
    {
        const string url = "file://";
        if (name.StartsWith(url, StringComparison.Ordinal))
        {
            return ([], name[url.Length..]);
        }

        var colon = name.IndexOf(':', StringComparison.Ordinal);
        return colon <= 0 || Path.Exists(Path.GetFullPath(name, host.WorkingFolder))
            ? ([], name)
            : (name[..colon].Split('.'), name[(colon + 1)..]);
    }

    /// <summary>In the order of names; what is neither policy nor document is passed over.</summary>
    private void AddFolder(string folder, string shown, IReadOnlyList<string> place)
    {
        FileSystemInfo[] entries;
        try
        {
            entries = new DirectoryInfo(folder).GetFileSystemInfos();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw Refused(shown, refused);
        }

        foreach (var entry in entries.OrderBy(e => e.Name, Ordinal.Comparer))
        {
            var path = $"{shown}/{entry.Name}";
            if (entry is DirectoryInfo { LinkTarget: null })
            {
                AddFolder(entry.FullName, path, [.. place, entry.Name]);
            }
            else if (entry is FileInfo && KindOf(entry.Name) is not null)
            {
                Add(path, ReadEntry(entry.FullName, path), place);
            }
        }
    }

    private static byte[] ReadEntry(string full, string shown)
    {
        try
        {
            return File.ReadAllBytes(full);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw Refused(shown, refused);
        }
    }

    private void Add(string path, byte[] bytes, IReadOnlyList<string> place)
    {
        switch (KindOf(path))
        {
            case Kind.Policy:
                _policies.Add(new SourceText(path, bytes));
                break;
            case Kind.Document:
                var document = Document(path, bytes);
                _data = Merge(_data, Placed(document, place, path), path);
                break;
            default:
                throw new OpaException($"{path}: unrecognized file: expected .rego, .json, .yaml or .yml");
        }
    }

    private enum Kind
    {
        Policy,
        Document,
    }

    private static Kind? KindOf(string path) =>
        Path.GetExtension(path) switch
        {
            ".rego" => Kind.Policy,
            ".json" or ".yaml" or ".yml" => Kind.Document,
            _ => null,
        };

    private static Value Placed(Value document, IReadOnlyList<string> place, string path)
    {
        if (place.Count == 0 && !document.IsObject)
        {
            throw new OpaException($"{path}: document must be of type object");
        }

        for (var i = place.Count - 1; i >= 0; i--)
        {
            var outer = new ObjectBuilder();
            outer[place[i]] = document;
            document = outer.ToValue();
        }

        return document;
    }

    private static Value Merge(Value left, Value right, string path)
    {
        var merged = new ObjectBuilder();
        for (var i = 0; i < left.Count; i++)
        {
            merged[left.KeyAt(i)] = left[i];
        }

        for (var i = 0; i < right.Count; i++)
        {
            var key = right.KeyAt(i);
            merged[key] = (left[key], right[i]) switch
            {
                ({ IsUndefined: true }, var alone) => alone,
                ({ IsObject: true } inner, { IsObject: true } more) => Merge(inner, more, path),
                _ => throw new OpaException($"{path}: merge error: another file has a value for `{key.Utf8}`"),
            };
        }

        return merged.ToValue();
    }

    private static OpaException Refused(string path, Exception refused) =>
        new(
            refused is UnauthorizedAccessException
                ? $"open {path}: permission denied"
                : $"stat {path}: no such file or directory"
        );
}
