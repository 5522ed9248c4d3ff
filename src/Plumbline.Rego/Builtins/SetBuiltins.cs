using Plumbline.Values;

namespace Plumbline.Rego.Builtins;

/// <summary>The "Sets" functions of the Rego reference.</summary>
internal static class SetBuiltins
{
    public static readonly Builtin[] All =
    [
        Builtin.Of<ASet, ASet>("and", (context, a, b) => Intersection(context, a.Value, b.Value)),
        Builtin.Of<ASet, ASet>("or", (context, a, b) => Union(context, [a.Value, b.Value])),
        Builtin.Of<ASet>("intersection", Intersection),
        Builtin.Of<ASet>("union", Union),
        Builtin.Of<ASet, ASet>("set_diff", (context, a, b) => Difference(context, a.Value, b.Value)).Deprecated(),
    ];

    /// <summary>The members of <paramref name="a"/> that <paramref name="b"/> lacks.</summary>
    public static Value Difference(IBuiltinContext context, Value a, Value b)
    {
        context.Charge(a.Count);
        var result = new SetBuilder();
        for (var i = 0; i < a.Count; i++)
        {
            if (b[a[i]].IsUndefined)
            {
                result.Add(a[i]);
            }
        }

        return result.ToValue();
    }

    private static Value Intersection(IBuiltinContext context, Value a, Value b)
    {
        var (few, many) = a.Count <= b.Count ? (a, b) : (b, a);
        context.Charge(few.Count);
        var result = new SetBuilder();
        for (var i = 0; i < few.Count; i++)
        {
            if (many[few[i]].IsDefined)
            {
                result.Add(few[i]);
            }
        }

        return result.ToValue();
    }

    private static Answer Intersection(IBuiltinContext context, ASet sets)
    {
        var members = sets.Value;
        var result = Value.Undefined;
        for (var i = 0; i < members.Count; i++)
        {
            if (!members[i].IsSet)
            {
                return Members.WrongMember(1, members, members[i], "set");
            }

            result = result.IsUndefined ? members[i] : Intersection(context, result, members[i]);
        }

        return result.IsUndefined ? Value.EmptySet : result;
    }

    private static Answer Union(IBuiltinContext context, ASet sets)
    {
        var members = Members.InOrder(sets.Value);
        var other = Array.Find(members, m => !m.IsSet);
        return other.IsDefined ? Members.WrongMember(1, sets.Value, other, "set") : Union(context, members);
    }

    private static Value Union(IBuiltinContext context, ReadOnlySpan<Value> sets)
    {
        var result = new SetBuilder();
        foreach (var set in sets)
        {
            context.Charge(set.Count);
            for (var i = 0; i < set.Count; i++)
            {
                result.Add(set[i]);
            }
        }

        return result.ToValue();
    }
}
