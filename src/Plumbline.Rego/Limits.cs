namespace Plumbline.Rego;

/// <summary>What one evaluation may cost; counted, so that the answer is the same on every machine.</summary>
/// <param name="MaxSteps">Operations of the compiled plan: a statement entered, a member of a collection visited, a call.</param>
/// <param name="MaxValueBytes">Bytes of results built, as canonical JSON would write them.</param>
/// <param name="MaxDepth">Calls of rules and functions inside one another.</param>
public sealed record Limits(long MaxSteps = 50_000_000, long MaxValueBytes = 256 << 20, int MaxDepth = 256)
{
    public static Limits Default { get; } = new();
}

/// <summary>An evaluation was more than its limits allow; its verdict is unknown.</summary>
public sealed class BudgetException(string limit) : Exception($"the evaluation needs more than {limit}");
