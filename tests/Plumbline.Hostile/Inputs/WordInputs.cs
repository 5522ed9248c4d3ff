namespace Plumbline.Hostile.Inputs;

/// <summary>Words after <c>plumb scan</c> that mean nothing, or too much.</summary>
internal static class WordInputs
{
    private static readonly string[] Words =
    [
        "--formt",
        "--format",
        "--format=",
        "--format=:",
        "--format=json:",
        "--format=\e[2J",
        "--format=json:/dev/full",
        "--framework",
        "--framework=,",
        "--framework=soc3",
        "--framework=\u202Ex",
        "--check=demo-ovner,,demo_owner",
        "--check=*",
        "--fail-on=HIGH",
        "--fail-on",
        "--audit=true",
        "--store=",
        "--store=/proc/self/x",
        "--store=a\nb",
        "--color=always",
        "--color=x",
        "-f",
        "-",
        "--",
        "---",
        "-1",
        "@file",
        "",
        " ",
        "\n",
        "\e]0;x\a",
        "[parse]",
        "/dev/null",
        "/dev/zero/x",
        "/proc/self/environ",
        "gone\u202E.yaml",
        "*",
        "~",
        "%s",
        "😀",
        new('x', 100_000),
        string.Concat(Enumerable.Repeat("a/", 3_000)),
    ];

    public static HostileInput At(int index)
    {
        var dice = new Dice((ulong)index + 500_001);
        return new HostileInput("words", [])
        {
            Words =
                index < Words.Length
                    ? [Words[index]]
                    : [.. Enumerable.Range(0, 1 + dice.Throw(4)).Select(_ => dice.Of(Words))],
        };
    }
}
