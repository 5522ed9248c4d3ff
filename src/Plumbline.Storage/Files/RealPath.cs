namespace Plumbline.Storage.Files;

/// <summary>Where a path leads once every link on the way is followed, whether or not its end exists yet.</summary>
internal static class RealPath
{
    /// <summary>As many links as Linux follows before it says ELOOP.</summary>
    private const int MaxLinks = 40;

    public static string Of(string path) => Of(Path.GetFullPath(path), MaxLinks);

    private static string Of(string path, int linksLeft)
    {
        if (Path.GetDirectoryName(path) is not { } parent || linksLeft == 0)
        {
            return path;
        }
        var here = Path.Combine(Of(parent, linksLeft), Path.GetFileName(path));
        return new FileInfo(here).LinkTarget is { } target
            ? Of(Path.GetFullPath(target, Path.GetDirectoryName(here)!), linksLeft - 1)
            : here;
    }
}
