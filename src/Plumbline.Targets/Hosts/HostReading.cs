using System.Collections.Immutable;
using System.Text;
using Plumbline.Core;
using Plumbline.Targets.Hosts.Access;
using Plumbline.Targets.Hosts.Services;

namespace Plumbline.Targets.Hosts;

/// <summary>One reading of one host: what its collectors ask, with a record of every call and of all that was missing.</summary>
/// <remarks>Files are read once, however many ask. What is refused is one gap, however often it is met.</remarks>
internal sealed class HostReading(IHost host)
{
    /// <summary>No configuration file is larger; <c>/var/lib/dpkg/status</c> of a desktop has 6 MB.</summary>
    private const int MaxFileBytes = 32 << 20;

    /// <summary>A longer line is no configuration, and would cost every reader of lines.</summary>
    private const int MaxLineBytes = 1 << 20;

    private readonly Dictionary<string, HostText> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Missing> _missing = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Outcome> _commands = new(Ordinal.Comparer);
    private HostNames? _names;
    private List<RunningProcess>? _processes;

    public IHost Host => host;

    public int FilesRead { get; private set; }

    public int ProcessesStarted { get; private set; }

    /// <summary>Commands that were asked for, and how each ended.</summary>
    public IReadOnlyDictionary<string, Outcome> Commands => _commands;

    public IEnumerable<Missing> AllMissing => _missing.Values;

    /// <summary>What left a value or collection untold, by the cause that it carries.</summary>
    public Missing? MissingOf(string cause) => _missing.GetValueOrDefault(cause);

    public async Task<HostText> TextAsync(string path, CancellationToken cancel)
    {
        if (!_texts.TryGetValue(path, out var text))
        {
            text = await ReadTextAsync(path, cancel);
            _texts[path] = text;
        }

        return text;
    }

    /// <summary>A stream over a file that may be large; null where there is none to read, with the reason why unless it is absent.</summary>
    public async Task<(Stream? Stream, Missing? Missing)> OpenAsync(string path, CancellationToken cancel)
    {
        var opened = await host.OpenAsync(path, cancel);
        FilesRead += opened.IsRead ? 1 : 0;
        return opened.IsRead ? (opened.Value, null) : (null, await WhyAsync(path, opened.Outcome, cancel));
    }

    /// <summary>Names in a folder; none where it is absent or closed, with the reason why unless it is absent.</summary>
    public async Task<(ImmutableArray<string> Names, Missing? Missing)> ListAsync(string path, CancellationToken cancel)
    {
        var listed = await host.ListAsync(path, cancel);
        return listed.IsRead ? (listed.Value, null) : ([], await WhyAsync(path, listed.Outcome, cancel));
    }

    /// <summary>The files of a <c>conf.d</c> folder, by name; the folder's own refusal comes as a file that could not be read.</summary>
    public async Task<List<HostText>> FolderAsync(string path, Func<string, bool> wanted, CancellationToken cancel)
    {
        var (names, missing) = await ListAsync(path, cancel);
        var texts = missing is null ? new List<HostText>() : [new HostText(path, null, missing)];
        foreach (var name in names.Where(wanted))
        {
            var text = await TextAsync($"{path}/{name}", cancel);
            if (text.Exists)
            {
                texts.Add(text);
            }
        }

        return texts;
    }

    /// <summary>What the system says of a path, links followed; nothing where it is absent, and the reason why where that may not be known.</summary>
    public async Task<(FileFacts? Facts, Missing? Missing)> FactsAsync(string path, CancellationToken cancel)
    {
        var facts = await host.FactsAsync(path, followLink: true, cancel);
        return facts.IsRead ? (facts.Value, null) : (null, await WhyAsync(path, facts.Outcome, cancel));
    }

    public async Task<bool> ExistsAsync(string path, CancellationToken cancel) =>
        (await host.FactsAsync(path, followLink: true, cancel)).Outcome is Outcome.Read or Outcome.Refused;

    /// <summary>Whether a program is installed, in one of the folders that programs are in.</summary>
    public async Task<bool> HasProgramAsync(string name, CancellationToken cancel)
    {
        foreach (var folder in HostCommand.Folders)
        {
            if (await ExistsAsync($"{folder}/{name}", cancel))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What a command prints; null where it could not be run, with the reason why unless it is not installed.</summary>
    public async Task<(string? Output, Missing? Missing)> RunAsync(HostCommand command, CancellationToken cancel)
    {
        var reply = await host.RunAsync(command, cancel);
        if (reply.Outcome != Outcome.NotRunning)
        {
            _commands[command.Shown] = reply.Outcome;
            ProcessesStarted += reply.Outcome is Outcome.Absent or Outcome.Refused ? 0 : 1;
        }

        return (reply.IsRead ? reply.Value : null, WhyNot(command, reply.Outcome));
    }

    /// <summary>What only a running machine tells; one gap for all of it.</summary>
    public Missing NotRunning() =>
        Note(
            new Missing(
                HostFaults.NotRunning,
                "ask the running system",
                "",
                "expected a running machine, got a folder: what runs, and what the kernel has loaded, was not read"
            )
        );

    /// <summary>Registers a reason, so that what it left untold is listed in its gap.</summary>
    public Missing Note(Missing missing)
    {
        if (_missing.TryGetValue(missing.Cause, out var known))
        {
            return known;
        }

        _missing[missing.Cause] = missing;
        return missing;
    }

    /// <summary>A file that was read and says what its format does not have.</summary>
    public Missing Malformed(string path, int line, string message) =>
        Note(new Missing(HostFaults.Malformed, $"understand {path}", "", $"{path}:{line}: {message}"));

    /// <summary>Names of users and groups by their numbers.</summary>
    public async ValueTask<HostNames> NamesAsync(CancellationToken cancel) =>
        _names ??= HostNames.Of(await TextAsync("/etc/passwd", cancel), await TextAsync("/etc/group", cancel));

    /// <summary>What runs; nothing in a folder.</summary>
    public async ValueTask<IReadOnlyList<RunningProcess>> ProcessesAsync(CancellationToken cancel) =>
        _processes ??= host.IsRunning ? await ProcessTable.ReadAsync(this, cancel) : [];

    private async Task<HostText> ReadTextAsync(string path, CancellationToken cancel)
    {
        var opened = await host.OpenAsync(path, cancel);
        if (!opened.IsRead)
        {
            return new HostText(path, null, await WhyAsync(path, opened.Outcome, cancel));
        }

        await using var stream = opened.Value;
        try
        {
            var bytes = await BoundedRead.ToEndAsync(stream, MaxFileBytes, cancel);
            if (bytes is null || HasLongLine(bytes))
            {
                return new HostText(path, null, Note(Unreadable(path, Outcome.TooLarge)));
            }

            FilesRead++;
            return new HostText(path, Encoding.UTF8.GetString(bytes), null);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            var outcome = refused is UnauthorizedAccessException ? Outcome.Refused : Outcome.Failed;
            return new HostText(path, null, await WhyAsync(path, outcome, cancel));
        }
    }

    private static bool HasLongLine(ReadOnlySpan<byte> text)
    {
        while (text.Length > MaxLineBytes)
        {
            var end = text[..(MaxLineBytes + 1)].LastIndexOf((byte)'\n');
            if (end < 0)
            {
                return true;
            }

            text = text[(end + 1)..];
        }

        return false;
    }

    private async ValueTask<Missing?> WhyAsync(string path, Outcome outcome, CancellationToken cancel) =>
        outcome switch
        {
            Outcome.Read or Outcome.Absent => null,
            Outcome.Refused => Note(Refused(path, await NeededAsync(path, cancel))),
            _ => Note(Unreadable(path, outcome)),
        };

    private static Missing Refused(string path, string needed) =>
        new(
            HostFaults.Refused,
            $"read {path}",
            needed,
            $"{path}: expected permission to read it, which takes {needed}"
        );

    private static Missing Unreadable(string path, Outcome outcome) =>
        new(
            HostFaults.Unreadable,
            $"read {path}",
            "",
            outcome == Outcome.TooLarge
                ? $"{path}: expected at most {MaxFileBytes >> 20} MiB in lines of at most {MaxLineBytes >> 20} MiB, got more"
                : $"{path}: expected to read it, got an error of the system"
        );

    /// <summary>Whose permission a path takes: root's, or also that of the group that it belongs to.</summary>
    private async ValueTask<string> NeededAsync(string path, CancellationToken cancel)
    {
        if (path is "/etc/passwd" or "/etc/group")
        {
            return "root";
        }

        var facts = await host.FactsAsync(path, followLink: true, cancel);
        var isGroups = facts.IsRead && (facts.Value.Mode & 0x20) != 0 && facts.Value.Group != 0;
        var names = await NamesAsync(cancel);
        return isGroups ? $"root, or group {names.GroupOf(facts.Value.Group) ?? $"{facts.Value.Group}"}" : "root";
    }

    private Missing? WhyNot(HostCommand command, Outcome outcome) =>
        outcome switch
        {
            Outcome.Read or Outcome.Absent => null,
            Outcome.NotRunning => NotRunning(),
            Outcome.Refused => Note(
                new Missing(
                    HostFaults.Refused,
                    $"run {command.Shown}",
                    "root",
                    $"{command.Shown}: expected permission to ask, which takes root"
                )
            ),
            _ => Note(
                new Missing(
                    HostFaults.Command,
                    $"run {command.Shown}",
                    "",
                    outcome switch
                    {
                        Outcome.TimedOut =>
                            $"{command.Shown}: expected an answer within {HostCommand.TimeLimit.TotalSeconds:0} s, got none",
                        Outcome.TooLarge =>
                            $"{command.Shown}: expected at most {HostCommand.MaxOutputBytes >> 20} MiB, got more",
                        _ => $"{command.Shown}: expected an answer, got an error",
                    }
                )
            ),
        };
}

/// <summary>Users and groups by number, from <c>/etc/passwd</c> and <c>/etc/group</c>.</summary>
internal sealed class HostNames
{
    private readonly Dictionary<uint, string> _users = [];
    private readonly Dictionary<uint, string> _groups = [];

    public static HostNames Of(HostText passwd, HostText group)
    {
        var names = new HostNames();
        Add(passwd, names._users);
        Add(group, names._groups);
        return names;
    }

    /// <summary>Null where the number has no name.</summary>
    public string? UserOf(uint uid) => _users.GetValueOrDefault(uid);

    /// <inheritdoc cref="UserOf"/>
    public string? GroupOf(uint gid) => _groups.GetValueOrDefault(gid);

    private static void Add(HostText file, Dictionary<uint, string> names)
    {
        foreach (var (_, line) in file.Lines())
        {
            var fields = line.Split(':');
            if (fields.Length > 2 && uint.TryParse(fields[2], out var number))
            {
                names.TryAdd(number, fields[0]);
            }
        }
    }
}
