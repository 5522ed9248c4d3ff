namespace Plumbline.Core.Evidence;

/// <summary>Something stored that is not what was sealed.</summary>
/// <param name="Place">What differs, e.g. <c>entry 17</c>, <c>tile 0/3</c>, <c>blob sha256:…</c>.</param>
/// <param name="Expected">What it should be.</param>
/// <param name="Found">What it is.</param>
public sealed record Discrepancy(string Place, string Expected, string Found)
{
    public override string ToString() => $"{Place}: expected {Expected}, got {Found}";
}
