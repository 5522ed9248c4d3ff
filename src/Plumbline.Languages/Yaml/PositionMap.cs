using System.Text;
using Plumbline.Values;

namespace Plumbline.Languages.Yaml;

/// <summary>From the parser's character offsets to lines and columns in bytes.</summary>
/// <remarks>
/// The parser's own lines cannot be used: it follows YAML 1.1, where U+0085, U+2028 and U+2029 end a line, which no
/// editor shows; and its columns count UTF-16.
/// </remarks>
internal sealed class PositionMap
{
    private readonly List<int> _lineStarts = [0];
    private readonly List<(int Index, int Extra)> _wide = [];
    private readonly int _firstLine;

    public PositionMap(string text, int firstLine)
    {
        _firstLine = firstLine;
        var extra = 0;
        for (var i = text.AsSpan().IndexOfAnyExceptInRange(' ', '~'); i >= 0; i = Next(text, i))
        {
            var c = text[i];
            if (c == '\n' || (c == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
            {
                _lineStarts.Add(i + 1);
            }
            else if (c >= 0x80)
            {
                // The second half of a surrogate pair adds nothing: four bytes are two more than two characters.
                extra +=
                    char.IsHighSurrogate(c) ? 2
                    : char.IsLowSurrogate(c) ? 0
                    : Encoding.UTF8.GetByteCount([c]) - 1;
                _wide.Add((i, extra));
            }
        }
    }

    public Position At(long index)
    {
        var line = _lineStarts.BinarySearch((int)index);
        line = line < 0 ? ~line - 1 : line;
        var start = _lineStarts[line];
        return new Position(_firstLine + line, (int)index - start + 1 + ExtraBefore((int)index) - ExtraBefore(start));
    }

    private static int Next(string text, int i)
    {
        var next = text.AsSpan(i + 1).IndexOfAnyExceptInRange(' ', '~');
        return next < 0 ? -1 : i + 1 + next;
    }

    /// <summary>Bytes that the characters before <paramref name="index"/> take beyond one each.</summary>
    private int ExtraBefore(int index)
    {
        var (low, high) = (0, _wide.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _wide[middle].Index < index ? (middle + 1, high) : (low, middle);
        }

        return low == 0 ? 0 : _wide[low - 1].Extra;
    }
}
