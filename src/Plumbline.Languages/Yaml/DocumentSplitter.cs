using System.Buffers;
using System.Runtime.CompilerServices;
using Plumbline.Values;

namespace Plumbline.Languages.Yaml;

/// <summary>The bytes of one document of a stream, or why they are not kept.</summary>
internal readonly record struct SplitText(ReadOnlyMemory<byte> Bytes, int FirstLine, TextFault? Fault);

/// <summary>Cuts a YAML stream into the texts of its documents, without parsing them.</summary>
/// <remarks>
/// <code>
/// text = ( blank | comment | directive )* "---" … | content …
/// cut before a line "---", after a line "..."
/// </code>
/// YAML 1.2, section 9.1.2 forbids these markers, at the start of a line and followed by white space, inside any
/// scalar; so a line is enough to tell, whatever surrounds it, and a fault in one document cannot hide the next.
/// A text above the limit is passed over to the next cut, in constant memory.
/// </remarks>
internal sealed class DocumentSplitter(Stream stream, YamlLimits limits) : IDisposable
{
    /// <summary>A line longer than this is looked at in parts; markers and directives are shorter.</summary>
    private const int BufferSize = 1 << 16;

    /// <summary>Borrowed: most files are far smaller, and clearing a new one would cost more than reading them.</summary>
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
    private readonly ArrayBufferWriter<byte> _text = new();
    private int _line = 1;
    private int _firstLine = 1;
    private bool _atLineStart = true;
    private bool _inComment;
    private bool _isOpened; // a line `---` was seen
    private bool _hasContent;
    private bool _isTooLarge;

    public static TextFault TooLarge(YamlLimits limits, int line) =>
        new(
            TextFaults.TooLarge,
            $"expected a document of at most {limits.MaxDocumentBytes:N0} bytes, got more",
            new Position(line, 1)
        );

    public async IAsyncEnumerable<SplitText> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var filled = 0;
        long total = 0;
        while (true)
        {
            var read = await stream.ReadAtLeastAsync(_buffer.AsMemory(filled), 1, false, cancel);
            if (total == 0 && read is > 0 and < 4)
            {
                read += await stream.ReadAtLeastAsync(_buffer.AsMemory(read), 4 - read, false, cancel);
            }

            var start = 0;
            if (total == 0 && SourceBytes.ForeignEncoding(_buffer.AsSpan(0, read)) is { } encoding)
            {
                yield return new SplitText(default, 1, SourceBytes.EncodingFault(encoding));
                yield break;
            }

            if (total == 0)
            {
                start = SourceBytes.MarkLength(_buffer.AsSpan(0, read));
            }

            total += read;
            if (total > limits.MaxFileBytes)
            {
                yield return new SplitText(default, _line, FileTooLarge());
                yield break;
            }

            filled += read;
            while (TakePart(start, filled, isLast: read == 0, out var length, out var endsLine))
            {
                var marker = _atLineStart ? MarkerOf(_buffer.AsSpan(start, length)) : default;
                if (marker == "---" && (_isOpened || _hasContent))
                {
                    yield return Cut();
                }

                Append(_buffer.AsSpan(start, length), marker, endsLine);
                start += length;
                if (marker == "...")
                {
                    var isDocument = _isOpened || _hasContent;
                    var text = Cut();
                    if (isDocument)
                    {
                        yield return text;
                    }
                }
            }

            _buffer.AsSpan(start, filled - start).CopyTo(_buffer);
            filled -= start;
            if (read == 0)
            {
                break;
            }
        }

        if (_isOpened || _hasContent)
        {
            yield return Cut();
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private TextFault FileTooLarge() =>
        new(
            TextFaults.TooLarge,
            $"expected a file of at most {limits.MaxFileBytes:N0} bytes, got more",
            new Position(_line, 1)
        );

    /// <summary>The next line, or as much of a long one as the buffer holds.</summary>
    private bool TakePart(int start, int filled, bool isLast, out int length, out bool endsLine)
    {
        var end = _buffer.AsSpan(start, filled - start).IndexOf((byte)'\n');
        endsLine = end >= 0;
        length = endsLine ? end + 1 : filled - start;
        return endsLine || (length > 0 && (isLast || length == _buffer.Length));
    }

    private static string? MarkerOf(ReadOnlySpan<byte> line)
    {
        if (
            line.Length < 3
            || (line.Length > 3 && line[3] is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
        )
        {
            return null;
        }

        return line.StartsWith("---"u8) ? "---"
            : line.StartsWith("..."u8) ? "..."
            : null;
    }

    private void Append(ReadOnlySpan<byte> part, string? marker, bool endsLine)
    {
        switch (marker)
        {
            case "---":
                _isOpened = true;
                break;
            case null:
                NoteContent(part);
                break;
        }

        _atLineStart = endsLine;
        _line += endsLine ? 1 : 0;
        if (_text.WrittenCount + part.Length > limits.MaxDocumentBytes)
        {
            _isTooLarge = true;
            _text.ResetWrittenCount();
        }

        if (!_isTooLarge)
        {
            _text.Write(part);
        }
    }

    /// <summary>Blank lines, comments and directives before a document are not its content.</summary>
    private void NoteContent(ReadOnlySpan<byte> part)
    {
        if (_hasContent || (!_atLineStart && _inComment))
        {
            return;
        }

        var text = part.TrimStart(" \t\r\n"u8);
        _inComment = text.Length > 0 && (text[0] == '#' || IsDirective(part));
        _hasContent = text.Length > 0 && !_inComment;
    }

    private bool IsDirective(ReadOnlySpan<byte> part) =>
        !_isOpened && _atLineStart && (part.StartsWith("%YAML "u8) || part.StartsWith("%TAG "u8));

    private SplitText Cut()
    {
        var text = _isTooLarge
            ? new SplitText(default, _firstLine, TooLarge(limits, _firstLine))
            : new SplitText(_text.WrittenSpan.ToArray(), _firstLine, null);
        _text.ResetWrittenCount();
        _firstLine = _line;
        _isOpened = false;
        _hasContent = false;
        _isTooLarge = false;
        return text;
    }
}
