using System.Runtime.CompilerServices;
using System.Text;

namespace Plumbline.Values;

/// <summary>A slice of UTF-8 text: the only form in which strings are held, compared and handed on.</summary>
/// <remarks>
/// The bytes are valid UTF-8 and must not change while a slice of them lives. Order is by bytes, which for UTF-8
/// is the order of code points and Rego's order of strings.
/// </remarks>
public readonly struct Utf8 : IEquatable<Utf8>, IComparable<Utf8>
{
    private static readonly byte[] Nothing = [];

    private readonly byte[]? _bytes;

    /// <summary>A slice of <paramref name="bytes"/>, which is not copied.</summary>
    public Utf8(byte[] bytes, int offset, int length)
    {
        _bytes = bytes;
        Offset = offset;
        Length = length;
    }

    /// <summary>The UTF-8 form of <paramref name="text"/>; a lone surrogate becomes U+FFFD.</summary>
    public Utf8(string text)
    {
        _bytes = Encoding.UTF8.GetBytes(text);
        Length = _bytes.Length;
    }

    public static Utf8 Empty => default;

    public int Offset { get; }

    /// <summary>In bytes.</summary>
    public int Length { get; }

    public ReadOnlySpan<byte> Span => _bytes is null ? default : _bytes.AsSpan(Offset, Length);

    internal byte[] Buffer => _bytes ?? Nothing;

    /// <summary>The part from <paramref name="start"/>, <paramref name="length"/> bytes long; both on character boundaries.</summary>
    public Utf8 Slice(int start, int length) => new(Buffer, Offset + start, length);

    public Utf8 Slice(int start) => new(Buffer, Offset + start, Length - start);

    public static implicit operator Utf8(string text) => new(text);

    public static Utf8 FromString(string text) => new(text);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Equals(Utf8 other) => Length == other.Length && Span.SequenceEqual(other.Span);

    public override bool Equals(object? obj) => obj is Utf8 other && Equals(other);

    public int CompareTo(Utf8 other) => Span.SequenceCompareTo(other.Span);

    /// <summary>Seeded by chance for each process: nothing that is hashed, stored or shown may depend on it.</summary>
    public override int GetHashCode() => Hashing.Of(Span);

    public override string ToString() => Encoding.UTF8.GetString(Span);

    public static bool operator ==(Utf8 left, Utf8 right) => left.Equals(right);

    public static bool operator !=(Utf8 left, Utf8 right) => !left.Equals(right);
}
