using System.Globalization;
using Plumbline.Rego;
using Plumbline.Rego.Syntax;

namespace Plumbline.Policies.Conftest;

/// <summary>Policies as files: read, compiled together, and what is wrong with them told by the paths that the user knows.</summary>
/// <remarks>The engine knows them by <see cref="InputFile.Name"/>: an error of a policy may be sealed, and no path is.</remarks>
internal static class PolicyFiles
{
    public static bool IsPolicy(string name) => name.EndsWith(".rego", StringComparison.Ordinal);

    /// <exception cref="PolicyException">A text is wrong; every fault of every file is in it, under the user's path.</exception>
    public static Policy Compile(IReadOnlyList<InputFile> files, CompileOptions options)
    {
        var paths = files.ToDictionary(f => f.Name, f => f.Path, StringComparer.Ordinal);
        try
        {
            var policy = Policy.Compile(files.Select(f => new SourceText(f.Name, f.Bytes)), options);
            return DecidingRule.Mute(policy).ToList() is { Count: > 0 } mute ? throw new PolicyException(mute) : policy;
        }
        catch (PolicyException refused)
        {
            throw new PolicyException([
                .. refused.Diagnostics.Select(d => d with { Source = d.Source with { Name = paths[d.Source.Name] } }),
            ]);
        }
    }

    /// <summary>All faults as OPA prints them: <c>file:line: code: message</c>, a line each below their number if there are several.</summary>
    public static string Text(PolicyException refused)
    {
        var lines = refused
            .Diagnostics.Select(d =>
                string.Create(CultureInfo.InvariantCulture, $"{d.Source.Name}:{d.Span.Line}: {d.Code}: {d.Message}")
            )
            .ToList();
        return lines is [var only]
            ? $"1 error occurred: {only}"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{lines.Count} errors occurred:\n{string.Join('\n', lines)}"
            );
    }
}
