using System.Buffers.Binary;

namespace Plumbline.Targets.Hosts.Software;

/// <summary>Reads an LZ4 frame, in which apt keeps its lists on small systems. Checksums are passed over: apt has checked what it fetched.</summary>
/// <remarks>
/// LZ4 Frame Format 1.6.x and LZ4 Block Format:
/// <code>
/// frame   0x184D2204 (4, little-endian)   flags (1)   block size (1)   [content size (8)]   [dictionary (4)]   checksum (1)
///         blocks: size (4; its top bit: stored as it is)   data   [checksum (4)]        a size of 0 ends them
/// block   sequences: token (1; literals high, match low)   [more literals]   literals   offset (2)   [more match]
///         a match has 4 bytes more than it says; the last sequence is literals only
/// </code>
/// Matches reach back 64 KiB, over blocks too.
/// </remarks>
internal sealed class Lz4Frame : Stream
{
    private const uint Magic = 0x184D2204;
    private const int Window = 64 << 10;
    private const int MaxBlock = 4 << 20;

    private readonly Stream _source;
    private readonly byte[] _output = new byte[Window + MaxBlock];
    private readonly byte[] _block = new byte[MaxBlock];
    private readonly bool _hasBlockChecksum;
    private int _at;
    private int _end;
    private bool _isEnded;

    /// <exception cref="InvalidDataException">It is no such frame.</exception>
    public Lz4Frame(Stream source)
    {
        _source = source;
        Span<byte> head = stackalloc byte[6];
        _source.ReadExactly(head);
        var flags = head[4];
        if (BinaryPrimitives.ReadUInt32LittleEndian(head) != Magic || flags >> 6 != 1)
        {
            throw new InvalidDataException("expected an LZ4 frame, got something else");
        }

        _hasBlockChecksum = (flags & 0x10) != 0;
        Span<byte> rest = stackalloc byte[13];
        _source.ReadExactly(rest[..(1 + ((flags & 0x08) != 0 ? 8 : 0) + ((flags & 0x01) != 0 ? 4 : 0))]);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="InvalidDataException">A block is damaged.</exception>
    public override int Read(byte[] buffer, int offset, int count)
    {
        while (_at == _end && !_isEnded)
        {
            ReadBlock();
        }

        var taken = Math.Min(count, _end - _at);
        _output.AsSpan(_at, taken).CopyTo(buffer.AsSpan(offset));
        _at += taken;
        return taken;
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _source.Dispose();
        }

        base.Dispose(disposing);
    }

    private void ReadBlock()
    {
        Span<byte> word = stackalloc byte[4];
        _source.ReadExactly(word);
        var size = BinaryPrimitives.ReadUInt32LittleEndian(word);
        if (size == 0)
        {
            _isEnded = true;
            return;
        }

        var isStored = size >> 31 != 0;
        var length = (int)(size & 0x7FFFFFFF);
        if (length > MaxBlock)
        {
            throw new InvalidDataException($"expected an LZ4 block of at most {MaxBlock:N0} bytes, got {length:N0}");
        }

        // Only what a match can still reach is kept of what was read before.
        var kept = Math.Min(_end, Window);
        _output.AsSpan(_end - kept, kept).CopyTo(_output);
        (_at, _end) = (kept, kept);
        var block = _block.AsSpan(0, length);
        _source.ReadExactly(block);
        if (isStored)
        {
            block.CopyTo(_output.AsSpan(_end));
            _end += length;
        }
        else
        {
            Expand(block);
        }

        if (_hasBlockChecksum)
        {
            _source.ReadExactly(word);
        }
    }

    private void Expand(ReadOnlySpan<byte> block)
    {
        var at = 0;
        try
        {
            while (at < block.Length)
            {
                var token = block[at++];
                var literals = Count(block, token >> 4, ref at);
                block.Slice(at, literals).CopyTo(_output.AsSpan(_end));
                at += literals;
                _end += literals;
                if (at == block.Length)
                {
                    return;
                }

                var offset = BinaryPrimitives.ReadUInt16LittleEndian(block[at..]);
                at += 2;
                Repeat(offset, 4 + Count(block, token & 0xF, ref at));
            }
        }
        catch (Exception damaged) when (damaged is ArgumentException or IndexOutOfRangeException)
        {
            throw new InvalidDataException("expected an LZ4 block, got damaged bytes", damaged);
        }
    }

    private static int Count(ReadOnlySpan<byte> block, int first, ref int at)
    {
        var count = first;
        for (var more = first == 15 ? 255 : 0; more == 255; )
        {
            more = block[at++];
            count = checked(count + more);
        }

        return count;
    }

    /// <summary>Byte by byte where the match overlaps what it makes.</summary>
    private void Repeat(int offset, int length)
    {
        if (offset == 0 || offset > _end || length > _output.Length - _end)
        {
            throw new InvalidDataException("expected an LZ4 match inside its window, got one outside");
        }

        if (offset >= length)
        {
            _output.AsSpan(_end - offset, length).CopyTo(_output.AsSpan(_end));
            _end += length;
            return;
        }

        for (var end = _end + length; _end < end; _end++)
        {
            _output[_end] = _output[_end - offset];
        }
    }
}
