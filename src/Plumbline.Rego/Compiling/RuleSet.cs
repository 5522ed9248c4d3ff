using System.Collections.Immutable;
using Plumbline.Rego.Plans;
using Plumbline.Rego.Syntax;

namespace Plumbline.Rego.Compiling;

/// <summary>All rules of one name, which together make one document: a value, a set, an object or a function.</summary>
internal sealed class RuleSet(int id, ImmutableArray<string> path)
{
    /// <summary>Place in the policy's tables of rules and memos.</summary>
    public int Id { get; } = id;

    /// <summary>Below <c>data</c>.</summary>
    public ImmutableArray<string> Path { get; } = path;

    public string Name { get; } = "data." + string.Join('.', path);

    public List<RuleSource> Sources { get; } = [];

    public RuleKind Kind { get; set; }

    /// <summary>What the rules were compiled to; set once, before anything is evaluated.</summary>
    public RulePlan Plan { get; set; } = null!;

    /// <summary>Documents that its bodies read: for the detection of recursion.</summary>
    public HashSet<RuleSet> Reads { get; } = [];

    public int Arity => Sources.Count == 0 ? 0 : Sources[0].Rule.Head.Parameters.Length;

    public override string ToString() => Name;
}

/// <summary>A rule as written, in its module; <paramref name="Keys"/> are those behind the document's path.</summary>
internal sealed record RuleSource(Module Module, Rule Rule, ImmutableArray<Term> Keys);

/// <summary>The tree of packages and rules below <c>data</c>.</summary>
internal sealed class VirtualNode
{
    public SortedDictionary<string, VirtualNode> Children { get; } = new(StringComparer.Ordinal);

    /// <summary>Set at a leaf.</summary>
    public RuleSet? Rules { get; set; }

    /// <summary>A module names it as its package: it is there, if only as an empty object.</summary>
    public bool IsPackage { get; set; }

    public VirtualNode Enter(string name)
    {
        if (!Children.TryGetValue(name, out var child))
        {
            Children.Add(name, child = new VirtualNode());
        }

        return child;
    }

    /// <summary>
    /// The part of the tree that a path can reach; null in it stands for any name. Below its end everything is reached.
    /// </summary>
    public VirtualNode Reached(ReadOnlySpan<string?> path)
    {
        if (path.Length == 0 || Rules is not null)
        {
            return this;
        }

        var part = new VirtualNode { IsPackage = IsPackage };
        foreach (var (name, child) in Children)
        {
            if (path[0] is null || path[0] == name)
            {
                part.Children.Add(name, child.Reached(path[1..]));
            }
        }

        return part;
    }

    /// <summary>Every document at or below this node, in the order of their paths.</summary>
    public IEnumerable<RuleSet> All() => Rules is not null ? [Rules] : Children.Values.SelectMany(c => c.All());
}
