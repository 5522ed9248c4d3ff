using System.Collections.Immutable;
using System.Security.Cryptography;
using Plumbline.Core.Authored;
using Plumbline.Values;

namespace Plumbline.Core.Judging;

/// <summary>What identifies the members of lists in their API, so that nothing is named by an index (<c>content/keys.yaml</c>).</summary>
/// <remarks>
/// <code>
/// version: 1
/// lists: {type pattern: {path pattern: name}}     `*` in a type: any run; in a path: one segment, `**` any number
/// name = field | {field, absent} | [ … ]          a field is a pointer without its first slash; `.` the member itself
/// </code>
/// The first pattern that fits counts.
/// </remarks>
public sealed class NaturalKeys
{
    private readonly ImmutableArray<(string Type, ImmutableArray<ListKey> Lists)> _types;

    private NaturalKeys(ImmutableArray<(string Type, ImmutableArray<ListKey> Lists)> types, string digest)
    {
        _types = types;
        Digest = digest;
    }

    /// <summary>Knows no list: every member goes by its digest.</summary>
    public static NaturalKeys None { get; } = new([], "");

    /// <summary><c>sha256:</c> of the file it was read from.</summary>
    public string Digest { get; }

    /// <summary>Reads the file; every fault of it is reported.</summary>
    /// <returns>False where there is a fault; there are no keys then.</returns>
    public static bool TryRead(string file, byte[] utf8, out NaturalKeys? keys, out ImmutableArray<FileFault> faults)
    {
        var text = new AuthoredFile(file, utf8);
        var types = text.IsReadable ? Read(text.Fields()) : [];
        faults = text.Faults;
        keys = faults.IsEmpty
            ? new NaturalKeys(types, $"sha256:{Convert.ToHexStringLower(SHA256.HashData(utf8))}")
            : null;
        return keys is not null;
    }

    /// <summary>The fields that name the members of a list; empty where none are known.</summary>
    /// <param name="list">Segments of the pointer to the list.</param>
    internal ImmutableArray<KeyField> Find(string type, ReadOnlySpan<string> list)
    {
        foreach (var (pattern, lists) in _types)
        {
            if (!Glob(pattern, type))
            {
                continue;
            }

            foreach (var key in lists)
            {
                if (Fits(key.Path.AsSpan(), list))
                {
                    return key.Fields;
                }
            }
        }

        return [];
    }

    private static ImmutableArray<(string, ImmutableArray<ListKey>)> Read(Fields head)
    {
        if (head.Require("version") && head["version"] != 1)
        {
            head.Fault("version", FileFaults.Value, $"expected 1 under `version`, got {Fields.Got(head["version"])}");
        }

        head.Require("lists");
        var lists = head.Inner("lists");
        head.End();
        return lists is null ? [] : [.. lists.Names.Select(type => (type, ReadLists(lists.Inner(type))))];
    }

    private static ImmutableArray<ListKey> ReadLists(Fields? lists)
    {
        if (lists is null)
        {
            return [];
        }

        return
        [
            .. lists.Names.Select(path =>
            {
                if (!path.StartsWith('/') && !path.StartsWith("**", StringComparison.Ordinal))
                {
                    lists.Fault(path, FileFaults.Value, $"expected a path that starts with `/` or `**`, got `{path}`");
                }

                return new ListKey([.. path.TrimStart('/').Split('/')], ReadName(lists, path));
            }),
        ];
    }

    private static ImmutableArray<KeyField> ReadName(Fields lists, string path)
    {
        var name = lists[path];
        if (name.IsUndefined || (name.IsArray && name.Count == 0))
        {
            lists.Fault(path, FileFaults.Value, "expected the name of a field, got nothing");
        }

        return name.IsArray
            ? [.. Enumerable.Range(0, name.Count).Select(i => ReadField(lists, path, name[i]))]
            : [ReadField(lists, path, name)];
    }

    private static KeyField ReadField(Fields lists, string path, Value field)
    {
        if (field.IsString)
        {
            return new KeyField(field.Utf8.ToString(), null);
        }

        if (field.IsObject && field.Count == 2 && field["field"].IsString && field["absent"].IsString)
        {
            return new KeyField(field["field"].Utf8.ToString(), field["absent"].Utf8.ToString());
        }

        if (field.IsDefined)
        {
            var message = $"expected a field, or `field` and `absent`, got {Fields.Got(field)}";
            lists.Fault(path, FileFaults.Value, message);
        }

        return new KeyField("", null);
    }

    private static bool Glob(string pattern, string text)
    {
        var star = pattern.IndexOf('*', StringComparison.Ordinal);
        if (star < 0)
        {
            return pattern == text;
        }

        return text.StartsWith(pattern[..star], StringComparison.Ordinal)
            && Enumerable.Range(star, text.Length - star + 1).Any(i => Glob(pattern[(star + 1)..], text[i..]));
    }

    private static bool Fits(ReadOnlySpan<string> pattern, ReadOnlySpan<string> path)
    {
        if (pattern.IsEmpty)
        {
            return path.IsEmpty;
        }

        if (pattern[0] == "**")
        {
            return Fits(pattern[1..], path) || (!path.IsEmpty && Fits(pattern, path[1..]));
        }

        return !path.IsEmpty && (pattern[0] == "*" || pattern[0] == path[0]) && Fits(pattern[1..], path[1..]);
    }

    private sealed record ListKey(ImmutableArray<string> Path, ImmutableArray<KeyField> Fields);
}

/// <summary>One field of a natural key.</summary>
/// <param name="Path">Pointer into the member without its first slash; <c>.</c> for the member itself.</param>
/// <param name="Absent">What an absent one counts as; null: it is left out of the name.</param>
internal readonly record struct KeyField(string Path, string? Absent)
{
    /// <summary>The value in a member, undefined where it is absent; an unknown on the way is the answer.</summary>
    public Value In(Value member)
    {
        if (Path == ".")
        {
            return member;
        }

        foreach (var segment in JsonPointer.Parse("/" + Path).Segments)
        {
            if (member.IsUnknown)
            {
                return member;
            }

            member = member.IsObject ? member[segment] : default;
        }

        return member.IsNull ? default : member;
    }
}
