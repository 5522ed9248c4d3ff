using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Plumbline.Rego.Syntax;

/// <summary>Where the items of unfinished lists wait, inner lists above outer ones, so that each list is allocated once.</summary>
/// <example><code>var mark = scratch.Mark; … scratch.Add(item); … return scratch.Take(mark);</code></example>
internal sealed class Scratch<T>
{
    private readonly List<T> _items = [];

    public int Mark => _items.Count;

    public void Add(T item) => _items.Add(item);

    /// <summary>The items added since <paramref name="mark"/>, which are then forgotten here.</summary>
    public ImmutableArray<T> Take(int mark)
    {
        var taken = ImmutableArray.Create(CollectionsMarshal.AsSpan(_items)[mark..]);
        _items.RemoveRange(mark, _items.Count - mark);
        return taken;
    }
}
