using System.Collections.Immutable;
using System.Text;
using Plumbline.Core.Resources;
using Plumbline.Targets.Hosts;
using Plumbline.Targets.Hosts.Access;
using Plumbline.Values;

namespace Plumbline.Targets.Tests.Hosts;

/// <summary>A host in memory: files, links, what commands print, and what is refused.</summary>
internal sealed class FakeHost : IHost
{
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _links = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileFacts> _facts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Reply<string>> _commands = new(StringComparer.Ordinal);

    public string Name => "web-01";

    public bool IsRunning { get; init; }

    public HostIdentity Identity { get; init; } = new(0, 0, []);

    /// <summary>Paths that may not be read, folders with all that is below them.</summary>
    public HashSet<string> Refused { get; } = [];

    public List<string> CommandsRun { get; } = [];

    /// <summary>Adds a file.</summary>
    public string this[string path]
    {
        set => Add(path, Encoding.UTF8.GetBytes(value));
    }

    public void Add(string path, byte[] content) => _files[path] = content;

    public void Link(string path, string target) => _links[path] = target;

    public void Facts(string path, uint owner, uint group, int mode, FileKind kind = FileKind.File) =>
        _facts[path] = new FileFacts(kind, owner, group, mode, 0, 1, 1, 0);

    public void Command(HostCommand command, string output) => _commands[command.Shown] = Reply<string>.Of(output);

    public void Command(HostCommand command, Outcome outcome) => _commands[command.Shown] = Reply<string>.None(outcome);

    public ValueTask<Reply<Stream>> OpenAsync(string path, CancellationToken cancel)
    {
        path = Follow(path);
        return new(
            IsRefused(path) ? Reply<Stream>.None(Outcome.Refused)
            : _files.TryGetValue(path, out var content) ? Reply<Stream>.Of(new MemoryStream(content))
            : Reply<Stream>.None(IsFolder(path) ? Outcome.Failed : Outcome.Absent)
        );
    }

    public ValueTask<Reply<FileFacts>> FactsAsync(string path, bool followLink, CancellationToken cancel)
    {
        if (!followLink && _links.ContainsKey(path))
        {
            return new(Reply<FileFacts>.Of(new FileFacts(FileKind.Link, 0, 0, 0x1FF, 0, 1, 1, 0)));
        }

        path = Follow(path);
        var kind = IsFolder(path) ? FileKind.Directory : FileKind.File;
        return new(
            path.LastIndexOf('/') is var slash and > 0 && IsRefused(path[..slash])
                ? Reply<FileFacts>.None(Outcome.Refused)
            : _facts.TryGetValue(path, out var facts) ? Reply<FileFacts>.Of(facts)
            : _files.ContainsKey(path) || IsFolder(path)
                ? Reply<FileFacts>.Of(
                    new FileFacts(kind, 0, 0, kind == FileKind.File ? 0x1A4 : 0x1ED, 0, 1, (ulong)path.Length, 0)
                )
            : Reply<FileFacts>.None(Outcome.Absent)
        );
    }

    public ValueTask<Reply<string>> LinkAsync(string path, CancellationToken cancel) =>
        new(_links.TryGetValue(path, out var target) ? Reply<string>.Of(target) : Reply<string>.None(Outcome.Failed));

    public ValueTask<Reply<ImmutableArray<string>>> ListAsync(string path, CancellationToken cancel)
    {
        if (IsRefused(path))
        {
            return new(Reply<ImmutableArray<string>>.None(Outcome.Refused));
        }

        var prefix = path.TrimEnd('/') + "/";
        var names = _files
            .Keys.Concat(_links.Keys)
            .Concat(_facts.Keys)
            .Where(p => p.StartsWith(prefix, StringComparison.Ordinal))
            .Select(p => p[prefix.Length..].Split('/')[0])
            .Where(n => n.Length > 0)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToImmutableArray();
        return new(
            names.IsEmpty ? Reply<ImmutableArray<string>>.None(Outcome.Absent) : Reply<ImmutableArray<string>>.Of(names)
        );
    }

    public ValueTask<Reply<string>> RunAsync(HostCommand command, CancellationToken cancel)
    {
        CommandsRun.Add(command.Shown);
        return new(
            !IsRunning ? Reply<string>.None(Outcome.NotRunning)
            : command.NeedsRoot && !Identity.IsRoot ? Reply<string>.None(Outcome.Refused)
            : _commands.GetValueOrDefault(command.Shown, Reply<string>.None(Outcome.Absent))
        );
    }

    public Task<Snapshot> ScanAsync() =>
        new HostTarget(this, new HostTargetOptions()).ReadAsync(null, TestContext.Current.CancellationToken);

    /// <summary>The document of one type.</summary>
    public async Task<Value> ReadAsync(string type)
    {
        var snapshot = await ScanAsync();
        return Assert.Single(snapshot.Resources, r => r.Key.Type == type).Document;
    }

    private bool IsRefused(string path) =>
        Refused.Any(r => path == r || path.StartsWith(r + "/", StringComparison.Ordinal));

    private bool IsFolder(string path) =>
        path == "/"
        || _files
            .Keys.Concat(_links.Keys)
            .Concat(_facts.Keys)
            .Any(p => p.StartsWith(path.TrimEnd('/') + "/", StringComparison.Ordinal));

    private string Follow(string path)
    {
        for (var i = 0; i < 40 && _links.TryGetValue(path, out var target); i++)
        {
            path = target.StartsWith('/') ? target : path[..(path.LastIndexOf('/') + 1)] + target;
        }

        return path;
    }
}
