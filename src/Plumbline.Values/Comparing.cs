using System.Runtime.CompilerServices;

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

    public static int Hash(Value value) =>
        value.Kind switch
        {
            ValueKind.String => value.Utf8.GetHashCode(),
            ValueKind.Number => value.TryGetInt64(out var small) ? Hashing.Of(small) : value.AsNumber.GetHashCode(),
            ValueKind.Array => HashInOrder(value),
            ValueKind.Object => HashMembers(value),
            ValueKind.Set => HashItems(value),
            ValueKind.Unknown => value.AsUnknown!.Id is { } id
                ? string.GetHashCode(id, StringComparison.Ordinal)
                : RuntimeHelpers.GetHashCode(value.AsUnknown),
            var kind => Hashing.Then((int)kind, (int)value.Word),
        };

    /// <summary>Indexes of a collection's members in the order of their keys; of keys that compare as equal as they came.</summary>
    public static int[] Order(Value collection)
    {
        var order = new int[collection.Count];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(
            order,
            (a, b) => Compare(collection.KeyAt(a), collection.KeyAt(b)) is var found and not 0 ? found : a.CompareTo(b)
        );
        return order;
    }

    private static int HashInOrder(Value array)
    {
        var hash = array.Count;
        for (var i = 0; i < array.Count; i++)
        {
            hash = Hashing.Then(hash, Hash(array[i]));
        }

        return hash;
    }

    /// <summary>Order does not count, so the hashes of the members are added.</summary>
    private static int HashMembers(Value value)
    {
        var sum = 17;
        for (var i = 0; i < value.Count; i++)
        {
            sum += Hashing.Then(Hash(value.KeyAt(i)), Hash(value[i]));
        }

        return sum;
    }

    private static int HashItems(Value set)
    {
        var sum = 19;
        for (var i = 0; i < set.Count; i++)
        {
            sum += Hash(set[i]);
        }

        return sum;
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
