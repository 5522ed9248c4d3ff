using System.Collections.Immutable;
using Plumbline.Core;
using Plumbline.Core.Resources;
using Plumbline.Values;

namespace Plumbline.Targets.Hosts;

/// <summary>Something of a host that could not be read; it becomes one gap, which lists every place that it leaves untold.</summary>
/// <param name="Operation">e.g. <c>read /etc/shadow</c>.</param>
/// <param name="Permission">e.g. <c>root, or group shadow</c>; empty where that was not the reason.</param>
internal sealed record Missing(string Code, string Operation, string Permission, string Reason)
{
    private readonly HashSet<(string Key, string Pointer)> _places = [];

    /// <summary>What unknowns and open collections say of themselves, and are found again by.</summary>
    public string Cause => Permission.Length > 0 ? $"denied: {Operation}" : $"not read: {Operation}";

    /// <summary>A value that is surely there.</summary>
    public Value Present(ValueKind kind) =>
        Value.Of(
            new Unknown
            {
                Cause = Cause,
                Present = true,
                Kind = kind,
            }
        );

    /// <summary>A value that may not even be there.</summary>
    public Value Perhaps(ValueKind? kind = null) => Value.Of(new Unknown { Cause = Cause, Kind = kind });

    public OpenMark Open => new(Cause);

    public void Affects(ResourceKey key, JsonPointer place) => _places.Add((key.Text, place.Text));

    public Gap ToGap() =>
        new(Operation, Permission, Reason)
        {
            Code = Code,
            Affects =
            [
                .. _places
                    .OrderBy(p => p.Key, Ordinal.Comparer)
                    .ThenBy(p => p.Pointer, Ordinal.Comparer)
                    .Select(p => new GapScope(p.Key, "", JsonPointer.Parse(p.Pointer))),
            ],
        };
}
