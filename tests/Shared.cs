using System.Diagnostics;

namespace Plumbline.Tests;

/// <summary>Outside suites and corpora, kept beside the checkout because they are too large or not ours to copy.</summary>
/// <remarks>
/// The folder is <c>PLUMB_SHARED</c>, else <c>../shared</c> from the repository's root. A test that needs something from it is
/// skipped where it is missing, and fails instead under <c>PLUMB_REQUIRE_SHARED=1</c>, so that a gate cannot pass by not looking.
/// </remarks>
internal static class Shared
{
    /// <summary>The absolute path of a shared file or folder; skips or fails the calling test when there is none.</summary>
    public static string Path(string relative)
    {
        var root = Environment.GetEnvironmentVariable("PLUMB_SHARED") is { Length: > 0 } given
            ? given
            : Repository.Path("../shared");
        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine(root, relative));
        if (File.Exists(path) || Directory.Exists(path))
            return path;

        var missing =
            $"expected the shared `{relative}` in `{System.IO.Path.GetFullPath(root)}` (PLUMB_SHARED names the folder)";
        if (Environment.GetEnvironmentVariable("PLUMB_REQUIRE_SHARED") == "1")
            Assert.Fail(missing);
        Assert.Skip(missing);
        throw new UnreachableException();
    }
}
