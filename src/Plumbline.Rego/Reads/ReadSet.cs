using System.Collections.Immutable;
using System.Globalization;
using Plumbline.Values;

namespace Plumbline.Rego.Reads;

/// <summary>The places that some documents of a policy read; found once, looked up in any input.</summary>
public sealed class ReadSet
{
    private readonly ImmutableArray<(ReadPath Path, ReadKind Kind)> _reads;

    internal ReadSet(IEnumerable<(ReadPath Path, ReadKind Kind)> reads)
    {
        var all = reads.ToList();
        _reads =
        [
            .. all.Where(r => !all.Exists(other => Tells(other, r)))
                .OrderBy(r => r.Path.ToString(), StringComparer.Ordinal)
                .ThenBy(r => r.Kind),
        ];
    }

    /// <summary>Whether one read tells all that another does: a value what lies below it, and whatever lies below a place that it is there.</summary>
    private static bool Tells((ReadPath Path, ReadKind Kind) read, (ReadPath Path, ReadKind Kind) other) =>
        read != other
        && (
            (read.Kind == ReadKind.Value && other.Path.IsWithin(read.Path))
            || (other.Kind == ReadKind.Presence && read.Path.IsWithin(other.Path))
        );

    /// <summary>Of what cannot be told apart: the whole input and all data.</summary>
    internal static ReadSet Everything { get; } =
        new([(new ReadPath(ReadPath.Input, []), ReadKind.Value), (new ReadPath(ReadPath.Data, []), ReadKind.Value)]);

    /// <summary>The places as rules name them, e.g. <c>input/spec/containers/*/image</c>; with <c>/</c> behind where only members count, <c>?</c> where only presence does.</summary>
    public IEnumerable<string> Places =>
        _reads.Select(r =>
            r.Path
            + r.Kind switch
            {
                ReadKind.Members => "/",
                ReadKind.Presence => "?",
                _ => "",
            }
        );

    /// <summary>What stands at the places: an array of entries, each once, in the order of their JCS.</summary>
    /// <remarks>
    /// <code>
    /// ["absent", place]              nothing stands there
    /// ["members", place, names]      which members an object has, sorted; of an array, how many
    /// ["present", place]             something does, whatever it is
    /// ["unknown", place, document]   it, or something in it, was not told: in the form of a stored document
    /// ["value", place, value]
    /// </code>
    /// A place is <c>input</c> or <c>data</c> and a JSON Pointer: <c>input/spec/containers/0/image</c>.
    /// </remarks>
    public Value In(Value input, Value data)
    {
        var entries = new SortedDictionary<string, Value>(StringComparer.Ordinal);
        foreach (var (path, kind) in _reads)
        {
            Visit(path.Root == ReadPath.Input ? input : data, path.Root, JsonPointer.Root, path.Steps.AsSpan(), kind);
        }

        return Value.ArrayOf([.. entries.Values]);

        void Visit(Value value, string root, JsonPointer at, ReadOnlySpan<string?> steps, ReadKind kind)
        {
            if (steps.IsEmpty || value.IsUndefined || value.IsUnknown)
            {
                var entry = EntryOf(value, root + at.Text, kind);
                entries[Jcs.ToText(entry)] = entry;
            }
            else if (steps[0] is { } name)
            {
                Visit(JsonPointer.Root.Append(name).Resolve(value), root, at.Append(name), steps[1..], kind);
            }
            else
            {
                for (var i = 0; i < value.Count; i++)
                {
                    var step = value.IsObject
                        ? value.KeyAt(i).Utf8.ToString()
                        : i.ToString(CultureInfo.InvariantCulture);
                    Visit(value[i], root, at.Append(step), steps[1..], kind);
                }
            }
        }
    }

    private static Value EntryOf(Value value, string place, ReadKind kind)
    {
        if (value.IsUndefined)
        {
            return Value.ArrayOf("absent", place);
        }

        if (kind == ReadKind.Presence && !value.IsUnknown)
        {
            return Value.ArrayOf("present", place);
        }

        if (kind == ReadKind.Members && value.IsCollection && !value.IsOpen)
        {
            return Value.ArrayOf("members", place, value.IsObject ? NamesOf(value) : Value.Of(value.Count));
        }

        return value.HasUnknowns
            ? Value.ArrayOf("unknown", place, Json.Parse(DocumentFile.ToBytes(value)))
            : Value.ArrayOf("value", place, value);
    }

    private static Value NamesOf(Value map) =>
        Value.ArrayOf([
            .. Enumerable
                .Range(0, map.Count)
                .Select(i => map.KeyAt(i).Utf8.ToString())
                .Order(StringComparer.Ordinal)
                .Select(Value.Of),
        ]);
}
