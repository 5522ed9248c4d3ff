using System.Globalization;
using Plumbline.Values;

namespace Plumbline.Rego.Builtins;

/// <summary><c>json.filter</c> and <c>json.remove</c>: what many paths name, kept or left out.</summary>
internal static class JsonPathBuiltins
{
    public static readonly Builtin[] All =
    [
        Builtin.Of<AnObject, Value>("json.filter", (context, o, paths) => Apply(context, o, paths, Filter)),
        Builtin.Of<AnObject, Value>("json.remove", (context, o, paths) => Apply(context, o, paths, Remove)),
    ];

    /// <summary>Paths that share a start share its nodes; a leaf stands for all that is below it.</summary>
    private sealed class PathTree
    {
        private readonly Dictionary<Value, PathTree> _children = [];

        public bool IsLeaf { get; private set; }

        public PathTree? this[Value key] => _children.GetValueOrDefault(key);

        /// <remarks>OPA names places of arrays by their digits, never by a number.</remarks>
        public PathTree? At(int index) => this[index.ToString(CultureInfo.InvariantCulture)];

        public void Add(IReadOnlyList<Value> path)
        {
            var node = this;
            foreach (var segment in path)
            {
                if (node.IsLeaf)
                {
                    return;
                }

                node = node._children.TryGetValue(segment, out var child)
                    ? child
                    : node._children[segment] = new PathTree();
            }

            node.IsLeaf |= path.Count > 0;
        }
    }

    /// <summary>Splits <c>a/b/c</c> or <c>/a/b/c</c>, with the escapes of RFC 6901, or takes the segments of an array; null for anything else.</summary>
    public static IReadOnlyList<Value>? ParsePath(Value path)
    {
        if (path.IsArray)
        {
            return Members.InOrder(path);
        }

        if (!path.IsString)
        {
            return null;
        }

        var text = path.Utf8.ToString();
        return text.Length == 0
            ? []
            :
            [
                .. text.TrimStart('/')
                    .Split('/')
                    .Select(s =>
                        Value.Of(
                            s.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)
                        )
                    ),
            ];
    }

    private static Answer Apply(
        IBuiltinContext context,
        AnObject @object,
        Value paths,
        Func<IBuiltinContext, Value, PathTree, Value> select
    )
    {
        if (!paths.IsArray && !paths.IsSet)
        {
            return Answer.WrongType(2, "one of {set, array}", paths);
        }

        var tree = new PathTree();
        foreach (var member in Members.InOrder(paths))
        {
            if (ParsePath(member) is not { } path)
            {
                const string expected = "one of {set, array} containing string paths or array of path segments";
                return Answer.WrongType(2, expected, member);
            }

            context.Charge(1 + path.Count);
            tree.Add(path);
        }

        return select(context, @object.Value, tree);
    }

    private static Value Filter(IBuiltinContext context, Value value, PathTree paths)
    {
        context.Charge(1 + value.Count);
        if (paths.IsLeaf || !value.IsCollection)
        {
            return value;
        }

        return Rebuild(
            value,
            (i, key) => Below(paths, value, i, key) is { } path ? Filter(context, value[i], path) : default
        );
    }

    private static Value Remove(IBuiltinContext context, Value value, PathTree paths)
    {
        context.Charge(1 + value.Count);
        if (!value.IsCollection)
        {
            return value;
        }

        return Rebuild(
            value,
            (i, key) =>
                Below(paths, value, i, key) is not { } path ? value[i]
                : path.IsLeaf ? default
                : Remove(context, value[i], path)
        );
    }

    private static PathTree? Below(PathTree paths, Value collection, int index, Value key) =>
        collection.IsArray ? paths.At(index) : paths[key];

    /// <summary>The collection of what each member becomes; one that becomes undefined is left out.</summary>
    private static Value Rebuild(Value collection, Func<int, Value, Value> member)
    {
        var (items, members, set) = (new ArrayBuilder(), new ObjectBuilder(), new SetBuilder());
        for (var i = 0; i < collection.Count; i++)
        {
            var key = collection.KeyAt(i);
            var value = member(i, key);
            if (value.IsUndefined)
            {
                continue;
            }

            switch (collection.Kind)
            {
                case ValueKind.Array:
                    items.Add(value);
                    break;
                case ValueKind.Object:
                    members[key] = value;
                    break;
                default:
                    set.Add(value);
                    break;
            }
        }

        return collection.Kind switch
        {
            ValueKind.Array => items.Build(),
            ValueKind.Object => members.ToValue(),
            _ => set.ToValue(),
        };
    }
}
