using System.Text;

namespace Plumbline.Hostile.Inputs;

/// <summary>What somebody might give, by mistake or not: files, and words after <c>plumb scan</c>.</summary>
/// <param name="Kind">Which list it is from.</param>
/// <param name="Files">Written into the repository that is scanned, by path.</param>
internal sealed record HostileInput(string Kind, params IReadOnlyList<(string Path, byte[] Bytes)> Files)
{
    /// <summary>More words of the command line.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>What may come of it.</summary>
    public Outcome Outcome { get; init; } = Outcome.Anything;

    /// <summary>The first file is the hostile one.</summary>
    public string File => Files.Count > 0 ? Files[0].Path : "";

    public static HostileInput Of(string kind, string path, string text) =>
        new(kind, (path, Encoding.UTF8.GetBytes(text)));
}

internal enum Outcome
{
    /// <summary>It is refused with its place, or it is taken: both are right for something that chance made.</summary>
    Anything,

    /// <summary>It must be a gap with a place.</summary>
    Gap,

    /// <summary>It must be read.</summary>
    Read,
}
