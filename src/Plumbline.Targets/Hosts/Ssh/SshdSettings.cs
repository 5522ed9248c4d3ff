using Plumbline.Values;

namespace Plumbline.Targets.Hosts.Ssh;

/// <summary>Keywords and values of one block, first-wins: the global one, or a <c>Match</c>.</summary>
internal sealed class SshdSettings
{
    private readonly SortedDictionary<string, Value> _scalars = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, List<string>> _lists = new(StringComparer.Ordinal);

    /// <summary>A file that may have set, first, whatever was not set before it.</summary>
    public Missing? Unread { get; private set; }

    public void Lose(Missing missing) => Unread ??= missing;

    /// <summary>Takes in a line; what was set before stays.</summary>
    public void Add(string keyword, IReadOnlyList<string> words)
    {
        if (_scalars.ContainsKey(keyword) || (_lists.ContainsKey(keyword) && !SshdKeywords.IsRepeated(keyword)))
        {
            return;
        }

        if (!SshdKeywords.IsList(keyword))
        {
            _scalars[keyword] = Unread?.Present(ValueKind.String) ?? SshdKeywords.Value(keyword, words);
        }
        else if (Unread is not null || SshdKeywords.Members(keyword, words) is not { } members)
        {
            _scalars[keyword] = Unread?.Present(ValueKind.Array) ?? OfVersion(ValueKind.Array);
        }
        else if (_lists.TryGetValue(keyword, out var known))
        {
            known.AddRange(members);
        }
        else
        {
            _lists[keyword] = [.. members];
        }
    }

    /// <summary>Fills in what is not written.</summary>
    public void AddDefaults()
    {
        foreach (var (keyword, value) in SshdKeywords.Defaults)
        {
            if (_scalars.ContainsKey(keyword) || _lists.ContainsKey(keyword))
            {
                continue;
            }

            var kind = SshdKeywords.IsList(keyword) ? ValueKind.Array : ValueKind.String;
            if (Unread is not null || value is null)
            {
                _scalars[keyword] = Unread?.Present(kind) ?? OfVersion(kind);
            }
            else
            {
                Add(keyword, value.Split(' '));
            }
        }
    }

    public Value ToValue()
    {
        var members = new ObjectBuilder { Open = Unread?.Open };
        foreach (var (keyword, value) in _scalars)
        {
            members[keyword] = value;
        }

        foreach (var (keyword, list) in _lists)
        {
            members[keyword] = HostValues.Texts(list);
        }

        return members.ToValue();
    }

    private static Value OfVersion(ValueKind kind) => HostValues.Untold("default of the installed version", kind);
}
