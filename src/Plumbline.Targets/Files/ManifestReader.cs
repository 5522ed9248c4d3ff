using System.Buffers;
using System.Collections.Immutable;
using Plumbline.Core.Resources;
using Plumbline.Languages;
using Plumbline.Languages.Yaml;
using Plumbline.Values;

namespace Plumbline.Targets.Files;

/// <summary>Reads the Kubernetes objects of one file, and says what in it could not be read.</summary>
/// <remarks>
/// What lacks <c>apiVersion</c> or <c>kind</c> is no manifest to any API server, so it affects nothing and is passed
/// over. A text with a fault may be one unless <c>apiVersion</c> is not even written in it; then the gap affects
/// nothing. Everything else that looks like a manifest and is none affects its type, or its folder.
/// Where any document is read, those that are no objects are resources as they stand, and a faulty text affects them.
/// </remarks>
internal sealed class ManifestReader(SourceRepository repository, bool readsAny = false)
{
    /// <summary>Far above what the API server takes (253 for most kinds): keys stand in every table.</summary>
    private const int MaxNameLength = 1_024;

    private static readonly SearchValues<char> KindCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    );

    private static readonly SearchValues<char> VersionCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789./-"
    );

    /// <summary>Kubernetes' rules for scalars; the short forms of CloudFormation are read so that templates are told from manifests.</summary>
    private static readonly YamlOptions Options = YamlOptions.Kubernetes with
    {
        Tags = ImmutableDictionary.CreateRange(
            StringComparer.Ordinal,
            new[]
            {
                "Base64",
                "Cidr",
                "FindInMap",
                "GetAtt",
                "GetAZs",
                "ImportValue",
                "Join",
                "Select",
                "Split",
                "Sub",
                "Transform",
                "And",
                "Equals",
                "If",
                "Not",
                "Or",
            }
                .Select(name => KeyValuePair.Create("!" + name, "Fn::" + name))
                .Append(KeyValuePair.Create("!Ref", "Ref"))
                .Append(KeyValuePair.Create("!Condition", "Condition"))
        ),
    };

    /// <summary>What was read from a file: objects in the order in which they stand there, and gaps.</summary>
    public async Task<(List<Manifest> Manifests, List<Gap> Gaps)> ReadAsync(ManifestFile file, CancellationToken cancel)
    {
        var manifests = new List<Manifest>();
        var gaps = new List<Gap>();
        try
        {
            if (file.IsJson)
            {
                await ReadJsonAsync(file, manifests, gaps, cancel);
            }
            else
            {
                await ReadYamlAsync(file, manifests, gaps, cancel);
            }
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            gaps.Add(Unreadable(file.Path, file.Folder, refused));
        }

        return (manifests, gaps);
    }

    /// <summary>A file or folder that the system does not let us read.</summary>
    public Gap Unreadable(string path, string folder, Exception refused) =>
        new(
            $"read {path}",
            refused is UnauthorizedAccessException ? "read" : "",
            refused is UnauthorizedAccessException
                ? $"{path}: expected permission to read, got none"
                : $"{path}: expected to read it, got an error of the system"
        )
        {
            Code = FileFaults.Unreadable,
            Affects = [.. Unread.Select(type => new GapScope(type, repository.FolderRealm(folder)))],
        };

    /// <summary>What a file or folder that is not read may hold.</summary>
    public IReadOnlyList<string> Unread { get; } = readsAny ? ["k8s/*", "file/*"] : ["k8s/*"];

    private async Task ReadYamlAsync(
        ManifestFile file,
        List<Manifest> manifests,
        List<Gap> gaps,
        CancellationToken cancel
    )
    {
        await using var stream = Open(file);
        await foreach (var read in YamlReader.ReadAsync(stream, Options, cancel))
        {
            if (read.Fault is { } fault)
            {
                gaps.Add(Faulty(file, fault, read.Text.Span));
            }
            else
            {
                Add(file, read.Document!, read.Number, manifests, gaps);
            }
        }
    }

    private async Task ReadJsonAsync(
        ManifestFile file,
        List<Manifest> manifests,
        List<Gap> gaps,
        CancellationToken cancel
    )
    {
        await using var stream = Open(file);
        if (stream.CanSeek && stream.Length > JsonLimits.Intake.MaxBytes)
        {
            var tooLarge = $"expected at most {JsonLimits.Intake.MaxBytes:N0} bytes, got {stream.Length:N0}";
            gaps.Add(Faulty(file, new TextFault(TextFaults.TooLarge, tooLarge, new Position(1, 1)), default));
            return;
        }

        using var text = new MemoryStream();
        await stream.CopyToAsync(text, cancel);
        var utf8 = text.ToArray();
        if (JsonText.TryRead(utf8, JsonLimits.Intake, out var document, out var fault))
        {
            Add(file, document!, 1, manifests, gaps);
        }
        else
        {
            gaps.Add(Faulty(file, fault!, utf8));
        }
    }

    private static FileStream Open(ManifestFile file) =>
        new(
            file.FullPath,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete,
            1,
            FileOptions.SequentialScan
        );

    private Gap Faulty(ManifestFile file, TextFault fault, ReadOnlySpan<byte> text)
    {
        var isNoManifest =
            text.Length > 0
            && fault.Code != TextFaults.NotText
            && text.IndexOf("apiVersion"u8) < 0
            && text.IndexOf((byte)'\\') < 0;
        string[] affected =
        [
            .. isNoManifest ? Array.Empty<string>() : ["k8s/*"],
            .. readsAny ? [file.DocumentType] : Array.Empty<string>(),
        ];
        return GapOf(file, fault.Code, fault.At, fault.Message, affected);
    }

    private Gap GapOf(ManifestFile file, string code, Position at, string message, params ReadOnlySpan<string> types) =>
        new($"read {file.Path}", "", $"{file.Path}:{at.Line}:{at.Column}: {message}")
        {
            Code = code,
            Affects = ScopesOf(types, file.Folder),
        };

    private ImmutableArray<GapScope> ScopesOf(ReadOnlySpan<string> types, string folder)
    {
        var scopes = ImmutableArray.CreateBuilder<GapScope>(types.Length);
        foreach (var type in types)
        {
            scopes.Add(new GapScope(type, repository.FolderRealm(folder)));
        }

        return scopes.ToImmutable();
    }

    private void Add(ManifestFile file, Document document, int number, List<Manifest> manifests, List<Gap> gaps)
    {
        var whole = new Manifest(file, document, JsonPointer.Root, document.Root, "", "", number);
        var (before, gapsBefore) = (manifests.Count, gaps.Count);
        Add(whole, manifests, gaps);
        var isTaken = manifests.Count > before || gaps.Skip(gapsBefore).Any(g => g.Code == FileFaults.SecretName);
        if (!readsAny || isTaken)
        {
            return;
        }

        if (Redactors.Match(new Utf8(file.Path)) is { } redactor)
        {
            var message = $"expected a path, got a secret ({redactor})";
            gaps.Add(GapOf(file, FileFaults.SecretName, whole.At, message, file.DocumentType));
        }
        else
        {
            manifests.Add(whole);
        }
    }

    /// <summary>Adds an object, or the items of a List.</summary>
    /// <param name="found">With the version and kind that a typed list gives it.</param>
    private void Add(Manifest found, List<Manifest> manifests, List<Gap> gaps)
    {
        var content = found.Content;
        var (version, kind) = (content["apiVersion"], content["kind"]);
        var isTyped = version.Utf8.Length > 0 && kind.Utf8.Length > 0;
        if (isTyped)
        {
            found = found with { ApiVersion = version.Utf8.ToString(), Kind = kind.Utf8.ToString() };
        }

        var isInferred = found.Kind.Length > 0 && version.IsUndefined && kind.IsUndefined;
        if (!isTyped && !isInferred)
        {
            if (LooksLikeManifest(found))
            {
                gaps.Add(
                    GapIn(found, FileFaults.Incomplete, "expected `apiVersion` and `kind`, both as text", "k8s/*")
                );
            }

            return;
        }

        if (content["items"].IsArray && (found.Kind.EndsWith("List", StringComparison.Ordinal) || found.Name is null))
        {
            AddItems(found, manifests, gaps);
        }
        else if (GapFor(found) is { } gap)
        {
            gaps.Add(gap);
        }
        else
        {
            manifests.Add(found);
        }
    }

    /// <summary>Unpacks a List. Items of a typed one (<c>PodList</c>) may leave out what they are, as those of the API do.</summary>
    private void AddItems(Manifest list, List<Manifest> manifests, List<Gap> gaps)
    {
        var items = list.Content["items"];
        var kind = list.Kind.EndsWith("List", StringComparison.Ordinal) ? list.Kind[..^4] : "";
        for (var i = 0; i < items.Count; i++)
        {
            var within = list.Within.Append("items").Append(i);
            Add(list with { Within = within, Content = items[i], Kind = kind }, manifests, gaps);
        }
    }

    /// <summary>Why an object with version and kind is no resource; null where it is one.</summary>
    private Gap? GapFor(Manifest found)
    {
        if (
            found.ApiVersion.AsSpan().ContainsAnyExcept(VersionCharacters)
            || found.Kind.AsSpan().ContainsAnyExcept(KindCharacters)
            || found.ApiVersion.Length + found.Kind.Length > MaxNameLength
        )
        {
            const string Message = "expected a group, version and kind, got other text";
            return GapIn(found, FileFaults.Incomplete, Message, "k8s/*");
        }

        if (found.ApiVersion.StartsWith("kustomize.config.k8s.io/", StringComparison.Ordinal))
        {
            const string Message = "expected manifests, got a kustomization: what it changes and makes was not judged";
            return GapIn(found, FileFaults.Kustomization, Message, "k8s/*");
        }

        if (found.Name is not { } name)
        {
            return GapIn(
                found,
                FileFaults.Incomplete,
                $"expected `metadata.name` in a {found.Kind}, got none",
                found.Type
            );
        }

        if (name.Length + found.Namespace.Length > MaxNameLength)
        {
            var tooLong = $"expected a name of at most {MaxNameLength:N0} characters, got more";
            return GapIn(found, FileFaults.Incomplete, tooLong, found.Type);
        }

        return Redactors.Match(new Utf8($"{name} {found.Namespace}")) is { } redactor
            ? GapIn(found, FileFaults.SecretName, $"expected a name, got a secret ({redactor})", "k8s/*")
            : null;
    }

    private Gap GapIn(Manifest found, string code, string message, string type) =>
        GapOf(found.File, code, found.At, message, type);

    /// <summary>An item of a List always; else an object that has some of what makes a manifest.</summary>
    private static bool LooksLikeManifest(Manifest found)
    {
        if (!found.Within.IsRoot)
        {
            return true;
        }

        var content = found.Content;
        return found.File.Name != FolderWalk.Chart
            && (
                (content["apiVersion"].IsDefined && content["kind"].IsDefined)
                || (content["metadata"].IsObject && (content["kind"].IsDefined || content["spec"].IsDefined))
                || (content["apiVersion"].IsDefined && content["spec"].IsDefined)
            );
    }
}
