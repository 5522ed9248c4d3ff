namespace Plumbline.Tests;

/// <summary>Where the sources lie that these tests were built from.</summary>
internal static class Repository
{
    /// <summary>The folder of <c>Plumbline.slnx</c>.</summary>
    public static string Root { get; } = Find();

    /// <summary>The absolute path of something named from the root with forward slashes.</summary>
    public static string Path(string relative) => System.IO.Path.Combine(Root, relative);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Plumbline.slnx")))
                return folder.FullName;
        }
        throw new InvalidOperationException($"expected `Plumbline.slnx` above `{AppContext.BaseDirectory}`");
    }
}
