using System.Buffers;
using System.Text;
using Plumbline.Values;

namespace Plumbline.Languages;

/// <summary>The bytes of a text before any grammar looks at them: byte order marks, UTF-8, characters that no text has.</summary>
internal static class SourceBytes
{
    private static readonly SearchValues<char> Forbidden = SearchValues.Create([
        .. Enumerable.Range(0, 0xA0).Where(IsForbidden).Select(c => (char)c),
        '\uFEFF', // a byte order mark where none can be: after a `---`, say, where other readers pass over it
        '\uFFFE',
        '\uFFFF',
    ]);

    /// <summary>Length of a UTF-8 byte order mark at the start: 3 or 0.</summary>
    public static int MarkLength(ReadOnlySpan<byte> text) => text.StartsWith(Encoding.UTF8.Preamble) ? 3 : 0;

    /// <summary>The name of another encoding whose byte order mark stands at the start, else null.</summary>
    public static string? ForeignEncoding(ReadOnlySpan<byte> text) =>
        text.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0, 0])
        || text.StartsWith((ReadOnlySpan<byte>)[0, 0, 0xFE, 0xFF])
            ? "UTF-32"
        : text.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || text.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])
            ? "UTF-16"
        : null;

    public static TextFault EncodingFault(string encoding) =>
        new(TextFaults.NotText, $"expected UTF-8, got {encoding}: save the file as UTF-8", new Position(1, 1));

    /// <summary>Decodes UTF-8 that YAML 1.2 allows (section 5.1, "Character Set"); escapes may still give any character.</summary>
    /// <param name="firstLine">Number of the line that <paramref name="utf8"/> starts with.</param>
    /// <exception cref="TextFaultException">It is not.</exception>
    public static string Decode(ReadOnlySpan<byte> utf8, int firstLine)
    {
        if (!System.Text.Unicode.Utf8.IsValid(utf8))
        {
            var at = FirstInvalid(utf8);
            throw new TextFaultException(
                TextFaults.NotText,
                $"expected UTF-8, got byte 0x{utf8[at]:x2}",
                PositionOf(utf8, at, firstLine)
            );
        }

        var text = Encoding.UTF8.GetString(utf8);
        var control = text.AsSpan().IndexOfAny(Forbidden);
        if (control < 0)
        {
            return text;
        }

        throw new TextFaultException(
            TextFaults.NotText,
            $"expected text, got the character U+{(int)text[control]:X4}",
            PositionOf(utf8, Encoding.UTF8.GetByteCount(text.AsSpan(0, control)), firstLine)
        );
    }

    private static bool IsForbidden(int c) => c is < 0x20 and not ('\t' or '\n' or '\r') or (>= 0x7F and not 0x85);

    private static int FirstInvalid(ReadOnlySpan<byte> utf8)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(utf8[at..], out _, out var length) == OperationStatus.Done)
        {
            at += length;
        }

        return at;
    }

    private static Position PositionOf(ReadOnlySpan<byte> utf8, int at, int firstLine)
    {
        var before = utf8[..at];
        return new Position(firstLine + before.Count((byte)'\n'), at - before.LastIndexOf((byte)'\n'));
    }
}
