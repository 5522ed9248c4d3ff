using System.Text;

namespace Plumbline.Values;

/// <summary>How much a JSON text may cost.</summary>
/// <param name="MaxBytes">8 MiB for what comes from outside (CONTRACTS §6, "Limits"); stored documents have larger ones.</param>
/// <param name="MaxDepth">Nesting of arrays and objects; 64 bounds what every later stage walks.</param>
public sealed record JsonLimits(int MaxBytes = 8 << 20, int MaxDepth = 64)
{
    public static JsonLimits Intake { get; } = new();

    /// <summary>For what this product wrote itself.</summary>
    public static JsonLimits Stored { get; } = new(1 << 30, 256);
}

/// <summary>Why a text is no JSON, and where.</summary>
/// <param name="At">The first character that does not fit.</param>
/// <param name="Message">What was expected and what came.</param>
public sealed record JsonFault(Position At, string Message);

/// <summary>Strict JSON (RFC 8259): UTF-8 without faults, no duplicate names, no lone surrogates, nothing after the value.</summary>
public static class Json
{
    /// <summary>Reads a whole text.</summary>
    /// <remarks>What a number may be, <see cref="Number"/> says.</remarks>
    /// <param name="utf8">The text; the document keeps it, so it must not change. A byte order mark is refused.</param>
    /// <param name="keepsPositions">Whether places in the text will be asked for.</param>
    /// <param name="document">The document; null where <paramref name="fault"/> says why not.</param>
    public static bool TryParse(
        byte[] utf8,
        JsonLimits limits,
        bool keepsPositions,
        out Document? document,
        out JsonFault? fault
    )
    {
        var reader = new JsonReader(utf8, limits, keepsPositions);
        document = reader.Read();
        fault = reader.Fault;
        return document is not null;
    }

    /// <summary>Reads a text that is known to be JSON: a literal, or bytes whose digest was checked.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public static Value Parse(ReadOnlySpan<byte> utf8) =>
        TryParse(utf8.ToArray(), JsonLimits.Stored, false, out var document, out var fault)
            ? document!.Root
            : throw new FormatException($"line {fault!.At.Line}, column {fault.At.Column}: {fault.Message}");

    /// <inheritdoc cref="Parse(ReadOnlySpan{byte})"/>
    public static Value Parse(string text) => Parse(Encoding.UTF8.GetBytes(text));
}
