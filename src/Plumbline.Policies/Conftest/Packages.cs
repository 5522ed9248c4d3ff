using System.Collections.Immutable;
using Plumbline.Rego;
using Plumbline.Rego.Syntax;

namespace Plumbline.Policies.Conftest;

/// <summary>Packages of a policy by their names, as they are written: <c>kubernetes.security</c>. conftest calls them namespaces.</summary>
public static class Packages
{
    public static string NameOf(Module module) => SyntaxWriter.Write(module.Package);

    /// <summary>All of them, in the order in which their files were given.</summary>
    public static ImmutableArray<string> Of(Policy policy) => [.. policy.Modules.Select(NameOf).Distinct()];

    /// <summary>Those that one of the patterns names; a name without wildcard stands for itself, whether it is there or not.</summary>
    public static ImmutableArray<string> Select(Policy policy, IEnumerable<string> patterns) =>
        [
            .. patterns
                .SelectMany(p =>
                    GlobPattern.IsPattern(p) ? Of(policy).Where(name => GlobPattern.Matches(p, name)) : [p]
                )
                .Distinct(),
        ];
}
