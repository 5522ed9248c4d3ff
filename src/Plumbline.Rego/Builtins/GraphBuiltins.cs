using System.Collections.Immutable;
using Plumbline.Values;

namespace Plumbline.Rego.Builtins;

/// <summary>The "Graph" functions of the Rego reference: a graph is an object from node to its neighbours.</summary>
internal static class GraphBuiltins
{
    public static readonly Builtin[] All =
    [
        Builtin.Of<AnObject, AnArrayOrSet>("graph.reachable", Reachable),
        Builtin.Of<AnObject, AnArrayOrSet>("graph.reachable_paths", ReachablePaths),
        Builtin.Of<Value>("walk", Walk),
    ];

    /// <summary>The nodes of the graph that can be reached, the first ones included.</summary>
    private static Answer Reachable(IBuiltinContext context, AnObject graph, AnArrayOrSet initial)
    {
        var reached = new SetBuilder();
        var queue = new Queue<Value>(Members.InOrder(initial.Value));
        while (queue.TryDequeue(out var node))
        {
            context.Charge(1);
            var edges = graph.Value[node];
            if (edges.IsUndefined || !reached.Add(node))
            {
                continue;
            }

            foreach (var neighbour in Neighbours(edges))
            {
                queue.Enqueue(neighbour);
            }
        }

        return reached.ToValue();
    }

    /// <summary>Every path from one of the first nodes to where it cannot go on, or would come to a node a second time.</summary>
    private static Answer ReachablePaths(IBuiltinContext context, AnObject graph, AnArrayOrSet initial)
    {
        var paths = new SetBuilder();
        foreach (var node in Members.InOrder(initial.Value))
        {
            if (graph.Value[node].IsDefined)
            {
                Follow(context, graph.Value, node, [], paths);
            }
        }

        return paths.ToValue();
    }

    private static void Follow(
        IBuiltinContext context,
        Value graph,
        Value start,
        ImmutableArray<Value> before,
        SetBuilder paths
    )
    {
        var stack = new Stack<(Value Node, ImmutableArray<Value> Path)>([(start, before)]);
        while (stack.TryPop(out var at))
        {
            context.Charge(1 + at.Path.Length);
            var edges = graph[at.Node];
            if (edges.IsUndefined || at.Path.Contains(at.Node))
            {
                paths.Add(Value.ArrayOf(at.Path.AsSpan()));
                continue;
            }

            var path = at.Path.Add(at.Node);
            var neighbours = Neighbours(edges);
            if (neighbours.Length == 0)
            {
                paths.Add(Value.ArrayOf(path.AsSpan()));
            }

            foreach (var neighbour in neighbours)
            {
                stack.Push((neighbour, path));
            }
        }
    }

    /// <summary>What is no collection of nodes, such as null, leads nowhere.</summary>
    private static Value[] Neighbours(Value edges) => edges.IsArray || edges.IsSet ? Members.InOrder(edges) : [];

    /// <summary>Every value inside the value with the path to it, as an array of pairs: a collection before its members.</summary>
    private static Answer Walk(IBuiltinContext context, Value value)
    {
        var found = new ArrayBuilder();
        var stack = new Stack<(ImmutableArray<Value> Path, Value Value)>([([], value)]);
        while (stack.TryPop(out var at))
        {
            context.Charge(1 + at.Path.Length);
            found.Add(Value.ArrayOf(Value.ArrayOf(at.Path.AsSpan()), at.Value));
            if (!at.Value.IsCollection)
            {
                continue;
            }

            foreach (var i in Members.Order(at.Value).Reverse())
            {
                stack.Push((at.Path.Add(at.Value.KeyAt(i)), at.Value[i]));
            }
        }

        return found.Build();
    }
}
