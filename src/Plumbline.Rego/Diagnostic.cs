using System.Globalization;
using System.Text;
using Plumbline.Values;

namespace Plumbline.Rego;

/// <summary>A text under its name, which diagnostics and spans refer to.</summary>
/// <param name="Name">Path as the user knows it; forward slashes.</param>
/// <param name="Bytes">UTF-8; must not change.</param>
public sealed record SourceText(string Name, byte[] Bytes)
{
    public static SourceText Of(string name, string text) => new(name, Encoding.UTF8.GetBytes(text));

    /// <summary>Line <paramref name="line"/> (from 1) without its end.</summary>
    public string Line(int line)
    {
        var start = 0;
        for (var i = 1; i < line; i++)
        {
            var end = Array.IndexOf(Bytes, (byte)'\n', start);
            if (end < 0)
            {
                return "";
            }

            start = end + 1;
        }

        var length = Bytes.AsSpan(start).IndexOf((byte)'\n');
        return Encoding.UTF8.GetString(Bytes.AsSpan(start, length < 0 ? Bytes.Length - start : length)).TrimEnd('\r');
    }

    public string Text(SourceSpan span) => Encoding.UTF8.GetString(Bytes.AsSpan(span.Start, span.Length));
}

public enum DiagnosticSeverity
{
    Error,
    Warning,
}

/// <summary>What is wrong with a policy, and where.</summary>
/// <param name="Code">OPA's: <c>rego_parse_error</c>, <c>rego_unsafe_var_error</c>, <c>rego_type_error</c>, <c>rego_recursion_error</c>, <c>rego_compile_error</c>.</param>
public sealed record Diagnostic(string Code, SourceText Source, SourceSpan Span, string Message)
{
    public DiagnosticSeverity Severity { get; init; } = DiagnosticSeverity.Error;

    /// <summary>What to do about it, where that is known.</summary>
    public string? Hint { get; init; }

    /// <summary><c>file:line:column: code: message</c>, the source line, and a caret under the place.</summary>
    public override string ToString()
    {
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"{Source.Name}:{Span.Line}:{Span.Column}: {Code}: {Message}"
        );
        var line = Source.Line(Span.Line);
        // The caret's line repeats tabs, so that it stands under the place whatever a tab is wide.
        var before = Encoding.UTF8.GetString(
            Encoding.UTF8.GetBytes(line).AsSpan(0, Math.Min(Span.Column - 1, Encoding.UTF8.GetByteCount(line)))
        );
        var pad = string.Concat(before.Select(c => c == '\t' ? '\t' : ' '));
        var carets = new string('^', Math.Max(1, Math.Min(Span.Length, line.Length - before.Length)));
        var hint = Hint is null ? "" : $"\n  = {Hint}";
        return $"{head}\n  {line}\n  {pad}{carets}{hint}";
    }
}

/// <summary>A set of policies that does not load: every fault at once.</summary>
public sealed class PolicyException(IReadOnlyList<Diagnostic> diagnostics)
    : Exception(string.Join('\n', diagnostics.Select(d => d.ToString())))
{
    public IReadOnlyList<Diagnostic> Diagnostics { get; } = diagnostics;
}
