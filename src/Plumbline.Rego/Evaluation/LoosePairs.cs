using Plumbline.Rego.Builtins;
using Plumbline.Values;

namespace Plumbline.Rego.Evaluation;

/// <summary>Pairs that an object may have under a key not told, or may not have at all: watched for a conflict among them (rule 10).</summary>
/// <remarks>Keys that are known are compared exactly; one that is not may be any other, so that a pair costs one look-up.</remarks>
internal sealed class LoosePairs
{
    private readonly Dictionary<Value, Value> _byKey = [];
    private Value _ofKnownKeys;
    private Value _ofUnknownKeys;
    private bool _knownDiffer;

    /// <summary>Whether two of them may give one key different values: then there may be an error instead of an object.</summary>
    public bool MayConflict { get; private set; }

    /// <param name="isMany">The pair stands for any number of them, one for each member of a collection that is not shown.</param>
    public void Add(Value key, Value value, bool isMany)
    {
        MayConflict |= isMany && value.HasUnknowns;
        if (key.HasUnknowns)
        {
            MayConflict |= _knownDiffer || Differ(_ofUnknownKeys, value) || Differ(_ofKnownKeys, value);
            _ofUnknownKeys = value;
            return;
        }

        MayConflict |= Differ(_ofUnknownKeys, value) || Differ(_byKey.GetValueOrDefault(key), value);
        _knownDiffer |= Differ(_ofKnownKeys, value);
        _ofKnownKeys = _byKey[key] = value;
    }

    private static bool Differ(Value other, Value value) =>
        other.IsDefined && UnknownEquality.Equal(other, value) != Tri.Yes;
}
