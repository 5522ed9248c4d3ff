using System.Collections.Immutable;
using Plumbline.Values;

namespace Plumbline.Policies.Tests.Checks;

/// <summary>A document with the members of its lists in other orders.</summary>
internal static class Reordered
{
    /// <summary>Every list turned round, and every list begun with each of its members; members of objects turned round.</summary>
    public static IEnumerable<Value> All(Value document)
    {
        yield return With(document, members => members.Reverse());
        for (var first = 1; first < Longest(document); first++)
        {
            var at = first;
            yield return With(document, members => [.. members.Skip(at), .. members.Take(at)]);
        }
    }

    private static Value With(Value value, Func<ImmutableArray<int>, IEnumerable<int>> order)
    {
        if (!value.IsCollection)
        {
            return value;
        }

        var members = order([.. Enumerable.Range(0, value.Count)]);
        if (value.IsArray)
        {
            var items = new ArrayBuilder { Open = value.Open };
            foreach (var i in members)
            {
                items.Add(With(value[i], order));
            }

            return items.Build();
        }

        var map = new ObjectBuilder { Open = value.Open };
        foreach (var i in members)
        {
            map[value.KeyAt(i)] = With(value[i], order);
        }

        return map.ToValue();
    }

    private static int Longest(Value value) =>
        value.IsCollection
            ? Enumerable
                .Range(0, value.Count)
                .Select(i => Longest(value[i]))
                .Append(value.IsArray ? value.Count : 0)
                .Max()
            : 0;
}
