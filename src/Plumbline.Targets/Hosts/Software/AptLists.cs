using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Plumbline.Languages.Config;

namespace Plumbline.Targets.Hosts.Software;

/// <summary>A package for which a newer version is known.</summary>
internal sealed record PendingUpdate(string Installed, string Candidate, bool IsSecurity);

/// <summary>What apt fetched last, below <c>/var/lib/apt/lists</c>: indexes of packages, each with the release that signed it.</summary>
/// <remarks>
/// The highest version in any list is the candidate; apt's preferences (pins) are not looked at, but releases that ask not to be
/// installed by themselves (<c>NotAutomatic</c>: backports, experimental) do not count.
/// </remarks>
internal sealed class AptLists(HostReading host)
{
    private const string Folder = "/var/lib/apt/lists";

    private readonly SortedDictionary<string, PendingUpdate> _pending = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, PendingUpdate> Pending => _pending;

    /// <summary>The newest date that a release says of itself; null where there is none.</summary>
    public DateTimeOffset? Published { get; private set; }

    /// <summary>When the lists were fetched last; null where they never were.</summary>
    public DateTimeOffset? Fetched { get; private set; }

    /// <summary>A list that could not be read.</summary>
    public Missing? Missing { get; private set; }

    public async Task ReadAsync(IReadOnlyList<Package> installed, CancellationToken cancel)
    {
        var (names, missing) = await host.ListAsync(Folder, cancel);
        Missing = missing;
        var lists = names.Where(n => n.Contains("_Packages", StringComparison.Ordinal)).ToImmutableArray();
        if (lists.IsEmpty)
        {
            return;
        }

        await FindFetchedAsync(cancel);
        var releases = await ReleasesAsync(names, cancel);
        var byName = installed.GroupBy(p => (p.Name, p.Architecture)).ToDictionary(g => g.Key, g => g.Last().Version);
        foreach (var list in lists)
        {
            var release = releases.Find(r => list.StartsWith(r.Prefix, StringComparison.Ordinal));
            if (release is { IsAutomatic: true })
            {
                await ReadListAsync(list, release.IsSecurity, byName, cancel);
            }
        }
    }

    private sealed record Release(string Prefix, bool IsSecurity, bool IsAutomatic);

    private async Task FindFetchedAsync(CancellationToken cancel)
    {
        foreach (var path in (string[])[Folder, $"{Folder}/partial", "/var/lib/apt/periodic/update-success-stamp"])
        {
            var facts = await host.Host.FactsAsync(path, followLink: true, cancel);
            if (
                facts.IsRead
                && DateTimeOffset.FromUnixTimeSeconds(facts.Value.Changed) is var changed
                && !(Fetched >= changed)
            )
            {
                Fetched = changed;
            }
        }
    }

    private async Task<List<Release>> ReleasesAsync(IEnumerable<string> names, CancellationToken cancel)
    {
        var releases = new List<Release>();
        foreach (var name in names)
        {
            var end =
                name.EndsWith("_InRelease", StringComparison.Ordinal) ? "InRelease".Length
                : name.EndsWith("_Release", StringComparison.Ordinal) ? "Release".Length
                : 0;
            var file = end == 0 ? null : await host.TextAsync($"{Folder}/{name}", cancel);
            Missing ??= file?.Missing;
            foreach (
                var fields in file?.Text is { } text
                    ? Stanzas.Read(text).Where(s => s.ContainsKey("Suite") || s.ContainsKey("Codename"))
                    : []
            )
            {
                releases.Add(
                    new Release(
                        name[..^end],
                        IsSecurity(fields),
                        fields.GetValueOrDefault("NotAutomatic", "no") != "yes"
                    )
                );
                Note(fields.GetValueOrDefault("Date", ""));
            }
        }

        return releases;
    }

    /// <summary>Debian's label for its security archive; Ubuntu's name for its pocket.</summary>
    private static bool IsSecurity(IReadOnlyDictionary<string, string> release) =>
        release.GetValueOrDefault("Label", "").EndsWith("-Security", StringComparison.OrdinalIgnoreCase)
        || release.GetValueOrDefault("Suite", "").EndsWith("-security", StringComparison.Ordinal);

    private void Note(string date)
    {
        if (
            DateTimeOffset.TryParseExact(
                date.Replace("UTC", "GMT"),
                "ddd, d MMM yyyy HH:mm:ss 'GMT'",
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite,
                out var published
            ) && !(Published >= published)
        )
        {
            Published = published;
        }
    }

    private async Task ReadListAsync(
        string name,
        bool isSecurity,
        Dictionary<(string Name, string Architecture), string> installed,
        CancellationToken cancel
    )
    {
        var path = $"{Folder}/{name}";
        var (stream, missing) = await host.OpenAsync(path, cancel);
        Missing ??= missing;
        if (stream is null)
        {
            return;
        }

        await using var opened = stream;
        try
        {
            using var reader = new StreamReader(Expand(name, stream), Encoding.UTF8);
            foreach (var stanza in Stanzas.Read(reader))
            {
                cancel.ThrowIfCancellationRequested();
                Look(stanza, isSecurity, installed);
            }
        }
        catch (Exception damaged) when (damaged is IOException or InvalidDataException or NotSupportedException)
        {
            Missing ??= host.Note(
                new Missing(
                    HostFaults.Unreadable,
                    $"read {path}",
                    "",
                    $"{path}: expected a list of packages, got {Kind(damaged)}"
                )
            );
        }
    }

    private static string Kind(Exception damaged) =>
        damaged is NotSupportedException ? "a compression that is not read" : "damaged bytes";

    private static Stream Expand(string name, Stream stream) =>
        name[(name.LastIndexOf('_') + 1)..] switch
        {
            "Packages" => stream,
            "Packages.gz" => new GZipStream(stream, CompressionMode.Decompress),
            "Packages.lz4" => new Lz4Frame(stream),
            _ => throw new NotSupportedException(),
        };

    private void Look(
        IReadOnlyDictionary<string, string> stanza,
        bool isSecurity,
        Dictionary<(string Name, string Architecture), string> installed
    )
    {
        if (
            !stanza.TryGetValue("Package", out var name)
            || !stanza.TryGetValue("Version", out var version)
            || !installed.TryGetValue((name, stanza.GetValueOrDefault("Architecture", "")), out var current)
            || DebianVersion.Compare(version, current) <= 0
        )
        {
            return;
        }

        var known = _pending.GetValueOrDefault(name);
        var candidate =
            known is null || DebianVersion.Compare(version, known.Candidate) > 0 ? version : known.Candidate;
        _pending[name] = new PendingUpdate(current, candidate, isSecurity || known is { IsSecurity: true });
    }
}
