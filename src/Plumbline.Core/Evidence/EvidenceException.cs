namespace Plumbline.Core.Evidence;

/// <summary>Evidence is not what was sealed, or cannot be read any more.</summary>
public sealed class EvidenceException(Discrepancy discrepancy, Exception? cause = null)
    : Exception(discrepancy.ToString(), cause)
{
    public Discrepancy Discrepancy { get; } = discrepancy;
}
