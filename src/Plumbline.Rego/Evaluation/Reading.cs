using Plumbline.Rego.Builtins;
using Plumbline.Values;

namespace Plumbline.Rego.Evaluation;

/// <summary>How values that may not have been told are read (rules 4, 5, 6 and 9 of unknown values).</summary>
/// <remarks>
/// Each answers as OPA does where everything is known. Where it is not, the answer is given and the frame's solution is
/// made a possible one. Every back end reads through these, so that the rules stand once.
/// </remarks>
internal static class Reading
{
    /// <summary>The member of <paramref name="target"/> under <paramref name="key"/>: <c>x.name</c>, <c>xs[0]</c>, <c>set[x]</c>.</summary>
    public static Value Member(Frame frame, Value target, Value key)
    {
        if (!frame.Tracks || (!target.HasUnknowns && !key.HasUnknowns))
        {
            return key.IsDefined ? target[key] : default;
        }

        if (target.IsUndefined || key.IsUndefined)
        {
            return default;
        }

        if (target.AsUnknown is { } unknown)
        {
            return MayBeCollection(unknown) ? Perhaps(frame, unknown.Cause) : default;
        }

        return target.Kind switch
        {
            ValueKind.Array => Item(frame, target, key),
            ValueKind.Object => Field(frame, target, key),
            ValueKind.Set => Element(frame, target, key),
            _ => default,
        };
    }

    /// <summary>Whether a value lets its statement hold: defined and not false.</summary>
    public static bool Holds(Frame frame, Value value)
    {
        if (value.IsUndefined || value.IsFalse)
        {
            return false;
        }

        if (value.AsUnknown is { Kind: null or ValueKind.Boolean } unknown)
        {
            frame.Doubting(UnknownRules.Truth, unknown.Cause);
        }

        return true;
    }

    public static bool AreEqual(Frame frame, Value left, Value right)
    {
        if (left.IsUndefined || right.IsUndefined)
        {
            return false;
        }

        if (!frame.Tracks || (!left.HasUnknowns && !right.HasUnknowns))
        {
            return left.Equals(right);
        }

        frame.Note(UnknownRules.Equality);
        var answer = UnknownEquality.Equal(left, right);
        if (answer == Tri.Possible)
        {
            frame.Doubting(UnknownRules.Equality, Unknowns.CauseOf([left, right]));
        }

        return answer != Tri.No;
    }

    /// <summary>Visits the members of a collection; true where the visit stopped it.</summary>
    /// <param name="isOrdered">In the order of keys, because the order can be seen.</param>
    public static bool Scan(Frame frame, Value collection, bool isOrdered, Func<Frame, Value, Value, bool> visit)
    {
        if (frame.Tracks && collection.HasUnknowns)
        {
            return ScanUnknown(frame, collection, isOrdered, visit);
        }

        var count = collection.Count;
        if (isOrdered && (collection.IsSet || collection.IsObject))
        {
            foreach (var i in Ordered(collection))
            {
                frame.Charge(1);
                if (visit(frame, collection.KeyAt(i), collection[i]))
                {
                    return true;
                }
            }

            return false;
        }

        for (var i = 0; i < count; i++)
        {
            frame.Charge(1);
            if (visit(frame, collection.KeyAt(i), collection[i]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A value made while judging, of which nothing is known but that it is there.</summary>
    public static Value Fresh(string cause, ValueKind? kind = null) =>
        Value.Of(
            new Unknown
            {
                Cause = cause,
                Kind = kind,
                Present = true,
            }
        );

    public static bool MayBeCollection(Unknown unknown) =>
        unknown.Kind is null or ValueKind.Array or ValueKind.Object or ValueKind.Set;

    private static bool ScanUnknown(
        Frame frame,
        Value collection,
        bool isOrdered,
        Func<Frame, Value, Value, bool> visit
    )
    {
        if (collection.AsUnknown is { } unknown)
        {
            return MayBeCollection(unknown) && VisitRest(frame, collection, unknown.Cause, visit);
        }

        var order = isOrdered && !collection.IsArray ? Ordered(collection) : null;
        var (coincides, sure) = (frame.Coincides, collection.IsSet ? FirstSure(collection, order) : -1);
        var places = collection.IsArray && collection.IsOpen;
        for (var i = 0; i < collection.Count; i++)
        {
            var at = order is null ? i : order[i];
            frame.Charge(1);
            var member = collection[at];
            var key = places ? Fresh(collection.Open!.Cause, ValueKind.Number) : collection.KeyAt(at);
            var outer = frame.Doubt;
            if (collection.IsObject && Unknowns.MayBeAbsent(member))
            {
                frame.Doubting(UnknownRules.Reading, member.AsUnknown!.Cause);
            }

            if (collection.IsSet && at != sure && member.HasUnknowns)
            {
                frame.Coincides ??= new OpenMark(Unknowns.CauseOf([member]));
            }

            var stopped = visit(frame, key, member);
            (frame.Doubt, frame.Coincides) = (outer, coincides);
            if (stopped)
            {
                return true;
            }
        }

        return collection.Open is { } open && VisitRest(frame, collection, open.Cause, visit);
    }

    /// <summary>One possible solution stands for all members that are not shown; fresh each time, so that two never are the same.</summary>
    private static bool VisitRest(Frame frame, Value collection, string cause, Func<Frame, Value, Value, bool> visit)
    {
        frame.Charge(1);
        var outer = frame.Doubt;
        frame.Doubting(UnknownRules.Reading, cause);
        var member = Fresh(cause);
        var key = collection.Kind switch
        {
            ValueKind.Set => member,
            ValueKind.Array => Fresh(cause, ValueKind.Number),
            _ => Fresh(cause),
        };
        var isMany = frame.IsMany;
        frame.IsMany = true;
        var stopped = visit(frame, key, member);
        (frame.Doubt, frame.IsMany) = (outer, isMany);
        return stopped;
    }

    /// <summary>The member that is surely no other's twin: the first known one, since others may turn out to be it, else the first.</summary>
    private static int FirstSure(Value set, int[]? order)
    {
        for (var i = 0; i < set.Count; i++)
        {
            if (!set[i].HasUnknowns)
            {
                return i;
            }
        }

        return order is { Length: > 0 } ? order[0] : 0;
    }

    /// <summary>Places of the members in the order of their keys.</summary>
    public static int[] Ordered(Value collection)
    {
        var order = new int[collection.Count];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(order, (a, b) => collection.KeyAt(a).CompareTo(collection.KeyAt(b)));
        return order;
    }

    private static Value Perhaps(Frame frame, string cause)
    {
        frame.Doubting(UnknownRules.Reading, cause);
        return Fresh(cause);
    }

    /// <summary>Places in an open array are unknown: which of its members is at an index is not told.</summary>
    private static Value Item(Frame frame, Value array, Value key)
    {
        var mayBeIndex = key.AsUnknown is { } unknown
            ? unknown.Kind is null or ValueKind.Number
            : key.TryGetInt64(out var index) && index >= 0;
        if (!mayBeIndex)
        {
            return default;
        }

        if (array.Open is { } open)
        {
            return Perhaps(frame, open.Cause);
        }

        if (!key.IsUnknown)
        {
            return array[key];
        }

        return array.Count == 0 ? default : Perhaps(frame, key.AsUnknown!.Cause);
    }

    private static Value Field(Frame frame, Value map, Value key)
    {
        if (!key.HasUnknowns)
        {
            var member = map[key];
            if (member.IsDefined)
            {
                if (Unknowns.MayBeAbsent(member))
                {
                    frame.Doubting(UnknownRules.Reading, member.AsUnknown!.Cause);
                }

                return member;
            }

            return map.Open is { } open ? Perhaps(frame, open.Cause) : default;
        }

        var mayBeThere = map.IsOpen;
        for (var i = 0; i < map.Count && !mayBeThere; i++)
        {
            mayBeThere = UnknownEquality.Equal(map.KeyAt(i), key) != Tri.No;
        }

        return mayBeThere ? Perhaps(frame, Unknowns.CauseOf([key])) : default;
    }

    private static Value Element(Frame frame, Value set, Value key)
    {
        var answer = UnknownEquality.Contains(set, key);
        if (answer == Tri.No)
        {
            return default;
        }

        if (answer == Tri.Possible)
        {
            frame.Doubting(UnknownRules.Membership, Unknowns.CauseOf([set, key]));
        }

        return key;
    }
}
