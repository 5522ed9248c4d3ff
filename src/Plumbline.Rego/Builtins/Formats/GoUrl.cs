using System.Text;
using Plumbline.Values;

namespace Plumbline.Rego.Builtins.Formats;

/// <summary>A text is no URL.</summary>
internal sealed class UrlException(string message) : Exception(message);

/// <summary>A URL as Go's <c>net/url.Parse</c> reads it (RFC 3986, a little more lenient).</summary>
/// <remarks>
/// <code>
/// [scheme:][//[userinfo@]host[:port]][/path][?query][#fragment]     scheme:opaque[?query][#fragment]
/// </code>
/// </remarks>
internal sealed class GoUrl
{
    public string Scheme { get; private init; } = "";
    public string Host { get; private set; } = "";
    public string Port { get; private set; } = "";
    public string Path { get; private set; } = "";

    /// <summary>The path as it was written, where escaping <see cref="Path"/> would write it otherwise; else the path.</summary>
    public string RawPath { get; private set; } = "";
    public string RawQuery { get; private set; } = "";
    public string Fragment { get; private set; } = "";

    private enum Part
    {
        Path,
        Host,
        UserInfo,
        Fragment,
    }

    /// <exception cref="UrlException">The text is none.</exception>
    public static GoUrl Parse(string text)
    {
        var (main, fragment) = Cut(text, '#');
        if (main.Any(c => c is < ' ' or '\x7F'))
        {
            throw new UrlException("net/url: invalid control character in URL");
        }

        var (scheme, rest) = CutScheme(main);
        var url = new GoUrl { Scheme = scheme };
        (rest, url.RawQuery) = Cut(rest, '?');
        url.Fragment = Unescape(fragment, Part.Fragment);
        if (!rest.StartsWith('/') && scheme.Length > 0)
        {
            return url;
        }

        if (!rest.StartsWith('/') && rest.Split('/')[0].Contains(':', StringComparison.Ordinal))
        {
            throw new UrlException("first path segment in URL cannot contain colon");
        }

        if (
            rest.StartsWith("//", StringComparison.Ordinal)
            && (scheme.Length > 0 || !rest.StartsWith("///", StringComparison.Ordinal))
        )
        {
            var slash = rest.IndexOf('/', 2);
            url.ReadAuthority(slash < 0 ? rest[2..] : rest[2..slash]);
            rest = slash < 0 ? "" : rest[slash..];
        }

        url.Path = Unescape(rest, Part.Path);
        url.RawPath = Escape(url.Path) == rest ? url.Path : rest;
        return url;
    }

    private static (string Before, string After) Cut(string text, char at)
    {
        var index = text.IndexOf(at, StringComparison.Ordinal);
        return index < 0 ? (text, "") : (text[..index], text[(index + 1)..]);
    }

    private static (string Scheme, string Behind) CutScheme(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == ':')
            {
                return i == 0
                    ? throw new UrlException("missing protocol scheme")
                    : (text[..i].ToLowerInvariant(), text[(i + 1)..]);
            }

            if (!char.IsAsciiLetter(c) && (i == 0 || !(char.IsAsciiDigit(c) || c is '+' or '-' or '.')))
            {
                break;
            }
        }

        return ("", text);
    }

    private void ReadAuthority(string authority)
    {
        var at = authority.LastIndexOf('@');
        if (at >= 0)
        {
            var userInfo = authority[..at];
            if (
                !userInfo.All(c =>
                    char.IsAsciiLetterOrDigit(c) || "-._:~!$&'()*+,;=%@".Contains(c, StringComparison.Ordinal)
                )
            )
            {
                throw new UrlException("net/url: invalid userinfo");
            }

            Unescape(userInfo, Part.UserInfo);
        }

        var host = authority[(at + 1)..];
        var isBracketed = host.StartsWith('[');
        var end = isBracketed ? host.LastIndexOf(']') + 1 : host.LastIndexOf(':');
        if (isBracketed && end == 0)
        {
            throw new UrlException("missing ']' in host");
        }

        end = end < 0 ? host.Length : end;
        var port = host[end..];
        if (port.Length > 0 && (port[0] != ':' || !port.Skip(1).All(char.IsAsciiDigit)))
        {
            throw new UrlException($"invalid port {GoQuote.String(port, false)} after host");
        }

        Port = port.Length > 0 ? port[1..] : "";
        Host = Unescape(isBracketed ? host[1..(end - 1)] : host[..end], Part.Host);
    }

    private static string Unescape(string text, Part part)
    {
        var source = new Utf8(text).Span;
        var bytes = new List<byte>(source.Length);
        for (var i = 0; i < source.Length; i++)
        {
            var b = source[i];
            if (b == '%')
            {
                var escape = Encoding.UTF8.GetString(source.Slice(i, Math.Min(3, source.Length - i)));
                var isHex = UrlQuery.TryHex(source[i..], out var value);
                // RFC 6874 and 3986: in a host only bytes beyond ASCII, and the percent sign of a zone, are escaped.
                if (!isHex || (part == Part.Host && value < 0x80 && escape != "%25"))
                {
                    throw new UrlException($"invalid URL escape {GoQuote.String(escape, false)}");
                }

                bytes.Add(value);
                i += 2;
            }
            else if (part == Part.Host && b < 0x80 && !IsHostByte(b))
            {
                throw new UrlException($"invalid character {GoQuote.String(((char)b).ToString(), false)} in host name");
            }
            else
            {
                bytes.Add(b);
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static bool IsHostByte(byte b) =>
        char.IsAsciiLetterOrDigit((char)b) || "-_.~!$&'()*+,;=:[]<>\"".Contains((char)b, StringComparison.Ordinal);

    private static string Escape(string path)
    {
        var escaped = new StringBuilder(path.Length);
        foreach (var b in new Utf8(path).Span)
        {
            _ =
                char.IsAsciiLetterOrDigit((char)b) || "-_.~$&+,/:;=@".Contains((char)b, StringComparison.Ordinal)
                    ? escaped.Append((char)b)
                    : escaped.Append('%').Append(b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }

        return escaped.ToString();
    }
}
