using Plumbline.Core.Resources;
using Plumbline.Targets.Files;
using Plumbline.Targets.Hosts.Access;
using Plumbline.Targets.Hosts.Audit;
using Plumbline.Targets.Hosts.Machine;
using Plumbline.Targets.Hosts.Privileges;
using Plumbline.Targets.Hosts.Ssh;
using Plumbline.Values;

namespace Plumbline.Targets.Hosts.Declared;

/// <summary>Makes documents of the files of hosts that lie in a repository, with the shapes that a host itself gives.</summary>
/// <remarks>
/// What a file does not tell is left open: an <c>Include</c> of something outside the repository may have set anything first, and
/// other files of a folder <c>sysctl.d</c> may be on the host. What runs is unknown and no gap: a file cannot tell it.
/// </remarks>
internal sealed class HostFileReader(SourceRepository repository)
{
    private const string Elsewhere = "declared in a file: what runs is not in it";

    private readonly HostReading _reading = new(new RootFolder(repository.Root, ""));

    /// <summary>What could not be read or understood, with the places that it left untold.</summary>
    public IEnumerable<Gap> Gaps => _reading.AllMissing.Select(m => m.ToGap());

    /// <summary>The documents of one folder's files.</summary>
    /// <param name="files">In the order of their names; those that are no files of hosts are passed over.</param>
    public async Task<List<Resource>> ReadAsync(IReadOnlyList<ManifestFile> files, CancellationToken cancel)
    {
        var resources = new List<Resource>();
        var joined = new List<(ManifestFile File, HostText Text)>();
        foreach (var file in files)
        {
            var kind = HostFileKind.Of(NameOf(file.Folder), file.Name);
            var text = kind is null ? null : await TextAsync(file.Path, cancel);
            if (kind is null || text is null || (text.Text is not null && !kind.Fits(text.Text)))
            {
                continue;
            }

            if (kind.IsJoined)
            {
                joined.Add((file, text));
            }
            else
            {
                resources.Add(
                    ToResource(file, file.Path, kind.Type, await DocumentAsync(kind.Type, file, text, cancel))
                );
            }
        }

        if (joined.Count > 0)
        {
            joined.Sort((left, right) => NaturalOrder.Compare(left.File.Name, right.File.Name));
            var rules = AuditRuleSet.OfFolder([.. joined.Select(j => j.Text)]);
            resources.Add(ToResource(joined[0].File, joined[0].File.Folder, HostFileKind.Audit, rules.ToDeclared()));
        }

        return resources;
    }

    private async Task<Value> DocumentAsync(string type, ManifestFile file, HostText text, CancellationToken cancel) =>
        type switch
        {
            HostFileKind.Sshd => await SshdAsync(file, text, cancel),
            HostFileKind.Audit => AuditRuleSet.OfFile(text).ToDeclared(),
            HostFileKind.Sysctl => Sysctl(text),
            _ => await SudoersAsync(file, text, cancel),
        };

    private async Task<Value> SshdAsync(ManifestFile file, HostText text, CancellationToken cancel)
    {
        var parser = new SshdParser((pattern, stop) => IncludedAsync(file, pattern, "/etc/ssh/", stop));
        await parser.ReadAsync(text, cancel);
        if (file.Name != "sshd_config")
        {
            parser.Lose(NotHere(file, "sshd_config")); // a part of it: the rest may say anything of what this one leaves out
        }

        return new ObjectBuilder
        {
            ["installed"] = true,
            ["source"] = "files",
            ["default"] = parser.Default(),
            ["matches"] = parser.Matches(),
            ["files"] = parser.Files(),
        }.ToValue();
    }

    private static Value Sysctl(HostText text) =>
        new ObjectBuilder
        {
            ["live"] = HostValues.Untold(Elsewhere, ValueKind.Object),
            ["configured"] = new ObjectBuilder { Open = new OpenMark(Elsewhere) }.With(
                KernelParameters.Configured([text])
            ),
        }.ToValue();

    private async Task<Value> SudoersAsync(ManifestFile file, HostText text, CancellationToken cancel)
    {
        var parser = new SudoersParser(_reading.Malformed);
        await Sudoers.ReadAsync(
            text,
            parser,
            (include, stop) =>
                IncludedAsync(file, include.IsFolder ? $"{include.Path}/[!.]*" : include.Path, "/etc/", stop),
            cancel
        );
        return parser.ToValue();
    }

    /// <summary>Files that the including one names, where they lie beside it as they would on the host; else one that is missing.</summary>
    /// <param name="home">Where the including file lies on a host, and the folder beside it in the repository stands for.</param>
    private async Task<IReadOnlyList<HostText>> IncludedAsync(
        ManifestFile file,
        string pattern,
        string home,
        CancellationToken cancel
    )
    {
        var below = pattern.StartsWith(home, StringComparison.Ordinal) ? pattern[home.Length..] : pattern;
        var found = below.StartsWith('/')
            ? []
            : await PathPattern.ReadAsync(_reading, $"/{file.Folder}/{below}", cancel);
        return found.Count > 0
            ? found.ConvertAll(t => t with { Path = t.Path.TrimStart('/') })
            : [new HostText(pattern, null, NotHere(file, pattern))];
    }

    private Missing NotHere(ManifestFile file, string what) =>
        _reading.Note(
            new Missing(
                HostFaults.NotRead,
                $"read what goes with {file.Path}: {what}",
                "",
                $"{file.Path}: expected `{what}` beside it, got none: what is in it may count first"
            )
        );

    private async Task<HostText> TextAsync(string path, CancellationToken cancel) =>
        await _reading.TextAsync($"/{path}", cancel) with
        {
            Path = path,
        };

    private Resource ToResource(ManifestFile file, string primary, string type, Value document) =>
        HostDocument.ToResource(
            ResourceKey.Of(repository.FolderRealm(file.Folder), type, primary),
            Basis.Declared,
            document,
            _reading,
            new Observation(file.Shown, null)
        );

    private static string NameOf(string folder) => folder[(folder.LastIndexOf('/') + 1)..];
}
