namespace Plumbline.Core.Evidence;

/// <summary>One leaf of the log as it is stored: the bytes are the truth and are never serialized again.</summary>
/// <param name="Index">Its place, from 0.</param>
/// <param name="LeafHash">The stored leaf hash. Reading does not recompute it; verifying does.</param>
/// <param name="Label">n of <c>A-n</c> where the entry is an assessment.</param>
public sealed record LedgerEntry(long Index, ReadOnlyMemory<byte> LeafHash, ReadOnlyMemory<byte> Data, int? Label)
{
    /// <summary>C2SP tlog-tiles: entry bundles carry 16-bit lengths.</summary>
    public const int MaxBytes = ushort.MaxValue;
}
