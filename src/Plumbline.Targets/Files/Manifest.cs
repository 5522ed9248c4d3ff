using Plumbline.Core.Resources;
using Plumbline.Values;

namespace Plumbline.Targets.Files;

/// <summary>A Kubernetes object as it stands in a file; or a whole document that is none.</summary>
/// <param name="Source">The document it is part of, with positions.</param>
/// <param name="Within">Where in <paramref name="Source"/> it stands: the root, or an item of a List.</param>
/// <param name="ApiVersion">Its own; for an item of a typed list, which may leave it out, the list's.</param>
/// <param name="Kind">Its own; for an item of a typed list, which may leave it out, what the list is of.</param>
/// <param name="Number">Of the document in its file, from 1.</param>
internal sealed record Manifest(
    ManifestFile File,
    Document Source,
    JsonPointer Within,
    Value Content,
    string ApiVersion,
    string Kind,
    int Number = 1
)
{
    /// <summary>No Kubernetes object: a document of whatever meaning, named by its place.</summary>
    public bool IsPlain => Kind.Length == 0;

    /// <summary><c>k8s/&lt;group&gt;/&lt;Kind&gt;</c>, without the version; of a plain document <c>file/yaml</c> or <c>file/json</c> (CONTRACTS §3).</summary>
    public string Type => IsPlain ? File.DocumentType : TypeOf(ApiVersion, Kind);

    /// <summary>Where the object stands in its file.</summary>
    public Position At => Source.PositionOf(Within);

    /// <summary>The object's name; <c>generateName</c> and a <c>*</c> where the server is to make one up. Null where there is neither.</summary>
    public string? Name
    {
        get
        {
            var metadata = Content["metadata"];
            return Scalar(metadata["name"]) ?? (Scalar(metadata["generateName"]) is { } prefix ? prefix + "*" : null);
        }
    }

    /// <summary>The namespace it is written for, else <c>-</c>: which one it is applied to is not in the file.</summary>
    public string Namespace => Scalar(Content["metadata"]["namespace"]) ?? "-";

    public ResourceKey KeyIn(SourceRepository repository, string suffix = "") =>
        IsPlain
            ? ResourceKey.Of(
                repository.FolderRealm(File.Folder),
                Type,
                Number == 1 ? File.Path : $"{File.Path}#{Number}"
            )
            : ResourceKey.Of($"{repository.FolderRealm(File.Folder)};k8s/{Namespace}", Type, Name + suffix);

    public static string TypeOf(string apiVersion, string kind)
    {
        var slash = apiVersion.LastIndexOf('/');
        return $"k8s/{(slash < 0 ? "" : apiVersion[..slash])}/{kind}";
    }

    /// <summary>Text of a string, or of a number or boolean that should be one; null where there is none.</summary>
    private static string? Scalar(Value value) =>
        value.Kind switch
        {
            ValueKind.String when value.Utf8.Length > 0 => value.Utf8.ToString(),
            ValueKind.Number or ValueKind.Boolean => value.ToString(),
            _ => null,
        };
}

/// <summary>A file that may hold manifests.</summary>
/// <param name="FullPath">To open it.</param>
/// <param name="Shown">As the user may open it, forward slashes.</param>
/// <param name="Path">In the repository, forward slashes: what gaps name, the same on every machine.</param>
internal sealed record ManifestFile(string FullPath, string Shown, string Path)
{
    /// <summary>In the repository, forward slashes; empty for its root.</summary>
    public string Folder => Path.LastIndexOf('/') is var slash and >= 0 ? Path[..slash] : "";

    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>What a document in it is that is nothing else.</summary>
    public string DocumentType => IsJson ? "file/json" : "file/yaml";

    public bool IsJson => Path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
}
