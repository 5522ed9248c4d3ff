using Plumbline.Values;

namespace Plumbline.Languages;

/// <summary>Strict JSON as it comes in files: one value, with positions; a UTF-8 byte order mark is passed over.</summary>
public static class JsonText
{
    /// <param name="utf8">The whole file; it must not change.</param>
    public static bool TryRead(byte[] utf8, JsonLimits limits, out Document? document, out TextFault? fault)
    {
        document = null;
        fault = null;
        if (SourceBytes.ForeignEncoding(utf8) is { } encoding)
        {
            fault = SourceBytes.EncodingFault(encoding);
            return false;
        }

        var mark = SourceBytes.MarkLength(utf8);
        if (Json.TryParse(mark == 0 ? utf8 : utf8[mark..], limits, true, out document, out var refused))
        {
            return true;
        }

        fault = new TextFault(TextFaults.Json, refused!.Message, refused.At);
        return false;
    }
}
