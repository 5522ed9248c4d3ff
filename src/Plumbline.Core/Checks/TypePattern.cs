namespace Plumbline.Core.Checks;

/// <summary>Names resource types: one (<c>k8s/apps/Deployment</c>), all below a slash (<c>k8s/*</c>), or all (<c>*</c>).</summary>
internal static class TypePattern
{
    public static bool Matches(string pattern, string type) =>
        IsPattern(pattern, out var start) ? type.StartsWith(start, StringComparison.Ordinal) : pattern == type;

    /// <summary>Whether a type could be named by both.</summary>
    public static bool Overlap(string left, string right)
    {
        if (!IsPattern(left, out var start))
        {
            return Matches(right, left);
        }

        return Matches(left, right)
            || (IsPattern(right, out var other) && start.StartsWith(other, StringComparison.Ordinal));
    }

    private static bool IsPattern(string pattern, out string start)
    {
        start = pattern.EndsWith('*') ? pattern[..^1] : "";
        return pattern == "*" || start.EndsWith('/');
    }
}
