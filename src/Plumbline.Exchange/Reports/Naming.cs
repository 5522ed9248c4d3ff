using System.Text;
using Plumbline.Core.Frameworks;
using Plumbline.Core.Resources;
using Plumbline.Values;

namespace Plumbline.Exchange.Reports;

/// <summary>Things by the names that people call them.</summary>
public static class Naming
{
    private const string Namespace = ";k8s/";

    /// <summary>Kinds that make pods.</summary>
    private static readonly HashSet<string> Workloads = new(StringComparer.Ordinal)
    {
        "k8s//Pod",
        "k8s//PodTemplate",
        "k8s//ReplicationController",
        "k8s/apps/DaemonSet",
        "k8s/apps/Deployment",
        "k8s/apps/ReplicaSet",
        "k8s/apps/StatefulSet",
        "k8s/batch/CronJob",
        "k8s/batch/Job",
    };

    /// <summary><c>StatefulSet shop/orders-db</c>; without a namespace where the object has none. Anything else: its type and what identifies it.</summary>
    public static string Of(ResourceKey key)
    {
        if (!key.Type.StartsWith("k8s/", StringComparison.Ordinal))
        {
            return $"{key.Type} {key.Primary}";
        }

        var kind = key.Type[(key.Type.LastIndexOf('/') + 1)..];
        var at = key.Realm.LastIndexOf(Namespace, StringComparison.Ordinal);
        var space = at < 0 ? "-" : key.Realm[(at + Namespace.Length)..];
        return space is "-" or "" ? $"{kind} {key.Primary}" : $"{kind} {space}/{key.Primary}";
    }

    /// <summary>A place as people read it: a member of a list that was not told is <c>…</c>, as in <c>/spec/containers/…/image</c>.</summary>
    public static string Of(JsonPointer place)
    {
        var text = place.Text;
        var shown = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var end = text[i] == '‹' ? text.IndexOf('›', i) : -1;
            shown.Append(end < 0 ? text[i] : '…');
            i = Math.Max(i, end);
        }

        return shown.ToString();
    }

    /// <summary>What resources of these types are called together: <c>workloads</c>, <c>resources</c>; after 1 in the singular.</summary>
    public static string Population(IEnumerable<string> types, int count)
    {
        var noun = types.All(Workloads.Contains) ? "workload" : "resource";
        return count == 1 ? noun : $"{noun}s";
    }

    /// <summary><c>SOC 2</c> for <c>soc2</c>: the words with which the title spells the id; the id where it does not.</summary>
    public static string Of(Framework framework)
    {
        var wanted = Letters(framework.Id);
        var words = framework.Title.Split(' ');
        for (var count = 1; count <= words.Length; count++)
        {
            var name = string.Join(' ', words.Take(count));
            if (Letters(name) == wanted)
            {
                return name.TrimEnd(',', ':', ';');
            }
        }

        return framework.Id;
    }

    private static string Letters(string text) =>
        string.Concat(text.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant));
}
