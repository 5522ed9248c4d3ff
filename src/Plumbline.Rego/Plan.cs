namespace Plumbline.Rego;

/// <summary>Which evaluator runs a policy.</summary>
public enum Plan
{
    /// <summary>Closures over slots: the fast one.</summary>
    Closures,

    /// <summary>The reference: interprets the same plan node by node.</summary>
    TreeWalker,
}
