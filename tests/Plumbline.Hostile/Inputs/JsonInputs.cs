using System.Text;

namespace Plumbline.Hostile.Inputs;

/// <summary>JSON: the outside suite of parsers' cases, texts made to exhaust, and mutations of both.</summary>
/// <param name="suite">Folder of the suite; null where it is not there.</param>
internal sealed class JsonInputs(string? suite)
{
    private const string Kind = "json";

    private static readonly string[] Texts =
    [
        Manifests.Repeat("[", 100_000),
        Manifests.Repeat("{\"a\":", 100_000),
        Manifests.Repeat("[", 65) + Manifests.Repeat("]", 65),
        $"{{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {{\"name\": \"{Manifests.Repeat("n", 1 << 20)}\"}}}}",
        $"{{\"a\": {Manifests.Repeat("9", 100_000)}}}",
        $"{{\"a\": 0.{Manifests.Repeat("0", 100_000)}1}}",
        "{\"a\": 1e999999999999999999999}",
        "{\"a\": -1e-999999999}",
        "{\"a\": 1, \"a\": 2}",
        "{\"kind\": \"Pod\", \"k\\u0069nd\": \"Job\"}",
        "{\"a\": \"\\ud800\"}",
        "{\"a\": \"\\udc00\\ud800\"}",
        "{\"a\\u0000b\": \"\\u0000\"}",
        "\uFEFF{\"a\": 1}",
        $"{{\"a\": \"{Manifests.Repeat("x", 9 << 20)}\"}}",
        $"[{Manifests.Repeat("{},", 500_000)}{{}}]",
        $"{{{string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"\"k{i}\": {i}"))}}}",
        $"{{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": [{Manifests.Repeat("{\"kind\": \"Pod\"},", 5_000)}{{}}]}}",
        "{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": {\"a\": 1}}",
        "{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": [[[[]]]]}",
        "{\"apiVersion\": [], \"kind\": {}, \"metadata\": \"x\"}",
        "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {\"name\": {\"a\": 1}}}",
        "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {\"name\": \"\"}}",
        "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {\"name\": \"a\"}, \"spec\": {\"containers\": {\"name\": \"a\"}}}",
        "",
        " ",
        "null",
        "1 2",
        "{}{}",
        "// c\n{}",
        "{'a': 1}",
        "NaN",
        "{\"a\": 0x1F}",
    ];

    private readonly string[] _suite = suite is null
        ? []
        : [.. Directory.GetFiles(suite).Order(StringComparer.Ordinal)];

    /// <param name="index">From 0; what chance adds depends on nothing else.</param>
    public HostileInput At(int index)
    {
        var dice = new Dice((ulong)index + 1);
        if (index < Texts.Length)
        {
            return HostileInput.Of(Kind, "hostile.json", Texts[index]);
        }

        index -= Texts.Length;
        if (index < _suite.Length)
        {
            return new HostileInput(Kind, ("hostile.json", File.ReadAllBytes(_suite[index])))
            {
                Outcome = Path.GetFileName(_suite[index])[0] switch
                {
                    'n' => Outcome.Gap,
                    'y' => Outcome.Read,
                    _ => Outcome.Anything,
                },
            };
        }

        var text =
            _suite.Length > 0 && dice.Throw(3) == 0
                ? File.ReadAllBytes(dice.Of(_suite))
                : Encoding.UTF8.GetBytes(Manifests.Json);
        return new HostileInput(Kind, ("hostile.json", Mutation.Of(text, dice)));
    }
}
