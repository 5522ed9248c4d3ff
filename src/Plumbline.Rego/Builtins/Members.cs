using Plumbline.Values;

namespace Plumbline.Rego.Builtins;

/// <summary>Walking the members of collections in Rego's order, which is not the order in which they are held.</summary>
internal static class Members
{
    /// <summary>Indexes of the members: an array's as they stand, an object's and a set's in the order of their keys.</summary>
    public static int[] Order(Value collection)
    {
        var order = new int[collection.Count];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        if (!collection.IsArray)
        {
            Array.Sort(order, (a, b) => collection.KeyAt(a).CompareTo(collection.KeyAt(b)));
        }

        return order;
    }

    /// <summary>The members of an array as they stand, of a set in order.</summary>
    public static Value[] InOrder(Value arrayOrSet)
    {
        var items = new Value[arrayOrSet.Count];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = arrayOrSet[i];
        }

        if (arrayOrSet.IsSet)
        {
            Array.Sort(items);
        }

        return items;
    }

    /// <summary>Says that a collection holds what it must not: <c>must be array of strings but got array containing number</c>.</summary>
    public static Answer WrongMember(int operand, Value collection, Value member, string wanted)
    {
        var kind = TypeNames.Of(collection);
        return Answer.WrongType(operand, $"{kind} of {wanted}s", $"{kind} containing {TypeNames.Of(member)}");
    }
}
