using Plumbline.Values;

namespace Plumbline.Policies.Tests.Checks;

/// <summary>Applies <c>add</c>, <c>replace</c> and <c>remove</c> of JSON Patch (RFC 6902) to members of objects; marks stay where they are.</summary>
/// <remarks>Stricter than the RFC: what patches of checks have no need for is refused.</remarks>
internal static class JsonPatch
{
    /// <exception cref="FormatException">An operation is none of these, or its path leads nowhere.</exception>
    public static Value Apply(Value document, IEnumerable<Value> operations) =>
        operations.Aggregate(document, ApplyOne);

    public static JsonPointer PathOf(Value operation) => JsonPointer.Parse(operation["path"].Utf8.ToString());

    /// <summary>The smallest values that differ, by their pointers.</summary>
    public static IEnumerable<JsonPointer> Differences(Value before, Value after, JsonPointer at = default)
    {
        if (before.Kind != after.Kind || !before.IsCollection)
        {
            return before == after ? [] : [at];
        }

        if (before.IsArray)
        {
            return before.Count == after.Count
                ? Enumerable.Range(0, before.Count).SelectMany(i => Differences(before[i], after[i], at.Append(i)))
                : [at];
        }

        return KeysOf(before)
            .Union(KeysOf(after))
            .SelectMany(key => Differences(before[key], after[key], at.Append(key.Utf8.ToString())));
    }

    private static Value ApplyOne(Value document, Value operation)
    {
        var path = PathOf(operation);
        var value = operation["value"];
        var fits =
            !path.IsRoot
            && path.Parent.Resolve(document).IsObject
            && operation.Count == (value.IsDefined ? 3 : 2)
            && operation["op"].Utf8.ToString() switch
            {
                "add" => value.IsDefined,
                "replace" => value.IsDefined && path.Resolve(document).IsDefined,
                "remove" => !value.IsDefined && path.Resolve(document).IsDefined,
                _ => false,
            };
        return fits
            ? With(document, [.. path.Segments], value)
            : throw new FormatException($"cannot apply {operation}");
    }

    /// <summary>The document with a value at a path; without what is there where the value is undefined.</summary>
    public static Value With(Value document, ReadOnlySpan<string> path, Value value)
    {
        if (path.IsEmpty)
        {
            return value;
        }

        if (document.IsArray)
        {
            var items = new ArrayBuilder { Open = document.Open };
            for (var i = 0; i < document.Count; i++)
            {
                items.Add($"{i}" == path[0] ? With(document[i], path[1..], value) : document[i]);
            }

            return items.Build();
        }

        var members = new ObjectBuilder { Open = document.Open };
        foreach (var key in KeysOf(document))
        {
            if (key != path[0])
            {
                members[key] = document[key];
            }
        }

        var member = With(document[path[0]], path[1..], value);
        if (member.IsDefined)
        {
            members[path[0]] = member;
        }

        return members.ToValue();
    }

    private static IEnumerable<Value> KeysOf(Value map) => Enumerable.Range(0, map.Count).Select(map.KeyAt);
}
