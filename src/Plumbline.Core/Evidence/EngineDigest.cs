using System.Reflection;
using System.Text;

namespace Plumbline.Core.Evidence;

/// <summary>Names the programs that verdicts come from: another engine is compared verdict by verdict (CONTRACTS §6, "Statement").</summary>
/// <remarks>
/// <code>
/// SHA-256 of lines, by name:    Plumbline.Core 6e0ad7b6-…     simple name, module version id
///               the last:       runtime 10.0.1
/// </code>
/// Builds are deterministic and free of paths and commits, so equal sources give equal ids.
/// </remarks>
public static class EngineDigest
{
    /// <param name="assemblies">Of Values, Rego, Languages, Core and Policies, in any order.</param>
    /// <param name="runtime">Version of the runtime; outside tests <see cref="Environment.Version"/>.</param>
    public static string Of(IEnumerable<Assembly> assemblies, Version runtime)
    {
        var lines = assemblies
            .Select(a => $"{a.GetName().Name} {a.ManifestModule.ModuleVersionId:D}\n")
            .Distinct(StringComparer.Ordinal)
            .Order(Ordinal.Comparer)
            .Append($"runtime {runtime}\n");
        return ContentDigest.Of(Encoding.UTF8.GetBytes(string.Concat(lines)));
    }
}
