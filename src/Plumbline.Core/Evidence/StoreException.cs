namespace Plumbline.Core.Evidence;

/// <summary>The store refused: read-only, full, damaged, too new, or its keys are not as they must be.</summary>
/// <remarks>What was sealed before is untouched. Nothing of the request that failed was acknowledged.</remarks>
/// <param name="code">Stable fault code, <c>PLB-4nnn</c>.</param>
/// <param name="message">Path, cause and what to do; lower-case, without a stop.</param>
public sealed class StoreException(string code, string message, Exception? cause = null) : Exception(message, cause)
{
    public string Code { get; } = code;

    /// <summary>One blob is missing, altered or erased; the store itself is as it should be.</summary>
    public bool ConcernsBlob => Code is "PLB-4031" or "PLB-4032" or "PLB-4033";
}
