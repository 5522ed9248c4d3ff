using Plumbline.Values;

namespace Plumbline.Rego.Builtins;

/// <summary>An answer about values of which some were not told: so in no completion, in some perhaps, in every one.</summary>
internal enum Tri
{
    No,
    Possible,
    Yes,
}

/// <summary>In which order two values may stand to each other; one flag alone is sure.</summary>
[Flags]
internal enum Orders
{
    None = 0,
    Less = 1,
    Equal = 2,
    Greater = 4,
    Any = Less | Equal | Greater,
}

/// <summary>Comparing values that hold unknowns (rules 5 and 9 of unknown values).</summary>
/// <remarks>
/// A known difference decides: kind, bounds of a number, prefix of a string, number of members, a member that the other
/// surely lacks. The same unknown, by id, is the same value. Everything else is possible; "possible" too often is
/// allowed, a wrong "yes" or "no" never. Whether an unknown that stands alone is there at all is the reader's question.
/// </remarks>
internal static class UnknownEquality
{
    public static Tri Equal(Value a, Value b)
    {
        if (a.Equals(b))
        {
            return Tri.Yes;
        }

        if (!a.HasUnknowns && !b.HasUnknowns)
        {
            return Tri.No;
        }

        if (a.IsUnknown || b.IsUnknown)
        {
            return EqualToUnknown(a, b);
        }

        if (a.Kind != b.Kind)
        {
            return Tri.No;
        }

        return a.Kind switch
        {
            ValueKind.Array => EqualArrays(a, b),
            ValueKind.Object => EqualObjects(a, b),
            _ => EqualSets(a, b),
        };
    }

    /// <summary>Whether a member of the collection (of an object: a value) is equal to <paramref name="item"/>.</summary>
    /// <remarks>For what is no collection: no, and for an unknown that may be one: possible.</remarks>
    public static Tri Contains(Value collection, Value item)
    {
        if (collection.IsUnknown)
        {
            return Unknowns.KindOf(collection) is null or ValueKind.Array or ValueKind.Object or ValueKind.Set
                ? Tri.Possible
                : Tri.No;
        }

        if (collection.IsSet && collection[item].IsDefined)
        {
            return Tri.Yes;
        }

        if (collection.IsSet && !collection.HasUnknowns && !item.HasUnknowns)
        {
            return Tri.No;
        }

        var answer = collection.IsOpen ? Tri.Possible : Tri.No;
        for (var i = 0; i < collection.Count; i++)
        {
            var member = Equal(collection[i], item);
            if (member == Tri.Yes && !(collection.IsObject && Unknowns.MayBeAbsent(collection[i])))
            {
                return Tri.Yes;
            }

            answer = member == Tri.No ? answer : Tri.Possible;
        }

        return answer;
    }

    /// <summary>Whether the object or array has <paramref name="item"/> under <paramref name="key"/>; of a set, both are the member.</summary>
    public static Tri Contains(Value collection, Value key, Value item)
    {
        if (collection.IsUnknown)
        {
            return Contains(collection, item);
        }

        // The places of an open array are unknown, so its members answer for any key that may be one.
        var answer = collection.IsOpen ? Tri.Possible : Tri.No;
        for (var i = 0; i < collection.Count; i++)
        {
            var place = collection.IsArray && collection.IsOpen ? Tri.Possible : Equal(collection.KeyAt(i), key);
            var member = And(place, Equal(collection[i], item));
            if (member == Tri.Yes && !(collection.IsObject && Unknowns.MayBeAbsent(collection[i])))
            {
                return Tri.Yes;
            }

            answer = member == Tri.No ? answer : Tri.Possible;
        }

        return answer;
    }

    /// <summary>The orders in which the two may stand; never none.</summary>
    public static Orders Order(Value a, Value b)
    {
        if (a.Equals(b))
        {
            return Orders.Equal;
        }

        if (!a.HasUnknowns && !b.HasUnknowns)
        {
            return a.CompareTo(b) < 0 ? Orders.Less : Orders.Greater;
        }

        var (left, right) = (Unknowns.KindOf(a), Unknowns.KindOf(b));
        if (left is null || right is null)
        {
            return Orders.Any;
        }

        if (left != right)
        {
            return left < right ? Orders.Less : Orders.Greater;
        }

        return left switch
        {
            ValueKind.Null => Orders.Equal,
            ValueKind.Number => OrderNumbers(NumberRange.Of(a), NumberRange.Of(b)),
            ValueKind.String => OrderStrings(Unknowns.PrefixOf(a), Unknowns.PrefixOf(b)),
            ValueKind.Array when !(a.IsUnknown || b.IsUnknown || a.IsOpen || b.IsOpen) => OrderArrays(a, b),
            _ => Equal(a, b) == Tri.No ? Orders.Less | Orders.Greater : Orders.Any,
        };
    }

    public static Tri And(Tri a, Tri b) => (Tri)Math.Min((int)a, (int)b);

    public static Tri Not(Tri a) => (Tri)((int)Tri.Yes - (int)a);

    private static Tri EqualToUnknown(Value a, Value b)
    {
        var (left, right) = (Unknowns.KindOf(a), Unknowns.KindOf(b));
        if (left is null || right is null)
        {
            return Tri.Possible;
        }

        if (left != right)
        {
            return Tri.No;
        }

        return left switch
        {
            ValueKind.Null => Tri.Yes,
            ValueKind.Number => Decide(OrderNumbers(NumberRange.Of(a), NumberRange.Of(b))),
            ValueKind.String => Decide(OrderStrings(Unknowns.PrefixOf(a), Unknowns.PrefixOf(b))),
            _ => Tri.Possible,
        };
    }

    private static Tri Decide(Orders orders) =>
        orders == Orders.Equal ? Tri.Yes
        : orders.HasFlag(Orders.Equal) ? Tri.Possible
        : Tri.No;

    private static Tri EqualArrays(Value a, Value b)
    {
        if (a.IsOpen || b.IsOpen)
        {
            return CountsDiffer(a, b) || Lacks(a, b) || Lacks(b, a) ? Tri.No : Tri.Possible;
        }

        if (a.Count != b.Count)
        {
            return Tri.No;
        }

        var answer = Tri.Yes;
        for (var i = 0; i < a.Count && answer != Tri.No; i++)
        {
            answer = And(answer, Equal(a[i], b[i]));
        }

        return answer;
    }

    private static Tri EqualSets(Value a, Value b) =>
        CountsDiffer(a, b) || Lacks(a, b) || Lacks(b, a) ? Tri.No : Tri.Possible;

    private static Tri EqualObjects(Value a, Value b)
    {
        var answer = And(EqualMembers(a, b), EqualMembers(b, a));
        return a.IsOpen || b.IsOpen ? And(answer, Tri.Possible) : answer;
    }

    /// <summary>Whether every member of <paramref name="a"/> is one of <paramref name="b"/>.</summary>
    private static Tri EqualMembers(Value a, Value b)
    {
        var answer = Tri.Yes;
        for (var i = 0; i < a.Count && answer != Tri.No; i++)
        {
            var (left, right) = (a[i], b[a.KeyAt(i)]);
            answer = And(
                answer,
                (right.IsDefined, Unknowns.MayBeAbsent(left)) switch
                {
                    (false, true) => Tri.Possible,
                    (false, false) => b.IsOpen || HasUnknownKey(a, i) || HasUnknownKeys(b) ? Tri.Possible : Tri.No,
                    (true, true) when Unknowns.MayBeAbsent(right) => left.Equals(right) ? Tri.Yes : Tri.Possible,
                    (true, var absent) => absent || Unknowns.MayBeAbsent(right)
                        ? And(Tri.Possible, Equal(left, right))
                        : Equal(left, right),
                }
            );
        }

        return answer;
    }

    private static bool HasUnknownKeys(Value value)
    {
        for (var i = 0; i < value.Count; i++)
        {
            if (HasUnknownKey(value, i))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasUnknownKey(Value value, int index) => value.KeyAt(index).HasUnknowns;

    private static bool CountsDiffer(Value a, Value b)
    {
        var (left, right) = (CountRange.Of(a), CountRange.Of(b));
        return left.Max < right.Min || right.Max < left.Min;
    }

    /// <summary>True where a shown member of <paramref name="a"/> is surely none of <paramref name="b"/>.</summary>
    private static bool Lacks(Value a, Value b)
    {
        for (var i = 0; i < a.Count && !b.IsOpen; i++)
        {
            if (Contains(b, a[i]) == Tri.No)
            {
                return true;
            }
        }

        return false;
    }

    private static Orders OrderNumbers(NumberRange a, NumberRange b)
    {
        var orders = Orders.None;
        orders |= a.Min is null || b.Max is null || a.Min < b.Max ? Orders.Less : Orders.None;
        orders |= a.Max is null || b.Min is null || a.Max > b.Min ? Orders.Greater : Orders.None;
        var apart = (a.Max < b.Min) || (b.Max < a.Min);
        return apart ? orders : orders | Orders.Equal;
    }

    private static Orders OrderStrings((Utf8 Start, bool IsWhole) a, (Utf8 Start, bool IsWhole) b)
    {
        var shared = Math.Min(a.Start.Length, b.Start.Length);
        var order = a.Start.Span[..shared].SequenceCompareTo(b.Start.Span[..shared]);
        if (order != 0)
        {
            return order < 0 ? Orders.Less : Orders.Greater;
        }

        // One starts with the other: a whole string is before everything that goes on from it.
        if (a.IsWhole && b.Start.Length > a.Start.Length)
        {
            return Orders.Less;
        }

        if (b.IsWhole && a.Start.Length > b.Start.Length)
        {
            return Orders.Greater;
        }

        return (a.IsWhole, b.IsWhole) switch
        {
            (true, false) when a.Start.Length == b.Start.Length => Orders.Less | Orders.Equal,
            (false, true) when a.Start.Length == b.Start.Length => Orders.Greater | Orders.Equal,
            _ => Orders.Any,
        };
    }

    private static Orders OrderArrays(Value a, Value b)
    {
        var orders = Orders.None;
        for (var i = 0; i < Math.Min(a.Count, b.Count); i++)
        {
            var member = Order(a[i], b[i]);
            orders |= member & ~Orders.Equal;
            if (!member.HasFlag(Orders.Equal))
            {
                return orders;
            }
        }

        return orders
            | a.Count.CompareTo(b.Count) switch
            {
                < 0 => Orders.Less,
                0 => Orders.Equal,
                _ => Orders.Greater,
            };
    }
}

/// <summary>Between what a number lies; null is no bound.</summary>
internal readonly record struct NumberRange(Number? Min, Number? Max)
{
    public static NumberRange Of(Value value) =>
        value.AsUnknown is { } unknown ? new(unknown.Min, unknown.Max) : new(value.AsNumber, value.AsNumber);
}

/// <summary>How many members a collection has at least and at most (rule 11, <c>count</c>).</summary>
/// <param name="Max"><see cref="long.MaxValue"/> where it is open.</param>
internal readonly record struct CountRange(long Min, long Max)
{
    public static CountRange Of(Value collection)
    {
        long max = collection.IsOpen ? long.MaxValue : collection.Count;
        if (!collection.HasUnknowns)
        {
            return new(max, max);
        }

        return collection.Kind switch
        {
            ValueKind.Object => new(collection.Count - CountWhere(collection, Unknowns.MayBeAbsent), max),
            ValueKind.Set => new(LeastDistinct(collection), max),
            // A document shows the members of an open array one by one. One that was made while judging may have been
            // made over a set whose unknowns coincide: only members that surely differ are surely two.
            ValueKind.Array when collection.IsOpen && collection.Owner is null => new(LeastDistinct(collection), max),
            _ => new(collection.Count, max),
        };
    }

    private static int CountWhere(Value collection, Predicate<Value> holds)
    {
        var count = 0;
        for (var i = 0; i < collection.Count; i++)
        {
            count += holds(collection[i]) ? 1 : 0;
        }

        return count;
    }

    private static int LeastDistinct(Value collection)
    {
        var ground = new SetBuilder();
        for (var i = 0; i < collection.Count; i++)
        {
            if (!collection[i].HasUnknowns)
            {
                ground.Add(collection[i]);
            }
        }

        return Math.Max(ground.Count, Math.Min(collection.Count, 1));
    }
}

/// <summary>What is known of values that were not told.</summary>
internal static class Unknowns
{
    /// <summary>An unknown made while judging: equal to itself alone, surely there where the call has an answer.</summary>
    /// <remarks>It takes its cause from the first unknown that the operands hold.</remarks>
    public static Value Fresh(ReadOnlySpan<Value> operands, ValueKind? kind = null) =>
        Value.Of(
            new Unknown
            {
                Cause = CauseOf(operands),
                Kind = kind,
                Present = true,
            }
        );

    /// <summary>An unknown string that starts with what is surely its start, and is shown with its unknowns in their places.</summary>
    public static Value FreshText(ReadOnlySpan<Value> operands, Utf8 prefix, string text) =>
        Value.Of(
            new Unknown
            {
                Cause = CauseOf(operands),
                Kind = ValueKind.String,
                Present = true,
                Prefix = prefix,
                Text = text,
            }
        );

    /// <summary>True or false where that is sure, else an unknown boolean.</summary>
    public static Value Truth(Tri answer, ReadOnlySpan<Value> operands) =>
        answer == Tri.Possible ? Fresh(operands, ValueKind.Boolean) : answer == Tri.Yes;

    /// <summary>An object's member that a completion may leave out.</summary>
    public static bool MayBeAbsent(Value member) => member.AsUnknown is { Present: false };

    /// <summary>The kind of the value, null where it was not told; a known prefix or bound tells it too.</summary>
    public static ValueKind? KindOf(Value value) =>
        value.AsUnknown switch
        {
            null => value.Kind,
            { Kind: { } kind } => kind,
            { Prefix: not null } => ValueKind.String,
            { Min: not null } or { Max: not null } => ValueKind.Number,
            _ => null,
        };

    /// <summary>What a string starts with, and whether that is all of it.</summary>
    public static (Utf8 Start, bool IsWhole) PrefixOf(Value value) =>
        value.AsUnknown is { } unknown ? (unknown.Prefix ?? default, false) : (value.Utf8, true);

    public static string CauseOf(ReadOnlySpan<Value> operands)
    {
        foreach (var operand in operands)
        {
            if (FirstCause(operand) is { } cause)
            {
                return cause;
            }
        }

        return "computed";
    }

    private static string? FirstCause(Value value)
    {
        if (value.AsUnknown is { } unknown)
        {
            return unknown.Cause;
        }

        if (!value.HasUnknowns)
        {
            return null;
        }

        for (var i = 0; i < value.Count; i++)
        {
            if ((FirstCause(value.KeyAt(i)) ?? FirstCause(value[i])) is { } cause)
            {
                return cause;
            }
        }

        return value.Open?.Cause;
    }
}
