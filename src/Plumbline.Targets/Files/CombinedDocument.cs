using System.Collections.Immutable;
using System.Globalization;
using Plumbline.Core;
using Plumbline.Core.Resources;
using Plumbline.Values;

namespace Plumbline.Targets.Files;

/// <summary>All documents of a target as one: <c>[{"path", "contents"}, …]</c>, for policies that compare documents.</summary>
/// <remarks>
/// In the order of the files' paths in the repository, documents of one file in theirs; secrets are taken out of it as they are of
/// the single ones. Where something could not be read the list is open: there may be more.
/// </remarks>
internal static class CombinedDocument
{
    public const string Type = "file/combined";

    /// <param name="target">Path of the target in the repository; empty for its root.</param>
    /// <param name="shown">As the user may open it.</param>
    public static Resource Of(
        SourceRepository repository,
        string target,
        string shown,
        IReadOnlyList<(string Path, Resource Resource)> read,
        IReadOnlyList<Gap> gaps
    )
    {
        var all = new ArrayBuilder();
        var redacted = ImmutableSortedDictionary.CreateBuilder<string, string>(Ordinal.Comparer);
        foreach (var (path, resource) in read.OrderBy(r => r.Path, Ordinal.Comparer))
        {
            foreach (var (pointer, redactor) in resource.Redacted)
            {
                redacted[string.Create(CultureInfo.InvariantCulture, $"/{all.Count}/contents{pointer}")] = redactor;
            }

            all.Add(new ObjectBuilder { ["contents"] = resource.Document, ["path"] = path }.ToValue());
        }

        if (gaps.FirstOrDefault(g => !g.Affects.IsEmpty) is { } gap)
        {
            all.Open = new OpenMark($"gap: {gap.Operation}");
        }

        var key = ResourceKey.Of(repository.FolderRealm(target), Type, target.Length == 0 ? "." : target);
        return Resource.Of(key, Basis.Declared, all.Build(), new Observation(shown, null), redacted.ToImmutable());
    }
}
