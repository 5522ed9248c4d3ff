using System.Collections.Immutable;
using Plumbline.Languages.Config;
using Plumbline.Values;

namespace Plumbline.Targets.Hosts.Audit;

/// <summary>One line of audit.rules(7): a control, a watch on a path, or a rule on system calls.</summary>
/// <param name="Option">Of a control, <c>-e</c>; null for the others.</param>
/// <param name="Argument">Of a control; null without one.</param>
internal sealed record AuditRule(string? Option, string? Argument, Value Document)
{
    private const string Permissions = "rwxa";

    /// <summary>Operators of <c>-F</c>, longest first.</summary>
    private static readonly ImmutableArray<string> Operators = ["&=", "!=", ">=", "<=", "=", ">", "<", "&"];

    public static AuditRule Parse(string line)
    {
        var words = Words.Split(line);
        var text = string.Join(' ', line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries));
        return words switch
        {
            ["-w" or "-W", ..] => Watch(words, text),
            ["-a" or "-A" or "-d", ..] => OfSystemCalls(words, text),
            ["-F" or "-S" or "-k" or "-C", ..] when words.Contains("-a") => OfSystemCalls(words, text),
            [['-', _, ..] option, ..] when words.Count <= 2 => Control(option, words.ElementAtOrDefault(1), text),
            _ => Invalid(text),
        };
    }

    private static AuditRule Control(string option, string? argument, string text)
    {
        var rule = new ObjectBuilder { ["kind"] = "control", ["option"] = option };
        rule.AddIf("value", argument);
        rule["text"] = text;
        return new AuditRule(option, argument, rule.ToValue());
    }

    private static AuditRule Invalid(string text) =>
        new(null, null, new ObjectBuilder { ["kind"] = "invalid", ["text"] = text }.ToValue());

    /// <summary>Without <c>-p</c> all four accesses are watched (auditctl(8)).</summary>
    private static AuditRule Watch(List<string> words, string text)
    {
        var (path, permissions, keys) = ("", Permissions, new List<string>());
        for (var i = 0; i + 1 < words.Count; i += 2)
        {
            switch (words[i])
            {
                case "-w":
                    path = words[i + 1];
                    break;
                case "-p":
                    permissions = words[i + 1];
                    break;
                case "-k":
                    keys.Add(words[i + 1]);
                    break;
                default:
                    return Invalid(text);
            }
        }

        return words.Count % 2 == 1 || path.Length == 0
            ? Invalid(text)
            : WatchOf("path", path, permissions, keys, text);
    }

    /// <summary>A folder is written with a slash at its end, or as <c>-F dir=</c>.</summary>
    private static AuditRule WatchOf(string member, string path, string permissions, List<string> keys, string text)
    {
        var isFolder = member == "dir" || (path.Length > 1 && path.EndsWith('/'));
        return new AuditRule(
            null,
            null,
            new ObjectBuilder
            {
                ["kind"] = "watch",
                [isFolder ? "dir" : "path"] = path.Length > 1 ? path.TrimEnd('/') : path,
                ["permissions"] = InOrder(permissions),
                ["keys"] = HostValues.Texts(keys),
                ["text"] = text,
            }.ToValue()
        );
    }

    private static AuditRule OfSystemCalls(List<string> words, string text)
    {
        var rule = new AuditParts();
        for (var i = 0; i + 1 < words.Count; i += 2)
        {
            if (!rule.TryTake(words[i], words[i + 1]))
            {
                return Invalid(text);
            }
        }

        return words.Count % 2 == 1 || rule.List.Length == 0 ? Invalid(text) : rule.ToRule(text);
    }

    private static string InOrder(string permissions) => string.Concat(Permissions.Where(permissions.Contains));

    /// <summary>The options of one rule on system calls.</summary>
    private sealed class AuditParts
    {
        private readonly List<string> _calls = [];
        private readonly List<string> _keys = [];
        private readonly ArrayBuilder _fields = new();
        private string? _arch;
        private string? _path;
        private string _pathMember = "path";
        private string? _permissions;

        public string List { get; private set; } = "";

        private string Action { get; set; } = "";

        public bool TryTake(string option, string value)
        {
            switch (option)
            {
                case "-a" or "-A" or "-d":
                    // In either order: `always,exit` and `exit,always`.
                    var parts = value.Split(',');
                    Action = parts.FirstOrDefault(p => p is "always" or "never" or "possible", "");
                    List = parts.FirstOrDefault(p => p is not ("always" or "never" or "possible"), "");
                    return Action.Length > 0;
                case "-S":
                    _calls.AddRange(value.Split(',', StringSplitOptions.RemoveEmptyEntries));
                    return true;
                case "-k":
                    _keys.Add(value);
                    return true;
                case "-F":
                    return TryField(value);
                case "-C":
                    return TryAdd(value, "comparison");
                default:
                    return false;
            }
        }

        public AuditRule ToRule(string text)
        {
            var isWatch =
                _path is not null
                && _permissions is not null
                && _fields.Count == 0
                && Action == "always"
                && List == "exit"
                && _calls.TrueForAll(c => c == "all");
            return isWatch
                ? WatchOf(_pathMember, _path!, _permissions!, _keys, text)
                : new AuditRule(null, null, ToValue(text));
        }

        private Value ToValue(string text)
        {
            var rule = new ObjectBuilder
            {
                ["kind"] = "syscall",
                ["action"] = Action,
                ["list"] = List,
            };
            rule.AddIf("arch", _arch);
            rule["syscalls"] = HostValues.Texts(_calls.Count == 0 ? ["all"] : _calls);
            rule.AddIf(_pathMember, _path);
            rule.AddIf("permissions", _permissions is null ? null : InOrder(_permissions));
            rule["fields"] = _fields.Build();
            rule["keys"] = HostValues.Texts(_keys);
            rule["text"] = text;
            return rule.ToValue();
        }

        private bool TryField(string field)
        {
            var equals = field.IndexOf('=');
            var (name, value) = equals > 0 ? (field[..equals], field[(equals + 1)..]) : ("", "");
            switch (name)
            {
                case "arch":
                    _arch = value;
                    return true;
                case "key":
                    _keys.Add(value);
                    return true;
                case "perm":
                    _permissions = value;
                    return true;
                case "path" or "dir":
                    (_pathMember, _path) = (name, value);
                    return true;
                default:
                    return TryAdd(field, null);
            }
        }

        private bool TryAdd(string field, string? kind)
        {
            var at = field.AsSpan().IndexOfAny("&!=<>");
            if (
                at <= 0
                || Operators.FirstOrDefault(o => field[at..].StartsWith(o, StringComparison.Ordinal)) is not { } found
            )
            {
                return false;
            }

            var made = new ObjectBuilder
            {
                ["name"] = field[..at],
                ["operator"] = found,
                ["value"] = field[(at + found.Length)..],
            };
            made.AddIf("kind", kind);
            _fields.Add(made.ToValue());
            return true;
        }
    }
}
