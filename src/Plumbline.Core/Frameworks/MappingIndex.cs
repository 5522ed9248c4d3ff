using System.Collections.Immutable;
using Plumbline.Core.Checks;

namespace Plumbline.Core.Frameworks;

/// <summary>The mapping rows of all frameworks, read from either end, and what either end leaves without a partner.</summary>
public sealed class MappingIndex(IEnumerable<Framework> frameworks, IEnumerable<Check> checks)
{
    private readonly ImmutableArray<Framework> _frameworks = [.. frameworks.OrderBy(f => f.Id, Ordinal.Comparer)];
    private readonly ImmutableArray<Check> _checks = [.. checks.OrderBy(c => c.Id, Ordinal.Comparer)];

    /// <summary>What a check answers: the rows that decide first, then in the order of framework and file.</summary>
    public IEnumerable<(Framework Framework, MappingRow Row)> RequirementsOf(string check) =>
        _frameworks
            .SelectMany(f => f.Mappings.Where(m => m.Check == check).Select(m => (Framework: f, Row: m)))
            .OrderByDescending(m => m.Row.Decides);

    /// <summary>What answers a requirement: the rows that decide first, then in the order of the file.</summary>
    public IEnumerable<MappingRow> ChecksOf(Framework framework, string requirement) =>
        framework.Mappings.Where(m => m.Requirement == requirement).OrderByDescending(m => m.Decides);

    /// <summary>Checks that no framework names.</summary>
    public IEnumerable<Check> ChecksWithoutRequirement
    {
        get
        {
            var named = _frameworks.SelectMany(f => f.Mappings).Select(m => m.Check).ToHashSet(StringComparer.Ordinal);
            return _checks.Where(c => !named.Contains(c.Id));
        }
    }

    /// <summary>Checks that one framework does not name.</summary>
    public IEnumerable<Check> ChecksWithoutRequirementIn(Framework framework)
    {
        var named = framework.Mappings.Select(m => m.Check).ToHashSet(StringComparer.Ordinal);
        return _checks.Where(c => !named.Contains(c.Id));
    }

    /// <summary>Demands of a framework that no row leads from, whatever its state.</summary>
    public IEnumerable<Requirement> DemandsWithoutCheck(Framework framework)
    {
        var named = framework.Mappings.Select(m => m.Requirement).ToHashSet(StringComparer.Ordinal);
        return framework.Demands.Where(r => !named.Contains(r.Id));
    }
}
