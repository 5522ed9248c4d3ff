namespace Plumbline.Hostile.Inputs;

/// <summary>The 2,000 inputs, the same ones each time: in every 20 of them five JSON, five YAML, three strings, three policies, settings, waivers, a framework and words.</summary>
internal sealed class Catalogue(string? shared)
{
    public const int Count = 2_000;

    /// <summary>Inputs that together hold every kind in its share.</summary>
    public const int Round = 20;

    private readonly JsonInputs _json = new(In(shared, "corpora/json-parsing-suite/test_parsing"));
    private readonly StringInputs _strings = new(In(shared, "corpora/naughty-strings/blns.json"));

    public HostileInput this[int index]
    {
        get
        {
            var (round, place) = (index / Round, index % Round);
            return place switch
            {
                < 5 => _json.At((5 * round) + place),
                < 10 => YamlInputs.At((5 * round) + place - 5),
                < 13 => _strings.At((3 * round) + place - 10),
                < 16 => PolicyInputs.At((3 * round) + place - 13),
                16 => SettingsInputs.At(round),
                17 => WaiverInputs.At(round),
                18 => SettingsInputs.FrameworkAt(round),
                _ => WordInputs.At(round),
            };
        }
    }

    private static string? In(string? shared, string path) =>
        shared is not null && Path.Exists(Path.Combine(shared, path)) ? Path.Combine(shared, path) : null;
}
