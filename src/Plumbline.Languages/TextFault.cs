using Plumbline.Values;

namespace Plumbline.Languages;

/// <summary>Why a text could not be read, and where.</summary>
/// <param name="Code">Stable: one of <see cref="TextFaults"/>.</param>
/// <param name="Message">What was expected and what came.</param>
/// <param name="At">The first character that does not fit.</param>
public sealed record TextFault(string Code, string Message, Position At);

/// <summary>Codes of the faults of this room: PLB-2000 to PLB-2999.</summary>
public static class TextFaults
{
    /// <summary>No UTF-8, or characters that no text has.</summary>
    public const string NotText = "PLB-2001";

    /// <summary>The grammar of YAML is violated.</summary>
    public const string Syntax = "PLB-2002";

    public const string DuplicateKey = "PLB-2003";

    /// <summary>A tag that the reader was not told to read.</summary>
    public const string Tag = "PLB-2004";

    /// <summary>An alias without anchor or inside what it names; a merge of something that is no mapping.</summary>
    public const string Alias = "PLB-2005";

    /// <summary>A value or key that JSON cannot hold.</summary>
    public const string NotJson = "PLB-2006";

    /// <summary>A document or file above its limit of bytes.</summary>
    public const string TooLarge = "PLB-2007";

    public const string TooDeep = "PLB-2008";

    /// <summary>More aliases, or more nodes once they are expanded, than a text may cost.</summary>
    public const string TooMany = "PLB-2009";

    /// <summary>The text is no strict JSON.</summary>
    public const string Json = "PLB-2010";
}

/// <summary>Ends the reading of one document; caught where documents are handed on and nowhere else.</summary>
internal sealed class TextFaultException(string code, string message, Position at) : Exception(message)
{
    public TextFault Fault { get; } = new(code, message, at);
}
