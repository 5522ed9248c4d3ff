using System.Collections.Immutable;
using Plumbline.Core.Judging;
using Plumbline.Rego;
using Plumbline.Rego.Syntax;

namespace Plumbline.Policies.Conftest;

/// <summary>A rule of a package that decides by its name.</summary>
/// <param name="Name">e.g. <c>deny</c>, <c>deny_run_as_root</c>, <c>violation</c>, <c>warn</c>.</param>
/// <param name="Count">How often it is written: what conftest calls its tests.</param>
public sealed record DecidingRule(string Name, int Count)
{
    private static readonly string[] Failing = ["deny", "violation"];
    private const string Warning = "warn";

    /// <summary>Set where the name makes a rule decide: <c>deny</c>, <c>violation</c>, <c>warn</c>, perhaps with parts of letters and digits behind <c>_</c>.</summary>
    public static Enforcement? EnforcementOf(string name)
    {
        var parts = name.Split('_');
        var isDeciding = parts.Skip(1).All(p => p.Length > 0 && p.All(char.IsAsciiLetterOrDigit));
        return !isDeciding ? null
            : Failing.Contains(parts[0]) ? Judging(Enforcement.Enforce)
            : parts[0] == Warning ? Judging(Enforcement.Warn)
            : null;

        static Enforcement? Judging(Enforcement enforcement) => enforcement;
    }

    public Enforcement Enforcement => EnforcementOf(Name)!.Value;

    /// <summary>What <c>exception</c> names it by: <c>run_as_root</c>; the empty text for a rule without such a part.</summary>
    public string Suffix => Name.IndexOf('_') is var at and >= 0 ? Name[(at + 1)..] : "";

    /// <summary>Those of one package, in the order in which they are first written.</summary>
    public static ImmutableArray<DecidingRule> Of(Policy policy, string package) =>
        [
            .. policy
                .Modules.Where(m => Packages.NameOf(m) == package)
                .SelectMany(m => m.Rules)
                .Where(r => r.Head.Name is [var name] && EnforcementOf(name) is not null)
                .GroupBy(r => r.Head.Name[0], StringComparer.Ordinal)
                .Select(g => new DecidingRule(g.Key, g.Count())),
        ];

    /// <summary>Rules that decide and can say nothing: <c>deny if …</c> is a truth, and not a set of messages.</summary>
    /// <remarks>conftest refuses them too: it would read every such failure as a success.</remarks>
    public static IEnumerable<Diagnostic> Mute(Policy policy) =>
        from module in policy.Modules
        from rule in module.Rules
        where
            rule.Head is { Kind: RuleKind.Complete, Name: [var name, ..], Value: null or Literal { Value.IsTrue: true } }
            && !rule.IsDefault
            && EnforcementOf(name) is not null
        select new Diagnostic(
            "rego_compile_error",
            module.Source,
            rule.Head.Span,
            $"expected `{rule.Head.Name[0]}` to be a set of messages, got a rule that is only true"
        )
        {
            Hint = $"write `{rule.Head.Name[0]} contains \"…\" if {{ … }}`",
        };
}
