using System.Globalization;
using Plumbline.Values;

namespace Plumbline.Rego;

/// <summary>An evaluation ended in an error: OPA's code, and the place in the policy.</summary>
/// <param name="code"><c>eval_conflict_error</c>, <c>eval_builtin_error</c>, <c>eval_type_error</c>.</param>
public sealed class RegoException(string code, string message, SourceText? source, SourceSpan span)
    : Exception(
        source is null
            ? $"{code}: {message}"
            : string.Create(CultureInfo.InvariantCulture, $"{source.Name}:{span.Line}: {code}: {message}")
    )
{
    public string Code { get; } = code;

    /// <summary>The message without place and code.</summary>
    public string Reason { get; } = message;

    public SourceText? PolicySource { get; } = source;

    public SourceSpan Span { get; } = span;
}
