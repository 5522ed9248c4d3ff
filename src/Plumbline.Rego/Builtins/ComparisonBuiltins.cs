using Plumbline.Values;

namespace Plumbline.Rego.Builtins;

/// <summary>The operators that compare, over Rego's total order of values, and <c>in</c>.</summary>
/// <remarks>None of them fails, so that their answer is certain even where it is an unknown boolean (rules 5 and 9).</remarks>
internal static class ComparisonBuiltins
{
    public static readonly Builtin[] All =
    [
        Equality("eq"),
        Equality("equal"),
        Equality("assign"),
        Builtin
            .Of<Value, Value>("neq", (a, b) => !a.Equals(b))
            .AsTotal((_, o) => Certain(UnknownEquality.Not(UnknownEquality.Equal(o[0], o[1])), o)),
        Order("lt", Orders.Less),
        Order("lte", Orders.Less | Orders.Equal),
        Order("gt", Orders.Greater),
        Order("gte", Orders.Greater | Orders.Equal),
        Builtin
            .Of<Value, Value>("internal.member_2", (context, item, collection) => IsMember(context, collection, item))
            .AsTotal((_, o) => Certain(UnknownEquality.Contains(o[1], o[0]), o)),
        Builtin
            .Of<Value, Value, Value>("internal.member_3", (key, item, collection) => IsMember(collection, key, item))
            .AsTotal((_, o) => Certain(UnknownEquality.Contains(o[2], o[0], o[1]), o)),
    ];

    private static Builtin Equality(string name) =>
        Builtin
            .Of<Value, Value>(name, (a, b) => a.Equals(b))
            .AsTotal((_, o) => Certain(UnknownEquality.Equal(o[0], o[1]), o));

    private static Builtin Order(string name, Orders wanted) =>
        Builtin
            .Of<Value, Value>(name, (a, b) => wanted.HasFlag(Known(a, b)))
            .AsTotal((_, o) => Certain(Decide(UnknownEquality.Order(o[0], o[1]), wanted), o));

    private static Orders Known(Value a, Value b) =>
        a.CompareTo(b) switch
        {
            < 0 => Orders.Less,
            0 => Orders.Equal,
            _ => Orders.Greater,
        };

    private static Tri Decide(Orders possible, Orders wanted) =>
        (possible & ~wanted) == Orders.None ? Tri.Yes
        : (possible & wanted) == Orders.None ? Tri.No
        : Tri.Possible;

    private static UnknownAnswer Certain(Tri answer, ReadOnlySpan<Value> operands) =>
        UnknownAnswer.Certain(Unknowns.Truth(answer, operands));

    /// <summary>Members of arrays and sets, values of objects; false for a scalar.</summary>
    private static bool IsMember(IBuiltinContext context, Value collection, Value item)
    {
        if (collection.IsSet)
        {
            return collection[item].IsDefined;
        }

        context.Charge(collection.Count);

        for (var i = 0; i < collection.Count; i++)
        {
            if (collection[i].Equals(item))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsMember(Value collection, Value key, Value item) =>
        collection.IsCollection && collection[key] is { IsDefined: true } found && found.Equals(item);
}
