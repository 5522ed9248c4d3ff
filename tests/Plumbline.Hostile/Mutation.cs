using System.Text;

namespace Plumbline.Hostile;

/// <summary>Texts made wrong in small ways: what a slip, a bad transfer or a stranger does to a file.</summary>
internal static class Mutation
{
    private static readonly string[] Pieces =
    [
        "\0",
        "\e[2J",
        "\u202E",
        "\uFEFF",
        "\r",
        "\n",
        "\r\n",
        "\t",
        "\u0085",
        "\u2028",
        "{",
        "}",
        "[",
        "]",
        "\"",
        "'",
        ":",
        ": ",
        ",",
        "#",
        "&a ",
        "*a",
        "<<: *a\n",
        "!!binary ",
        "!x ",
        "---\n",
        "...\n",
        "%YAML 1.1\n",
        "| ",
        "> ",
        "? ",
        "- ",
        "-",
        "1e999",
        "0x1F",
        "\\u0000",
        "\\ud800",
        "😀",
        "null",
        "~",
        "true",
        "999999999999999999999",
        "\\",
        "`",
        "(",
        ")",
        "|",
    ];

    /// <summary>One to four changes of some bytes.</summary>
    public static byte[] Of(byte[] text, Dice dice)
    {
        var changed = text.ToList();
        for (var times = 1 + dice.Throw(4); times > 0; times--)
        {
            Change(changed, dice);
        }

        return [.. changed];
    }

    private static void Change(List<byte> text, Dice dice)
    {
        var at = dice.Throw(text.Count + 1);
        var length = Math.Min(dice.Throw(12), text.Count - at);
        switch (dice.Throw(7))
        {
            case 0 when at < text.Count:
                text[at] ^= (byte)(1 << dice.Throw(8));
                break;
            case 1:
                text.RemoveRange(at, length);
                break;
            case 2:
                text.InsertRange(at, text.GetRange(at, length));
                break;
            case 3 when dice.Throw(4) == 0:
                text.RemoveRange(at, text.Count - at);
                break;
            case 4:
                text.InsertRange(at, Enumerable.Repeat((byte)dice.Throw(256), 1 + dice.Throw(3)));
                break;
            case 5 when length > 0:
                text.InsertRange(
                    at,
                    Enumerable.Repeat(text.GetRange(at, length), 1 + dice.Throw(2_000)).SelectMany(p => p).ToArray()
                );
                break;
            default:
                text.InsertRange(at, Encoding.UTF8.GetBytes(dice.Of(Pieces)));
                break;
        }
    }
}
