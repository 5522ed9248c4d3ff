using System.Collections.Immutable;
using Plumbline.Core;
using Plumbline.Core.Resources;
using Plumbline.Targets.Hosts.Access;
using Plumbline.Values;

namespace Plumbline.Targets.Hosts;

/// <summary>How a host is read.</summary>
public sealed record HostTargetOptions
{
    /// <summary>What a relative path is relative to.</summary>
    public string WorkingFolder { get; init; } = Environment.CurrentDirectory;

    /// <summary>Name of this machine.</summary>
    public string Machine { get; init; } = Environment.MachineName;

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

/// <summary>A Linux host: this machine, or the root folder of another (docs/hosts.md).</summary>
/// <remarks>
/// <code>
/// host                 this machine, under its own name
/// host:NAME            this machine, under the name that the inventory has for it
/// host:/PATH           a root folder, under the name in its /etc/hostname
/// host:NAME=/PATH      a root folder, under this name
/// </code>
/// It only reads. What is refused leaves unknowns and a gap; interrupted, it gives what it has read.
/// </remarks>
public sealed class HostTarget : ITarget
{
    private const string Word = "host";

    private readonly string _text;
    private readonly HostTargetOptions _options;
    private readonly IHost? _host;

    /// <param name="text">As the user gave it; <see cref="IsOne"/> holds of it.</param>
    public HostTarget(string text, HostTargetOptions options)
    {
        _text = text;
        _options = options;
    }

    /// <summary>For hosts that are reached in another way.</summary>
    internal HostTarget(IHost host, HostTargetOptions options)
        : this($"{Word}:{host.Name}", options) => _host = host;

    /// <summary>Whether a target that was asked for is a host; a folder of that name is <c>./host</c>.</summary>
    public static bool IsOne(string text) => text == Word || text.StartsWith($"{Word}:", StringComparison.Ordinal);

    /// <inheritdoc/>
    public async Task<Snapshot> ReadAsync(IProgress<ReadProgress>? progress, CancellationToken cancel)
    {
        var from = _options.Clock.GetUtcNow();
        var host = _host ?? Open();
        var reading = new HostReading(host);
        var name = await NameAsync(host, reading, cancel);
        var realm = $"{Word}:{name}";
        var resources = new List<Resource>();
        var gaps = new List<Gap>();
        try
        {
            foreach (var type in HostTypes.All)
            {
                cancel.ThrowIfCancellationRequested();
                var found = await type.ReadAsync(reading, cancel);
                resources.Add(ResourceOf(type.Name, found));
                progress?.Report(new ReadProgress(reading.FilesRead, resources.Count, reading.AllMissing.Count()));
            }

            resources.Add(ResourceOf(HostTypes.Reading, ReadingRecord.Of(reading)));
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            gaps.Add(Interrupted(resources, realm));
        }

        gaps.AddRange(reading.AllMissing.Select(m => m.ToGap()));
        return new Snapshot
        {
            Target = _text,
            From = from,
            To = _options.Clock.GetUtcNow(),
            Identity = $"uid {host.Identity.Uid}",
            Resources = [.. resources.OrderBy(r => r.Key)],
            Gaps = [.. gaps.OrderBy(g => g.Operation, Ordinal.Comparer)],
            FilesRead = reading.FilesRead,
        };

        Resource ResourceOf(string type, Value found) =>
            HostDocument.ToResource(
                ResourceKey.Of(realm, type, name),
                Basis.Effective,
                found,
                reading,
                Observation.None
            );
    }

    /// <exception cref="TargetException">There is no such host.</exception>
    private IHost Open()
    {
        var (name, path) = Parse();
        if (!OperatingSystem.IsLinux())
        {
            throw new TargetException(HostFaults.NoHost, "expected to run on Linux, where a host can be read");
        }

        if (path is null)
        {
            return new ThisMachine(name ?? _options.Machine);
        }

        var full = Path.GetFullPath(path, _options.WorkingFolder);
        return Directory.Exists(Path.Combine(full, "etc"))
            ? new RootFolder(full, name ?? "")
            : throw new TargetException(
                HostFaults.NoHost,
                $"expected the root folder of a host, with `etc` in it, got `{path}`"
            );
    }

    /// <summary>Name and path, where they are given: whatever has a slash is a path, and <c>=</c> parts the two.</summary>
    private (string? Name, string? Path) Parse()
    {
        var rest = _text == Word ? "" : _text[(Word.Length + 1)..];
        var equals = rest.IndexOf('=');
        var (name, path) =
            equals >= 0 ? (rest[..equals], rest[(equals + 1)..])
            : rest.Contains('/') ? ("", rest)
            : (rest, "");
        return (name.Length > 0 ? name : null, path.Length > 0 ? path : null);
    }

    private static async Task<string> NameAsync(IHost host, HostReading reading, CancellationToken cancel)
    {
        if (host.Name.Length > 0)
        {
            return host.Name;
        }

        var file = await reading.TextAsync("/etc/hostname", cancel);
        return file.Lines().Select(l => l.Text).FirstOrDefault("unnamed");
    }

    private Gap Interrupted(List<Resource> read, string realm) =>
        new(
            $"read {_text}",
            "",
            $"{_text}: expected to read it to the end, got interrupted after {read.Count} documents"
        )
        {
            Code = HostFaults.Interrupted,
            Affects =
            [
                .. HostTypes
                    .All.Select(t => t.Name)
                    .Append(HostTypes.Reading)
                    .Except(read.Select(r => r.Key.Type))
                    .Order(Ordinal.Comparer)
                    .Select(t => new GapScope(t, realm)),
            ],
        };
}
