using Plumbline.Languages.Config;

namespace Plumbline.Targets.Hosts;

/// <summary>A text file of a host, as far as it could be read.</summary>
/// <param name="Text">Null where it is absent or could not be read.</param>
/// <param name="Missing">Why it could not be read; null where it was, or is not there.</param>
internal sealed record HostText(string Path, string? Text, Missing? Missing)
{
    /// <summary>It is there, whether or not it may be read.</summary>
    public bool Exists => Text is not null || Missing is not null;

    public IEnumerable<ConfigLine> Lines(string comments = "#", bool continues = false) =>
        Text is null ? [] : ConfigLines.Of(Text, comments, continues);

    /// <summary>The text without white space around it; empty where there is none.</summary>
    public string Trimmed => Text?.Trim() ?? "";
}
