using System.Globalization;
using System.Text;

namespace Plumbline.Core.Resources;

/// <summary>Names one configured thing for ever: <c>realm|type|primary</c> (CONTRACTS §3).</summary>
/// <remarks>
/// The parts are held as the source gives them; in <see cref="Text"/> <c>%</c>, <c>|</c> and control characters of an
/// identifier are percent-encoded, in upper-case hex, except for the <c>|</c> that joins the parts of a primary.
/// Order is ordinal by UTF-8, as in everything that is sealed.
/// </remarks>
public readonly record struct ResourceKey : IComparable<ResourceKey>
{
    private readonly string _text;

    private ResourceKey(string realm, string type, string text)
    {
        Realm = realm;
        Type = type;
        _text = text;
    }

    /// <param name="realm">e.g. <c>repo:github.com/acme/shop//deploy;k8s/shop</c>.</param>
    /// <param name="type">e.g. <c>k8s/apps/Deployment</c>.</param>
    /// <param name="primary">Identifiers, in the type's order; mostly one: the object's name.</param>
    public static ResourceKey Of(string realm, string type, params ReadOnlySpan<string> primary)
    {
        var text = new StringBuilder();
        Encode(realm, text);
        text.Append('|');
        Encode(type, text);
        foreach (var identifier in primary)
        {
            text.Append('|');
            Encode(identifier, text);
        }

        return new ResourceKey(realm, type, text.ToString());
    }

    /// <summary>Reads <see cref="Text"/> back; false where there are fewer than two bars.</summary>
    public static bool TryParse(string text, out ResourceKey key)
    {
        key = default;
        var first = text.IndexOf('|', StringComparison.Ordinal);
        var second = first < 0 ? -1 : text.IndexOf('|', first + 1);
        if (second < 0)
        {
            return false;
        }

        key = new ResourceKey(Decode(text[..first]), Decode(text[(first + 1)..second]), text);
        return true;
    }

    public string Realm { get; }

    public string Type { get; }

    /// <summary>What identifies it within realm and type, as people read it: parts joined by <c>|</c>.</summary>
    public string Primary => Decode(Text[(Text.IndexOf('|', Text.IndexOf('|', StringComparison.Ordinal) + 1) + 1)..]);

    public string Text => _text ?? "";

    public int CompareTo(ResourceKey other) => Ordinal.Compare(Text, other.Text);

    public bool Equals(ResourceKey other) => Text == other.Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;

    private static void Encode(string part, StringBuilder text)
    {
        foreach (var c in part)
        {
            if (c is '%' or '|' || char.IsControl(c))
            {
                foreach (var b in Encoding.UTF8.GetBytes(c.ToString()))
                {
                    text.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
                }
            }
            else
            {
                text.Append(c);
            }
        }
    }

    private static string Decode(string part) => part.Contains('%') ? Uri.UnescapeDataString(part) : part;
}
