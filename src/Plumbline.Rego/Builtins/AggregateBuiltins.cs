using Plumbline.Values;

namespace Plumbline.Rego.Builtins;

/// <summary>The "Aggregates" functions of the Rego reference.</summary>
internal static class AggregateBuiltins
{
    public static readonly Builtin[] All =
    [
        Builtin.Of<Value>("count", Count).WhenUnknown((_, o) => CountUnknown(o[0], o)),
        Builtin.Of<AnArrayOrSet>("sum", (context, c) => Fold(Visited(context, c), 0, ArithmeticBuiltins.Plus)),
        Builtin.Of<AnArrayOrSet>("product", (context, c) => Fold(Visited(context, c), 1, ArithmeticBuiltins.Times)),
        Builtin.Of<AnArrayOrSet>("max", (context, c) => Extreme(Visited(context, c), 1)),
        Builtin.Of<AnArrayOrSet>("min", (context, c) => Extreme(Visited(context, c), -1)),
        Builtin.Of<AnArrayOrSet>("sort", Sort),
        Builtin.Of<AnArrayOrSet>("all", (context, c) => !Any(Visited(context, c), v => !v.IsTrue)).Deprecated(),
        Builtin.Of<AnArrayOrSet>("any", (context, c) => Any(Visited(context, c), v => v.IsTrue)).Deprecated(),
    ];

    /// <summary>The collection, whose members are all visited and charged.</summary>
    private static Value Visited(IBuiltinContext context, AnArrayOrSet collection)
    {
        context.Charge(collection.Value.Count);
        return collection.Value;
    }

    /// <summary>Members of a collection, code points of a string.</summary>
    private static Answer Count(IBuiltinContext context, Value value)
    {
        context.Charge(Text.ScanSteps(value.Utf8));
        return value switch
        {
            { IsCollection: true } => value.Count,
            { IsString: true } => Text.CountRunes(value.Utf8.Span),
            _ => Answer.WrongType(1, "one of {array, object, set, string}", value),
        };
    }

    /// <summary>Exact where the members are sure, else a number between what there is at least and at most (rule 11).</summary>
    private static UnknownAnswer CountUnknown(Value value, ReadOnlySpan<Value> operands)
    {
        if (value.AsUnknown is { } unknown)
        {
            var atLeast = Text.CountRunes((unknown.Prefix ?? default).Span);
            var isCountable =
                Unknowns.KindOf(value) is ValueKind.String or ValueKind.Array or ValueKind.Object or ValueKind.Set;
            return new UnknownAnswer(Between(operands, atLeast, null), isCountable);
        }

        var range = CountRange.Of(value);
        return UnknownAnswer.Certain(
            range.Min == range.Max
                ? range.Min
                : Between(operands, range.Min, range.Max == long.MaxValue ? null : range.Max)
        );
    }

    private static Value Between(ReadOnlySpan<Value> operands, long min, long? max) =>
        Value.Of(
            new Unknown
            {
                Cause = Unknowns.CauseOf(operands),
                Kind = ValueKind.Number,
                Present = true,
                Min = min,
                Max = max is { } most ? (Number?)most : null,
            }
        );

    private static Answer Fold(Value collection, Value start, Func<Value, Value, Value> combine) =>
        ArithmeticBuiltins.Exactly((members, first) => Combine(members, first, combine), collection, start);

    private static Answer Combine(Value collection, Value result, Func<Value, Value, Value> combine)
    {
        for (var i = 0; i < collection.Count; i++)
        {
            if (!collection[i].IsNumber)
            {
                return Members.WrongMember(1, collection, collection[i], "number");
            }

            result = combine(result, collection[i]);
        }

        return result;
    }

    /// <summary>The member that stands furthest in the direction; undefined for an empty collection.</summary>
    private static Answer Extreme(Value collection, int direction)
    {
        var found = Value.Undefined;
        for (var i = 0; i < collection.Count; i++)
        {
            if (found.IsUndefined || Math.Sign(collection[i].CompareTo(found)) == direction)
            {
                found = collection[i];
            }
        }

        return found;
    }

    private static Answer Sort(IBuiltinContext context, AnArrayOrSet collection)
    {
        var items = Members.InOrder(Visited(context, collection));
        if (collection.Value.IsArray)
        {
            Array.Sort(items);
        }

        return Value.ArrayOf(items);
    }

    private static bool Any(Value collection, Predicate<Value> holds)
    {
        for (var i = 0; i < collection.Count; i++)
        {
            if (holds(collection[i]))
            {
                return true;
            }
        }

        return false;
    }
}
