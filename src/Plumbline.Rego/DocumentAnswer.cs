using System.Collections.Immutable;
using Plumbline.Values;

namespace Plumbline.Rego;

/// <summary>What a document came to.</summary>
/// <param name="Value">Undefined where no body surely or possibly had a solution. Of a set, the certain members.</param>
/// <param name="Doubt">Why it is only possible that there is a value; null where that is certain.</param>
public sealed record DocumentAnswer(Value Value, Causes? Doubt)
{
    /// <summary>Members of a partial set that are only possible, in the order of their values.</summary>
    public ImmutableArray<PossibleMember> Possible { get; init; } = [];
}

/// <summary>A member that is there in some completions of what was not told.</summary>
public sealed record PossibleMember(Value Member, Causes Causes);
