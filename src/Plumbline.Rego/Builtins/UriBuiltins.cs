using Plumbline.Rego.Builtins.Formats;
using Plumbline.Values;

namespace Plumbline.Rego.Builtins;

/// <summary>The "URI" functions of the Rego reference.</summary>
internal static class UriBuiltins
{
    public static readonly Builtin[] All =
    [
        Builtin.Of<Utf8>("uri.parse", Parse),
        Builtin.Of<Utf8>("uri.is_valid", text => Parse(text).Fault is null),
    ];

    /// <summary>The parts that are there, and the path both ways, so that escapes which hide something show.</summary>
    private static Answer Parse(Utf8 text)
    {
        GoUrl url;
        try
        {
            url = GoUrl.Parse(text.ToString());
        }
        catch (UrlException e)
        {
            return Answer.Invalid($"parse {GoQuote.String(text.ToString(), false)}: {e.Message}");
        }

        var parts = new ObjectBuilder();
        Add(parts, "scheme", url.Scheme);
        Add(parts, "hostname", url.Host);
        Add(parts, "port", url.Port);
        Add(parts, "path", url.Path);
        Add(parts, "raw_path", url.RawPath);
        Add(parts, "raw_query", url.RawQuery);
        Add(parts, "fragment", url.Fragment);
        return parts.ToValue();
    }

    private static void Add(ObjectBuilder parts, string name, string value)
    {
        if (value.Length > 0)
        {
            parts[name] = value;
        }
    }
}
