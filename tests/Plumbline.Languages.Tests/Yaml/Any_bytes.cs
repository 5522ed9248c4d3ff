using System.Text;
using CsCheck;
using Plumbline.Languages.Yaml;
using Plumbline.Values;

namespace Plumbline.Languages.Tests.Yaml;

/// <summary>Whatever bytes come, the reader gives documents and faults with places, and never throws.</summary>
public sealed class Any_bytes
{
    private static readonly string[] Seeds =
    [
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web # the name\n  labels: {app: web, \"tier\": 'front'}\nspec:\n  containers:\n  - name: a\n    image: \"x:1\"\n    command: [\"sh\", -c, 'echo \"hi\"']\n",
        "a: &a {b: 1, c: [x, *b]}\nd: *a\ne:\n  <<: *a\n  f: |-\n    text\n      more\n  g: >+2\n     folded\n\n",
        "%YAML 1.2\n%TAG !e! tag:example.com,2000:\n---\n!!map\n? key\n: - value\n  - !e!x y\n...\n--- 'x\n  y'\n--- |2\n   z\n",
        "\uFEFF\"\\u00e9\\U0001F600\\x41\\n\\\n  \\t\": ~\nemoji: 😀\nnumber: [0o17, 0x1F, 1e3, .5, -.inf, 0400, 1_000, yes]\n",
        "---\n---\n# only\n...\n{a: {b: {c: [[[[]]]]}}, ? d, e: , f: !!str}\n",
        "\t- a\r\n- b\r- {{ .Values.x }}\n-- c\n- - - d\n",
    ];

    private static readonly string[] Pieces =
    [
        "---\n",
        "...\n",
        "\n",
        "\r",
        "\t",
        " ",
        "  ",
        ": ",
        "- ",
        "? ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "&a ",
        "*a",
        "!!",
        "!",
        "|\n",
        ">-\n",
        "'",
        "\"",
        "\\",
        "#",
        "%",
        "@",
        "`",
        "<<: ",
        "~",
        "\0",
        "\u0085",
        "\u2028",
        "\uFEFF",
        "é",
        "😀",
        "0",
        "-",
        ".inf",
        "\\U",
        "\\u",
        "\\x",
        "%TAG ! x\n",
        "a: ",
        "{{",
        "}}",
    ];

    [Fact]
    public void Made_of_pieces_of_YAML_are_read_or_refused() =>
        Gen.OneOf(Pieces)
            .List[0, 60]
            .Sample(pieces => Check(Encoding.UTF8.GetBytes(string.Concat(pieces))), iter: 4_000);

    [Fact]
    public void Changed_anywhere_in_real_YAML_are_read_or_refused() =>
        Gen.Select(Gen.OneOf(Seeds), Gen.Select(Gen.Int[0, 1_000], Gen.Int[0, 20], Gen.OneOf(Pieces)).List[1, 6])
            .Sample((seed, changes) => Check(Changed(Encoding.UTF8.GetBytes(seed), changes)), iter: 4_000);

    [Fact]
    public void Of_any_value_are_read_or_refused() => Gen.Byte.Array[0, 200].Sample(Check, iter: 2_000);

    [Fact]
    public async Task Of_the_repositories_are_read_or_refused_as_they_are_and_changed()
    {
        var folder = Shared.Path("corpora/repositories");
        var files = Directory
            .GetFiles(folder, "*.y*ml", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .ToList();
        var documents = 0;
        foreach (var file in files)
        {
            // Templates of Helm are no YAML yet, and tags of CloudFormation are not read here.
            var isOther =
                file.Contains("/templates/", StringComparison.Ordinal)
                || file.Contains("/aws-cloudformation-templates/", StringComparison.Ordinal);
            foreach (var read in await Reading.Documents(await File.ReadAllBytesAsync(file), YamlOptions.Kubernetes))
            {
                Assert.True(isOther || read.Fault is null, $"{file}: {read.Fault}");
                documents += read.Fault is null ? 1 : 0;
            }
        }

        Assert.Equal((421, 372), (files.Count, documents));

        Gen.Select(
                Gen.OneOf(files.ToArray()),
                Gen.Select(Gen.Int[0, 20_000], Gen.Int[0, 20], Gen.OneOf(Pieces)).List[1, 4]
            )
            .Sample((file, changes) => Check(Changed(File.ReadAllBytes(file), changes)), iter: 600);
    }

    private static byte[] Changed(byte[] text, List<(int At, int Remove, string Insert)> changes)
    {
        foreach (var (at, remove, insert) in changes)
        {
            var start = text.Length == 0 ? 0 : at % text.Length;
            var end = Math.Min(text.Length, start + remove);
            text = [.. text[..start], .. Encoding.UTF8.GetBytes(insert), .. text[end..]];
        }

        return text;
    }

    private static void Check(byte[] text)
    {
        foreach (var options in new[] { YamlOptions.Core, YamlOptions.Kubernetes })
        {
            var lines = 1 + text.Count(b => b is (byte)'\n' or (byte)'\r');
            foreach (var read in Reading.Documents(text, options).GetAwaiter().GetResult())
            {
                Assert.True(read.Document is null ^ read.Fault is null);
                Assert.InRange(read.Fault?.At.Line ?? read.At.Line, 1, lines + 1);
                if (read.Document is { } document)
                {
                    _ = Jcs.ToBytes(document.Root);
                }
            }
        }
    }
}
