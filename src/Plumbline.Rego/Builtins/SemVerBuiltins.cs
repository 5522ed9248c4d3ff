using Plumbline.Values;

namespace Plumbline.Rego.Builtins;

/// <summary>The "SemVer" functions of the Rego reference.</summary>
internal static class SemVerBuiltins
{
    public static readonly Builtin[] All =
    [
        Builtin.Of<Value>("semver.is_valid", v => v.IsString && SemVer.Parse(v.Utf8.ToString()) is not null),
        Builtin.Of<Utf8, Utf8>("semver.compare", Compare),
    ];

    /// <summary>-1, 0 or 1.</summary>
    private static Answer Compare(Utf8 a, Utf8 b)
    {
        if (SemVer.Parse(a.ToString()) is not { } left)
        {
            return NoVersion(1, a);
        }

        return SemVer.Parse(b.ToString()) is { } right ? (long)left.CompareTo(right) : NoVersion(2, b);
    }

    private static Answer NoVersion(int operand, Utf8 text) =>
        Answer.Invalid($"operand {operand}: string {Value.Of(text)} is not a valid SemVer");
}
