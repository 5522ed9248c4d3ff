using System.Text;

namespace Plumbline.Cli.Faults;

/// <summary>Every fault there is, what it means and what to do about it: the source of <c>docs/faults.md</c>.</summary>
internal static class FaultTable
{
    /// <param name="Meaning">What happened, as a clause.</param>
    /// <param name="Remedy">What to do, as a sentence; empty where the message itself says it.</param>
    public sealed record Row(string Code, string Meaning, string Remedy);

    /// <summary>Rooms with the thousand that is theirs.</summary>
    public static IReadOnlyList<(int Thousand, string Room)> Rooms { get; } =
    [
        (1, "Files that people write: plumbline.yaml, frameworks, checks (Core)"),
        (2, "Texts (Languages)"),
        (3, "Targets"),
        (4, "Evidence store (Storage)"),
        (7, "Command line (Cli)"),
    ];

    public static IReadOnlyList<Row> Rows { get; } =
    [
        new("PLB-1001", "a key that means nothing here", "Take the key out, or spell it as the message suggests."),
        new("PLB-1002", "a key that must be there is missing", "Add the key."),
        new(
            "PLB-1003",
            "a value of the wrong kind, or none of those allowed",
            "Write one of the values that the message names."
        ),
        new("PLB-1004", "the second of something that exists once", "Take one of the two out."),
        new("PLB-1005", "a name of nothing that exists", "Correct the name, or add what it names."),
        new("PLB-1006", "two statements that exclude each other", "Decide which of them holds."),
        new(
            "PLB-1007",
            "the file's name differs from what the file says of itself",
            "Rename the file, or correct its id."
        ),
        new(
            "PLB-1008",
            "a key with a meaning that this version does nothing about",
            "Take the key out, or use a newer plumb."
        ),
        new(
            "PLB-1020",
            "something that the inventory declares was not seen",
            "Scan where it is, or take it out of the inventory."
        ),
        new(
            "PLB-2001",
            "no UTF-8, or characters that no text has",
            "Save the file as UTF-8, or move what is no manifest out of the target."
        ),
        new("PLB-2002", "the grammar of YAML is violated", "Correct the text at the place named."),
        new(
            "PLB-2003",
            "a key stands twice in one mapping",
            "Take one of the two out: readers disagree on which of them counts."
        ),
        new("PLB-2004", "a YAML tag that is not read", "Write the value without its tag."),
        new(
            "PLB-2005",
            "an alias without anchor, inside what it names, or a merge of something that is no mapping",
            "Correct the alias."
        ),
        new("PLB-2006", "a value or key that JSON cannot hold", "Write a value that JSON has."),
        new("PLB-2007", "a document or file above its limit of bytes", "Split the file; a manifest is far smaller."),
        new("PLB-2008", "nested deeper than the limit", "Flatten the document; a manifest is far flatter."),
        new(
            "PLB-2009",
            "more aliases, or more nodes once they are expanded, than a text may cost",
            "Write the values out, or split the file."
        ),
        new("PLB-2010", "no strict JSON", "Correct the text at the place named."),
        new(
            "PLB-3001",
            "the path that was asked for is not there, or cannot be opened",
            "Correct the path, or its permissions."
        ),
        new(
            "PLB-3002",
            "a file or folder below the target cannot be opened",
            "Give whoever runs plumb the right to read it."
        ),
        new("PLB-3003", "a link leads out of the target, or nowhere", "Scan what it leads to, or take the link out."),
        new(
            "PLB-3004",
            "a Helm chart, which is no manifest until it is rendered",
            "Render it (`helm template`) and scan what comes out."
        ),
        new(
            "PLB-3005",
            "a kustomization, which changes manifests when it is built",
            "Build it (`kustomize build`) and scan what comes out."
        ),
        new(
            "PLB-3006",
            "an object that looks like a manifest and lacks what would make it one",
            "Complete apiVersion, kind and metadata.name."
        ),
        new("PLB-3007", "an object whose very name holds a secret", "Rename the object, and change the secret."),
        new("PLB-3008", "reading was interrupted", "Run again, and let it end."),
        new(
            "PLB-3101",
            "a file of a snapshot folder is not what was saved, or is missing",
            "Take the folder from where it was saved, or read the target again."
        ),
        new(
            "PLB-3102",
            "a snapshot cannot be saved: something lies there already, or the folder cannot be written to",
            "Name a new folder."
        ),
        new(
            "PLB-4001",
            "there is no evidence store at the path",
            "Run `plumb scan` first, or name a store with `--store`."
        ),
        new("PLB-4002", "the store cannot be written to", "Make it writable, or name another with `--store`."),
        new("PLB-4003", "the store's disk is full", "Free some space and run again."),
        new("PLB-4004", "the store is damaged", "Restore it from a backup, or move it aside and begin a new one."),
        new("PLB-4005", "the store was written by a newer plumb", "Use that plumb, or a newer one."),
        new(
            "PLB-4006",
            "the store was written by an older plumb, and reading does not change it",
            "Seal something with this plumb first."
        ),
        new("PLB-4007", "SQLite is too old to be trusted with a log", "Use the SQLite that comes with plumb."),
        new("PLB-4008", "another program holds the store's database", "Close what has it open and run again."),
        new("PLB-4009", "the store could not be read or written", "Check the disk and run again."),
        new("PLB-4010", "a SQLite database that is no evidence store", "Name another folder with `--store`."),
        new(
            "PLB-4020",
            "others may read the log's keys",
            "Take their rights away, and consider whether somebody has read them."
        ),
        new(
            "PLB-4021",
            "a key of the log is missing",
            "Put it back from a backup, or begin a new store with `--store`."
        ),
        new("PLB-4022", "a key cannot be used", "Put it back from a backup."),
        new("PLB-4023", "the keys lie within what is scanned", "Point XDG_CONFIG_HOME somewhere else, and move them."),
        new("PLB-4024", "a key is not this store's", "Put the right one back, or begin a new store with `--store`."),
        new(
            "PLB-4030",
            "the log contradicts itself",
            "Run `plumb evidence verify`, and restore the store from a backup."
        ),
        new("PLB-4031", "a blob is missing", "Restore the store from a backup."),
        new("PLB-4032", "a blob is not what was sealed", "Restore the store from a backup."),
        new("PLB-4033", "a blob's data key was destroyed, and with it what the blob said", ""),
        new(
            "PLB-7001",
            "the first word is no verb, or a verb lacks the word that follows it",
            "`plumb --help` lists the verbs."
        ),
        new(
            "PLB-7002",
            "an option that the verb does not have",
            "`plumb VERB --help` lists them. A path that starts with `-` goes after `--`."
        ),
        new(
            "PLB-7003",
            "a value that the option does not take, or none at all",
            "Give one of the values that the message names."
        ),
        new(
            "PLB-7004",
            "a framework, check or assessment that does not exist",
            "The message says what lists those that do."
        ),
        new("PLB-7005", "two things were asked for that exclude each other", "Decide which of them is wanted."),
        new("PLB-7006", "checks or frameworks do not load", "Correct what the lines below the message point at."),
        new("PLB-7007", "a file that was asked for cannot be read or written", "Correct the path, or its permissions."),
        new(
            "PLB-7008",
            "a report is not what the evidence gives",
            "Ask whoever handed the report out where the difference comes from."
        ),
        new(
            "PLB-7009",
            "evidence is not what was sealed",
            "Restore the store from a backup, and find out who changed it."
        ),
        new("PLB-7010", "interrupted before there was anything to seal", "Run again."),
        new(
            "PLB-7020",
            "the list of approvers that was asked for cannot be had",
            "Name a file, or a commit that was fetched."
        ),
        new(
            "PLB-7021",
            "an exception or attestation cannot be written or signed as asked",
            "The message says what to do by hand."
        ),
        new(
            "PLB-7022",
            "policies or data of your own do not load",
            "Correct what the lines below the message point at; nothing was judged."
        ),
        new("PLB-7999", "a mistake in plumb", "Please report it, with the lines below the message."),
    ];

    private static readonly Dictionary<string, Row> ByCode = Rows.ToDictionary(r => r.Code, StringComparer.Ordinal);

    /// <summary>What to do about a fault; null where there is nothing to say.</summary>
    public static string? RemedyOf(string code) =>
        ByCode.TryGetValue(code, out var row) && row.Remedy.Length > 0 ? row.Remedy : null;

    /// <summary>The table as <c>docs/faults.md</c> shows it.</summary>
    public static string ToMarkdown()
    {
        var text = new StringBuilder();
        foreach (var (thousand, room) in Rooms)
        {
            text.Append($"\n## {thousand}xxx: {room}\n\n| code | what happened | what to do |\n| --- | --- | --- |\n");
            foreach (var row in Rows.Where(r => r.Code.StartsWith($"PLB-{thousand}", StringComparison.Ordinal)))
            {
                text.Append($"| {row.Code} | {row.Meaning} | {row.Remedy} |\n");
            }
        }

        return text.ToString();
    }
}
