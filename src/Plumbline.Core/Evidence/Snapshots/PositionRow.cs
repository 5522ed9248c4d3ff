using System.Collections.Immutable;
using Plumbline.Core.Resources;
using Plumbline.Values;

namespace Plumbline.Core.Evidence.Snapshots;

/// <summary>Where one resource stood: its file, and line and column of the places that a finding names.</summary>
/// <remarks>
/// <code>
/// {"at": {pointer: [line, column]}, "file", "key"}
/// </code>
/// The empty pointer is the whole document. Of a value that is not written, the position is that of its nearest parent.
/// </remarks>
internal sealed record PositionRow(ResourceKey Key, string File, ImmutableSortedDictionary<JsonPointer, Position> At)
{
    /// <param name="places">What parts of the resource's findings name.</param>
    public static PositionRow Of(Resource resource, IEnumerable<JsonPointer> places)
    {
        var at = ImmutableSortedDictionary.CreateBuilder<JsonPointer, Position>();
        foreach (var place in places.Append(JsonPointer.Root))
        {
            if (resource.Observed.PositionOf(place) is { Line: > 0 } position)
            {
                at[place] = position;
            }
        }

        return new PositionRow(resource.Key, resource.Observed.File, at.ToImmutable());
    }

    /// <summary>With the position of every value that is written.</summary>
    public static PositionRow OfAll(Resource resource) => Of(resource, resource.Observed.Places());

    public Value ToValue() =>
        new ObjectBuilder
        {
            ["at"] = StoredValue.Map(
                At.Select(p => KeyValuePair.Create(p.Key.Text, p.Value)),
                p => Value.ArrayOf(p.Line, p.Column)
            ),
            ["file"] = File,
            ["key"] = Key.Text,
        }.ToValue();

    public static PositionRow Read(StoredObject row) =>
        new(
            ManifestRow.ReadKey(row),
            row.Text("file"),
            row.Entries("at")
                .ToImmutableSortedDictionary(
                    e => JsonPointer.Parse(e.Key),
                    e =>
                        e.Value is { IsArray: true, Count: 2 }
                        && e.Value[0].TryGetInt64(out var line)
                        && e.Value[1].TryGetInt64(out var column)
                            ? new Position((int)line, (int)column)
                            : throw row.Expected("at", "a line and a column")
                )
        );

    public Observation ToObservation() => new(File, null) { Kept = At };
}
