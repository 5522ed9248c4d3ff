using System.Security.Cryptography;
using System.Text;

namespace Plumbline.Targets.Files;

/// <summary>The repository that a path lies in, and the name that the keys of its resources start with.</summary>
/// <param name="Root">Absolute path of its folder; of the target itself where it lies in no repository.</param>
/// <param name="Name">
/// <c>host/path</c> of the remote (CONTRACTS §3), else <c>local/</c> and a digest of <paramref name="Root"/>.
/// </param>
/// <param name="IsStable">
/// False where the name comes from where the files happen to lie: another checkout gives other keys, so nothing that is
/// kept may be followed by them.
/// </param>
public sealed record SourceRepository(string Root, string Name, bool IsStable)
{
    /// <param name="path">An existing file or folder.</param>
    /// <param name="name">The name that the configuration gives; null to take the remote's.</param>
    public static SourceRepository Of(string path, string? name = null)
    {
        var full = Path.GetFullPath(path);
        var start = Directory.Exists(full) ? full : Path.GetDirectoryName(full)!;
        for (var folder = start; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var git = Path.Combine(folder, ".git");
            if (Directory.Exists(git) || File.Exists(git))
            {
                return Named(folder, name ?? NameOf(ConfigOf(git)));
            }
        }

        return Named(start, name);
    }

    /// <summary>Path of a file or folder in the repository, forward slashes; empty for its root.</summary>
    public string RelativePath(string fullPath)
    {
        var relative = Path.GetRelativePath(Root, fullPath).Replace(Path.DirectorySeparatorChar, '/');
        return relative == "." ? "" : relative;
    }

    /// <summary><c>repo:host/path//folder</c>: what a gap in a folder affects, and what the realms in it start with.</summary>
    public string FolderRealm(string folder) => $"repo:{Name}//{folder}";

    private static SourceRepository Named(string root, string? name)
    {
        root = Path.TrimEndingDirectorySeparator(root);
        return name is not null
            ? new SourceRepository(root, name, IsStable: true)
            : new SourceRepository(
                root,
                $"local/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(root)))[..16]}",
                IsStable: false
            );
    }

    /// <summary>Text of the configuration; null where it cannot be read.</summary>
    /// <remarks>
    /// gitrepository-layout(5): in a worktree or submodule <c>.git</c> is a file, <c>gitdir: PATH</c>; a worktree's folder there
    /// names in <c>commondir</c> the one that holds the configuration.
    /// </remarks>
    private static string? ConfigOf(string git)
    {
        try
        {
            if (File.Exists(git))
            {
                var link = File.ReadAllText(git).Trim();
                const string Prefix = "gitdir:";
                if (!link.StartsWith(Prefix, StringComparison.Ordinal))
                {
                    return null;
                }

                git = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(git)!, link[Prefix.Length..].Trim()));
                var common = Path.Combine(git, "commondir");
                git = File.Exists(common) ? Path.GetFullPath(Path.Combine(git, File.ReadAllText(common).Trim())) : git;
            }

            return File.ReadAllText(Path.Combine(git, "config"));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? NameOf(string? config) =>
        config is not null && GitConfig.RemoteUrl(config) is { } url ? NameOfUrl(url) : null;

    /// <summary><c>host/path</c> of a remote's URL: host in lower case, without scheme, user, port and <c>.git</c>; null for a local path.</summary>
    /// <remarks>git-fetch(1), "GIT URLS": <c>scheme://[user@]host[:port]/path</c>, and <c>[user@]host:path</c> for ssh.</remarks>
    internal static string? NameOfUrl(string url)
    {
        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        var rest = scheme < 0 ? url : url[(scheme + 3)..];
        var slash = rest.IndexOf('/');
        var end = scheme >= 0 ? slash : rest.IndexOf(':', Math.Max(0, rest.IndexOf(']')));
        if (
            end <= 0
            || (scheme < 0 && slash >= 0 && slash < end)
            || url.StartsWith("file:", StringComparison.OrdinalIgnoreCase)
        )
        {
            return null;
        }

        var host = rest[..end];
        host = host[(host.LastIndexOf('@') + 1)..];
        var port = host.LastIndexOf(':');
        host = port > host.LastIndexOf(']') ? host[..port] : host;
        var path = string.Join('/', rest[(end + 1)..].Split('/', StringSplitOptions.RemoveEmptyEntries));
        path = path.EndsWith(".git", StringComparison.Ordinal) ? path[..^4] : path;
        return host.Length < 2 || path.Length == 0 ? null : $"{host.ToLowerInvariant()}/{path}";
    }
}
