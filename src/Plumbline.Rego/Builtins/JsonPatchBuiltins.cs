using System.Globalization;
using Plumbline.Values;

namespace Plumbline.Rego.Builtins;

/// <summary><c>json.patch</c>: the operations of RFC 6902 on arrays, objects and, as OPA has it, sets.</summary>
/// <remarks>
/// A set's member is named by its value. All operations apply or none: where one does not fit the document, the answer
/// is undefined; a patch that is no patch is an error.
/// </remarks>
internal static class JsonPatchBuiltins
{
    public static readonly Builtin[] All = [Builtin.Of<Value, AnArray>("json.patch", Patch)];

    private sealed record Operation(string Name, IReadOnlyList<Value> Path, IReadOnlyList<Value> From, Value Value);

    private static Answer Patch(IBuiltinContext context, Value target, AnArray patches)
    {
        var operations = new List<Operation>();
        for (var i = 0; i < patches.Value.Count; i++)
        {
            if (Read(patches.Value[i], out var operation) is { } fault)
            {
                return fault;
            }

            operations.Add(operation!);
        }

        foreach (var operation in operations)
        {
            target = Apply(context, target, operation);
            if (target.IsUndefined)
            {
                return Answer.Undefined;
            }
        }

        return target;
    }

    private static Answer? Read(Value patch, out Operation? operation)
    {
        operation = null;
        if (!patch.IsObject)
        {
            return Wrong("must be an array of JSON-Patch objects, but at least one element is not an object");
        }

        var name = patch["op"] is { IsString: true } op ? op.Utf8.ToString() : null;
        if (name is not ("add" or "remove" or "replace" or "move" or "copy" or "test"))
        {
            return Wrong($"unrecognized op {(patch["op"].IsDefined ? patch["op"].ToString() : "'<nil>'")}");
        }

        if (JsonPathBuiltins.ParsePath(patch["path"]) is not { } path)
        {
            return Wrong("missing or invalid 'path'");
        }

        var from = JsonPathBuiltins.ParsePath(patch["from"]);
        if (name is "move" or "copy" && from is null)
        {
            return Wrong("missing or invalid 'from'");
        }

        var value = patch["value"];
        if (name is "add" or "replace" or "test" && value.IsUndefined)
        {
            return Wrong("missing 'value'");
        }

        operation = new Operation(name, path, from ?? [], value);
        return null;
    }

    private static Answer Wrong(string message) => Answer.WrongType($"operand 2 {message}");

    private static Value Apply(IBuiltinContext context, Value target, Operation operation) =>
        operation.Name switch
        {
            "add" => Edit(context, target, operation.Path, 0, Add(operation.Value)),
            "remove" => Edit(context, target, operation.Path, 0, Delete),
            "replace" => Edit(context, target, operation.Path, 0, Replace(operation.Value)),
            "test" => Find(target, operation.Path).Equals(operation.Value) ? target : default,
            "copy" => AddFound(context, target, target, operation),
            _ => AddFound(context, target, Edit(context, target, operation.From, 0, Delete), operation),
        };

    private static Value AddFound(IBuiltinContext context, Value source, Value target, Operation operation)
    {
        var value = Find(source, operation.From);
        return value.IsUndefined || target.IsUndefined ? default : Edit(context, target, operation.Path, 0, Add(value));
    }

    private static Value Find(Value target, IReadOnlyList<Value> path)
    {
        foreach (var segment in path)
        {
            target = target.Kind switch
            {
                ValueKind.Array => IndexOf(target, segment, target.Count - 1) is { } at ? target[at] : default,
                ValueKind.Object or ValueKind.Set => target[segment],
                _ => default,
            };
        }

        return target;
    }

    /// <summary>Changes a collection at one key; undefined where the key does not fit. With an undefined collection, the document itself.</summary>
    private delegate Value Change(Value collection, Value key);

    private static Value Edit(IBuiltinContext context, Value at, IReadOnlyList<Value> path, int depth, Change change)
    {
        if (path.Count == 0)
        {
            return change(default, at);
        }

        context.Charge(1 + at.Count);
        if (depth == path.Count - 1)
        {
            return at.IsCollection ? change(at, path[depth]) : default;
        }

        var member = Find(at, [path[depth]]);
        if (member.IsUndefined)
        {
            return default;
        }

        var edited = Edit(context, member, path, depth + 1, change);
        return edited.IsUndefined ? default : Put(at, path[depth], member, edited);
    }

    private static Change Add(Value value) =>
        (collection, key) =>
            collection.Kind switch
            {
                ValueKind.Undefined => value,
                ValueKind.Array => IndexOf(collection, key, collection.Count) is { } at
                    ? Spliced(collection, at, 0, value)
                    : default,
                ValueKind.Object => WithMember(collection, key, value),
                // A member of a set is its own key.
                _ => key.Equals(value) ? WithMember(collection, value) : default,
            };

    private static Change Replace(Value value) =>
        (collection, key) =>
            collection.IsUndefined ? value
            : Find(collection, [key]) is { IsDefined: true } old ? Put(collection, key, old, value)
            : default;

    private static Value Delete(Value collection, Value key)
    {
        if (collection.IsUndefined)
        {
            // The document itself: OPA leaves null in its place.
            return Value.Null;
        }

        if (collection.IsArray)
        {
            return IndexOf(collection, key, collection.Count - 1) is { } at
                ? Spliced(collection, at, 1, default)
                : default;
        }

        return collection[key].IsDefined ? Without(collection, key) : default;
    }

    private static Value Put(Value collection, Value key, Value old, Value value) =>
        collection.Kind switch
        {
            ValueKind.Array => Spliced(collection, IndexOf(collection, key, collection.Count - 1)!.Value, 1, value),
            ValueKind.Object => WithMember(collection, key, value),
            _ => WithMember(Without(collection, old), value),
        };

    private static Value Spliced(Value array, int at, int removed, Value added)
    {
        var items = new ArrayBuilder();
        for (var i = 0; i <= array.Count; i++)
        {
            if (i == at && added.IsDefined)
            {
                items.Add(added);
            }

            if (i < array.Count && (i < at || i >= at + removed))
            {
                items.Add(array[i]);
            }
        }

        return items.Build();
    }

    private static Value WithMember(Value @object, Value key, Value value)
    {
        var members = new ObjectBuilder();
        for (var i = 0; i < @object.Count; i++)
        {
            members[@object.KeyAt(i)] = @object[i];
        }

        members[key] = value;
        return members.ToValue();
    }

    private static Value WithMember(Value set, Value member)
    {
        var members = new SetBuilder();
        for (var i = 0; i < set.Count; i++)
        {
            members.Add(set[i]);
        }

        members.Add(member);
        return members.ToValue();
    }

    private static Value Without(Value collection, Value key)
    {
        var (members, set) = (new ObjectBuilder(), new SetBuilder());
        for (var i = 0; i < collection.Count; i++)
        {
            if (collection.KeyAt(i).Equals(key))
            {
                continue;
            }

            if (collection.IsObject)
            {
                members[collection.KeyAt(i)] = collection[i];
            }
            else
            {
                set.Add(collection[i]);
            }
        }

        return collection.IsObject ? members.ToValue() : set.ToValue();
    }

    /// <summary>A place of an array: a number, its digits without leading zeros, or <c>-</c> for behind the last; null where it is beyond <paramref name="last"/>.</summary>
    private static int? IndexOf(Value array, Value segment, int last)
    {
        if (segment.TryGetInt64(out var number))
        {
            return number >= 0 && number <= last ? (int)number : null;
        }

        var text = segment.Utf8.ToString();
        if (text == "-")
        {
            return array.Count <= last ? array.Count : null;
        }

        return
            segment.IsString
            && text.Length is > 0 and < 10
            && (text.Length == 1 || text[0] != '0')
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && index <= last
            ? index
            : null;
    }
}
