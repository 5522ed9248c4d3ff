using System.Text.RegularExpressions;

namespace Plumbline.Cli.Tests;

/// <summary>Sequences that colour text (ECMA-48, "SGR").</summary>
internal static partial class Ansi
{
    public static string Removed(string text) => Sequence().Replace(text, "");

    [GeneratedRegex("\e\\[[0-9;]*m")]
    private static partial Regex Sequence();
}
