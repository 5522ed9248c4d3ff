using Plumbline.Values;

namespace Plumbline.Rego.Compiling;

/// <summary>Collects what is wrong, so that all of it is reported at once.</summary>
internal sealed class Faults
{
    private readonly List<Diagnostic> _all = [];
    private readonly HashSet<(string, SourceSpan, string)> _seen = [];

    public bool Any { get; private set; }

    public IReadOnlyList<Diagnostic> All =>
        [.. _all.OrderBy(d => d.Source.Name, StringComparer.Ordinal).ThenBy(d => d.Span.Start)];

    public void Add(Diagnostic diagnostic)
    {
        if (_seen.Add((diagnostic.Source.Name, diagnostic.Span, diagnostic.Message)))
        {
            _all.Add(diagnostic);
            Any |= diagnostic.Severity == DiagnosticSeverity.Error;
        }
    }

    public void Compile(SourceText source, SourceSpan span, string message, string? hint = null) =>
        Add(new Diagnostic("rego_compile_error", source, span, message) { Hint = hint });

    public void Type(SourceText source, SourceSpan span, string message, string? hint = null) =>
        Add(new Diagnostic("rego_type_error", source, span, message) { Hint = hint });

    public void Unsafe(SourceText source, SourceSpan span, string variable, string? hint = null) =>
        Add(new Diagnostic("rego_unsafe_var_error", source, span, $"var {variable} is unsafe") { Hint = hint });

    public void Warn(SourceText source, SourceSpan span, string message, string hint) =>
        Add(
            new Diagnostic("rego_compile_error", source, span, message)
            {
                Severity = DiagnosticSeverity.Warning,
                Hint = hint,
            }
        );

    public void Recursion(SourceText source, SourceSpan span, string message) =>
        Add(new Diagnostic("rego_recursion_error", source, span, message));
}
