using Plumbline.Rego.Compiling;
using Plumbline.Values;

namespace Plumbline.Rego.Testing;

/// <summary>A rule whose name begins with <c>test_</c>, or with <c>todo_test_</c>, which is not run.</summary>
public sealed class RegoTest
{
    internal RegoTest(RuleSource rule, RuleSet rules, int body, string name)
    {
        (Rules, Body, Name) = (rules, body, name);
        Package = "data." + string.Join('.', rule.Module.Package);
        (PolicySource, Span) = (rule.Module.Source, rule.Rule.Span);
        IsSkipped = rules.Path[^1].StartsWith(TestRunner.TodoPrefix, StringComparison.Ordinal);
    }

    /// <summary>From <c>data</c> on, e.g. <c>data.main</c>.</summary>
    public string Package { get; }

    /// <summary>In its package, e.g. <c>test_deny</c>; a second rule of that name is <c>test_deny#01</c>, as with OPA.</summary>
    public string Name { get; }

    public SourceText PolicySource { get; }

    public SourceSpan Span { get; }

    /// <summary>Written as <c>todo_test_…</c>.</summary>
    public bool IsSkipped { get; }

    internal RuleSet Rules { get; }

    internal int Body { get; }

    public override string ToString() => $"{Package}.{Name}";
}
