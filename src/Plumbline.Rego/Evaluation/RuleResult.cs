using Plumbline.Values;

namespace Plumbline.Rego.Evaluation;

/// <summary>What a set of rules came to.</summary>
/// <param name="Value">Undefined where no body had a solution.</param>
/// <param name="Doubt">Why it is only possible that there is a value; null where that is certain.</param>
/// <param name="Steps">What it cost: charged again whenever it is taken from memory.</param>
internal sealed record RuleResult(Value Value, Causes? Doubt, long Steps, long Bytes)
{
    public static RuleResult Undefined { get; } = new(default, null, 0, 0);

    /// <summary>Members of a partial set that are only possible, with their causes.</summary>
    public IReadOnlyList<(Value Member, Causes Causes)> Possible { get; init; } = [];
}
