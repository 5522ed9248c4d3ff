namespace Plumbline.Rego;

/// <summary>What one evaluation may cost; counted, so that the answer is the same on every machine.</summary>
/// <param name="MaxSteps">Operations of the compiled plan: a statement entered, a member of a collection visited, a body entered.</param>
/// <param name="MaxValueBytes">Bytes of results built, as canonical JSON would write them.</param>
/// <param name="MaxDepth">Rules and functions inside one another; bounds the stack.</param>
public sealed record Limits(long MaxSteps = 50_000_000, long MaxValueBytes = 256 << 20, int MaxDepth = 256)
{
    public static Limits Default { get; } = new();

    /// <summary>The last resort, for work that steps do not see: it depends on the machine, so what it ends cannot be replayed.</summary>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromSeconds(5);
}

/// <summary>An evaluation was more than its limits allow; its verdict is unknown.</summary>
/// <param name="limit">What it would have needed more of, e.g. <c>50,000,000 steps</c>.</param>
public sealed class BudgetException(string limit) : Exception($"the evaluation needs more than {limit}")
{
    /// <summary>The limit was the machine's, of time or of the stack: judging again may end otherwise.</summary>
    public bool IsTime { get; init; }
}
