using System.Text;
using System.Text.Json.Nodes;

namespace Plumbline.Benchmarks.Estates;

/// <summary>A repository of manifests by a seed: the same files on every machine, a hundred to a folder.</summary>
/// <param name="Manifests">Files, one object each.</param>
/// <param name="Shapes">Structures that differ in more than values.</param>
/// <param name="Failing">Files that at least one check fails.</param>
/// <param name="Faulty">Files that cannot be read.</param>
internal sealed record Estate(int Manifests, int Shapes, int Failing, int Faulty)
{
    private const int Seed = 20261124;
    private const int Namespaces = 40;
    private const int FolderSize = 100;
    private const int FailingPercent = 5;
    private const int FaultyPercent = 1;

    /// <summary>Writes <paramref name="count"/> manifests below <paramref name="folder"/>.</summary>
    public static Estate Write(string folder, int count)
    {
        var random = new Random(Seed);
        var workloads = new Workloads(random);
        var surroundings = new Surroundings(random);
        var shapes = new HashSet<string>(StringComparer.Ordinal);
        var (failing, faulty) = (0, 0);
        for (var i = 0; i < count; i++)
        {
            var space = $"team-{i % Namespaces:D2}";
            var isFailing = i % 100 is >= 90 - FailingPercent and < 90;
            var isFaulty = i % 100 >= 100 - FaultyPercent;
            var manifest =
                i < Namespaces ? Surroundings.Namespace(space)
                : i < 2 * Namespaces ? Surroundings.NetworkPolicy(space)
                : isFailing || random.Next(5) < 3 ? workloads.Next($"app-{i}", space)
                : surroundings.Next($"app-{i}", space);
            if (isFailing)
            {
                Defects.Fail(manifest, random);
                failing++;
            }

            shapes.Add(ShapeOf(manifest));
            var text = YamlText.Of(manifest);
            var bytes = Encoding.UTF8.GetBytes(text);
            if (isFaulty)
            {
                bytes = Defects.Spoil(text, random);
                faulty++;
            }

            var part = Directory.CreateDirectory(Path.Combine(folder, $"part-{i / FolderSize:D3}"));
            File.WriteAllBytes(Path.Combine(part.FullName, $"manifest-{i:D5}.yaml"), bytes);
        }

        return new Estate(count, shapes.Count, failing, faulty);
    }

    /// <summary>Kinds and names of all fields, without their values.</summary>
    private static string ShapeOf(JsonNode? node) =>
        node switch
        {
            JsonObject map => map.TryGetPropertyValue("kind", out var kind) && kind is JsonValue
                ? $"{kind}{Members(map)}"
                : Members(map),
            JsonArray list => $"[{string.Join(',', list.Select(ShapeOf))}]",
            _ => "",
        };

    private static string Members(JsonObject map) =>
        $"{{{string.Join(',', map.Select(m => m.Key + ShapeOf(m.Value)))}}}";
}
