using Plumbline.Core.Resources;

namespace Plumbline.Targets.Files;

/// <summary>Keys for the objects of one folder (CONTRACTS §3): a key that stands more than once is given apart.</summary>
internal static class FolderKeys
{
    /// <summary>A key for each object, in their order, all distinct.</summary>
    /// <remarks>
    /// Each of several with one key gets <c>@&lt;file name&gt;</c>, and from the second in one file on <c>#2</c>, <c>#3</c>, …
    /// so that the others keep theirs when one of them goes. Files come in the order of their names.
    /// </remarks>
    public static List<ResourceKey> Of(List<Manifest> manifests, SourceRepository repository, List<string> duplicates)
    {
        var keys = manifests.Select(m => m.KeyIn(repository)).ToList();
        var times = keys.CountBy(k => k).ToDictionary();
        var taken = times.Where(t => t.Value == 1).Select(t => t.Key).ToHashSet();
        for (var i = 0; i < keys.Count; i++)
        {
            if (times[keys[i]] > 1)
            {
                var given = Given(manifests[i], repository, taken);
                duplicates.Add($"{keys[i]} → {given}");
                keys[i] = given;
            }
        }

        return keys;
    }

    private static ResourceKey Given(Manifest manifest, SourceRepository repository, HashSet<ResourceKey> taken)
    {
        var suffix = "@" + manifest.File.Name;
        var key = manifest.KeyIn(repository, suffix);
        for (var n = 2; !taken.Add(key); n++)
        {
            key = manifest.KeyIn(repository, $"{suffix}#{n}");
        }

        return key;
    }
}
