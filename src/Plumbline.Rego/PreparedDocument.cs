using Plumbline.Rego.Compiling;
using Plumbline.Rego.Syntax;

namespace Plumbline.Rego;

/// <summary>A document that the rules of a policy make, ready to be asked by any thread.</summary>
public sealed class PreparedDocument
{
    internal PreparedDocument(RuleSet rules) => Rules = rules;

    internal RuleSet Rules { get; }

    /// <summary>e.g. <c>data.checks.kubernetes.k8s_host_pid.deny</c>.</summary>
    public string Path => Rules.Name;

    /// <summary>Whether it is a set that rules add members to.</summary>
    public bool IsSet => Rules.Kind == RuleKind.PartialSet;
}
