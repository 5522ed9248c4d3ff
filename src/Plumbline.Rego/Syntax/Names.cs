using System.Text;

namespace Plumbline.Rego.Syntax;

/// <summary>One string for each name of a text, however often it occurs.</summary>
/// <remarks>Open addressing; a text of n bytes has fewer than n names, so a hostile one costs its own length.</remarks>
internal sealed class Names(byte[] text)
{
    private (int Hash, int Start, string? Name)[] _slots = new (int, int, string?)[64];
    private int _count;

    public string this[Token token]
    {
        get
        {
            var word = text.AsSpan(token.Start, token.Length);
            var hash = Hash(word);
            var at = hash & (_slots.Length - 1);
            while (_slots[at].Name is { } name)
            {
                if (
                    _slots[at].Hash == hash
                    && name.Length == word.Length
                    && text.AsSpan(_slots[at].Start, word.Length).SequenceEqual(word)
                )
                {
                    return name;
                }

                at = (at + 1) & (_slots.Length - 1);
            }

            return Add(at, hash, token);
        }
    }

    private string Add(int at, int hash, Token token)
    {
        var name = Encoding.UTF8.GetString(text, token.Start, token.Length);
        _slots[at] = (hash, token.Start, name);
        if (++_count * 2 > _slots.Length)
        {
            Grow();
        }

        return name;
    }

    private void Grow()
    {
        var old = _slots;
        _slots = new (int, int, string?)[old.Length * 2];
        foreach (var slot in old)
        {
            if (slot.Name is null)
            {
                continue;
            }

            var at = slot.Hash & (_slots.Length - 1);
            while (_slots[at].Name is not null)
            {
                at = (at + 1) & (_slots.Length - 1);
            }

            _slots[at] = slot;
        }
    }

    /// <summary>Seeded for each process, so that no text can be written to make all its names collide.</summary>
    private static int Hash(ReadOnlySpan<byte> word)
    {
        var hash = new HashCode();
        hash.AddBytes(word);
        return hash.ToHashCode();
    }
}
