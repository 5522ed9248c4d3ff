using System.Collections.Immutable;

namespace Plumbline.Targets.Hosts.Access;

/// <summary>The root of a host that does not run here: a mounted disk, an unpacked image.</summary>
/// <remarks>
/// Links are followed as the host itself would follow them: an absolute one starts at this root, and <c>..</c> does not lead
/// out of it (path_resolution(7), as in a chroot). Nothing of it is run.
/// </remarks>
internal sealed class RootFolder(string root, string name) : IHost
{
    /// <summary>As the kernel's own limit.</summary>
    private const int MaxLinks = 40;

    private readonly string _root = root.TrimEnd('/');
    private readonly Dictionary<string, string?> _folders = new(StringComparer.Ordinal);

    public string Name => name;

    public bool IsRunning => false;

    public HostIdentity Identity { get; } = LocalFiles.Identity();

    public ValueTask<Reply<Stream>> OpenAsync(string path, CancellationToken cancel) =>
        new(Resolve(path, followLast: true) is { } real ? LocalFiles.Open(real) : Reply<Stream>.None(Outcome.Absent));

    public ValueTask<Reply<FileFacts>> FactsAsync(string path, bool followLink, CancellationToken cancel) =>
        new(
            Resolve(path, followLink) is { } real
                ? Statx.Of(real, followLink: false)
                : Reply<FileFacts>.None(Outcome.Absent)
        );

    public ValueTask<Reply<string>> LinkAsync(string path, CancellationToken cancel) =>
        new(Resolve(path, followLast: false) is { } real ? LocalFiles.Link(real) : Reply<string>.None(Outcome.Absent));

    public ValueTask<Reply<ImmutableArray<string>>> ListAsync(string path, CancellationToken cancel) =>
        new(
            Resolve(path, followLast: true) is { } real
                ? LocalFiles.List(real)
                : Reply<ImmutableArray<string>>.None(Outcome.Absent)
        );

    public ValueTask<Reply<string>> RunAsync(HostCommand command, CancellationToken cancel) =>
        new(Reply<string>.None(Outcome.NotRunning));

    /// <summary>Where a path of the host lies on this machine; null where links lead in a circle.</summary>
    private string? Resolve(string path, bool followLast)
    {
        var links = 0;
        var slash = path.TrimEnd('/').LastIndexOf('/');
        var folder = slash <= 0 ? _root : ResolveFolder(path[..slash]);
        var last = path.TrimEnd('/')[(slash + 1)..];
        if (folder is null || last.Length == 0)
        {
            return folder;
        }

        var real = $"{folder}/{last}";
        return followLast ? Walk(path, ref links) : real;
    }

    private string? ResolveFolder(string path)
    {
        if (!_folders.TryGetValue(path, out var real))
        {
            var links = 0;
            real = Walk(path, ref links);
            _folders[path] = real;
        }

        return real;
    }

    /// <summary>Goes through a path name by name, links included.</summary>
    private string? Walk(string path, ref int links)
    {
        var left = new Stack<string>(path.Split('/').Reverse());
        var at = new List<string>();
        while (left.TryPop(out var name))
        {
            switch (name)
            {
                case "" or ".":
                    continue;
                case "..":
                    at.RemoveRange(Math.Max(0, at.Count - 1), Math.Min(1, at.Count));
                    continue;
            }

            at.Add(name);
            var real = $"{_root}/{string.Join('/', at)}";
            if (LocalFiles.Link(real) is not { IsRead: true, Value: var target })
            {
                continue;
            }

            if (++links > MaxLinks)
            {
                return null;
            }

            at.RemoveAt(at.Count - 1);
            if (target.StartsWith('/'))
            {
                at.Clear();
            }

            foreach (var part in target.Split('/').Reverse())
            {
                left.Push(part);
            }
        }

        return at.Count == 0 ? (_root.Length == 0 ? "/" : _root) : $"{_root}/{string.Join('/', at)}";
    }
}
