namespace Plumbline.Values;

/// <summary>Equality, order and hash of values, whichever way they are held.</summary>
internal static class Comparing
{
    public static bool AreEqual(Value left, Value right)
    {
        if (left.Same(right))
        {
            return true;
        }

        var kind = left.Kind;
        if (kind != right.Kind)
        {
            return false;
        }

        return kind switch
        {
            ValueKind.String => left.Utf8.Equals(right.Utf8),
            ValueKind.Number => !Value.BothIntegers(left, right) && left.AsNumber.Equals(right.AsNumber),
            ValueKind.Array => ArraysEqual(left, right),
            ValueKind.Object => ObjectsEqual(left, right),
            ValueKind.Set => SetsEqual(left, right),
            ValueKind.Unknown => left.AsUnknown!.Id is { } id && id == right.AsUnknown!.Id,
            _ => false,
        };
    }

    public static int Compare(Value left, Value right)
    {
        if (left.Same(right))
        {
            return 0;
        }

        var kind = left.Kind;
        if (kind != right.Kind)
        {
            return kind.CompareTo(right.Kind);
        }

        return kind switch
        {
            ValueKind.Boolean => left.Word.CompareTo(right.Word),
            ValueKind.String => left.Utf8.CompareTo(right.Utf8),
            ValueKind.Number => Value.BothIntegers(left, right)
                ? left.Word.CompareTo(right.Word)
                : left.AsNumber.CompareTo(right.AsNumber),
            ValueKind.Array => CompareInOrder(left, right),
            ValueKind.Object => CompareObjects(left, right),
            ValueKind.Set => CompareSets(left, right),
            ValueKind.Unknown => string.CompareOrdinal(left.AsUnknown!.Display, right.AsUnknown!.Display),
            _ => 0,
        };
    }

    public static int Hash(Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.String:
                return value.Utf8.GetHashCode();
            case ValueKind.Number:
                return value.TryGetInt64(out var small) ? small.GetHashCode() : value.AsNumber.GetHashCode();
            case ValueKind.Array:
            {
                var hash = new HashCode();
                for (var i = 0; i < value.Count; i++)
                {
                    hash.Add(Hash(value[i]));
                }

                return hash.ToHashCode();
            }

            case ValueKind.Object:
            {
                // Order does not count, so the members' hashes are added.
                var sum = 17;
                for (var i = 0; i < value.Count; i++)
                {
                    sum += HashCode.Combine(Hash(value.KeyAt(i)), Hash(value[i]));
                }

                return sum;
            }

            case ValueKind.Set:
            {
                var sum = 19;
                for (var i = 0; i < value.Count; i++)
                {
                    sum += Hash(value[i]);
                }

                return sum;
            }

            case ValueKind.Unknown:
                return value.AsUnknown!.Id is { } id
                    ? string.GetHashCode(id, StringComparison.Ordinal)
                    : System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(value.AsUnknown);
            default:
                return HashCode.Combine(value.Kind, value.Word);
        }
    }

    /// <summary>Indexes of a collection's members in the order of their keys.</summary>
    public static int[] Order(Value collection)
    {
        var order = new int[collection.Count];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(order, (a, b) => Compare(collection.KeyAt(a), collection.KeyAt(b)));
        return order;
    }

    private static bool ArraysEqual(Value left, Value right)
    {
        if (left.Count != right.Count || left.IsOpen || right.IsOpen)
        {
            return false;
        }

        for (var i = 0; i < left.Count; i++)
        {
            if (!AreEqual(left[i], right[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool ObjectsEqual(Value left, Value right)
    {
        if (left.Count != right.Count || left.IsOpen || right.IsOpen)
        {
            return false;
        }

        for (var i = 0; i < left.Count; i++)
        {
            var other = right[left.KeyAt(i)];
            if (other.IsUndefined || !AreEqual(left[i], other))
            {
                return false;
            }
        }

        return true;
    }

    private static bool SetsEqual(Value left, Value right)
    {
        if (left.Count != right.Count || left.IsOpen || right.IsOpen)
        {
            return false;
        }

        for (var i = 0; i < left.Count; i++)
        {
            if (right[left[i]].IsUndefined)
            {
                return false;
            }
        }

        return true;
    }

    private static int CompareInOrder(Value left, Value right)
    {
        var shared = Math.Min(left.Count, right.Count);
        for (var i = 0; i < shared; i++)
        {
            var order = Compare(left[i], right[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return left.Count.CompareTo(right.Count);
    }

    private static int CompareObjects(Value left, Value right)
    {
        ReadOnlySpan<int> leftOrder = Order(left);
        ReadOnlySpan<int> rightOrder = Order(right);
        var shared = Math.Min(leftOrder.Length, rightOrder.Length);
        for (var i = 0; i < shared; i++)
        {
            var order = Compare(left.KeyAt(leftOrder[i]), right.KeyAt(rightOrder[i]));
            order = order != 0 ? order : Compare(left[leftOrder[i]], right[rightOrder[i]]);
            if (order != 0)
            {
                return order;
            }
        }

        return leftOrder.Length.CompareTo(rightOrder.Length);
    }

    private static int CompareSets(Value left, Value right)
    {
        ReadOnlySpan<int> leftOrder = Order(left);
        ReadOnlySpan<int> rightOrder = Order(right);
        var shared = Math.Min(leftOrder.Length, rightOrder.Length);
        for (var i = 0; i < shared; i++)
        {
            var order = Compare(left[leftOrder[i]], right[rightOrder[i]]);
            if (order != 0)
            {
                return order;
            }
        }

        return leftOrder.Length.CompareTo(rightOrder.Length);
    }
}
