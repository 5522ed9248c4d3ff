using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Plumbline.Values;

namespace Plumbline.Core.Judging;

/// <summary>Names an element of a resource so that the name outlives edits around it (CONTRACTS §3, "Part key").</summary>
/// <remarks>
/// <code>
/// place                                  part key
/// /spec/containers/1/ports/0             /spec/containers[name=web]/ports[containerPort=80,protocol=TCP]
/// /spec/capabilities/add/0               /spec/capabilities/add[NET_ADMIN]
/// /spec/containers/1    two of one name  /spec/containers[sha256:…]       digest of the member as a stored document
/// /spec/containers/1    name not told    /spec/containers[var.name]       id of the mark
/// /spec/containers/7    none there       /spec/containers[?]
/// </code>
/// In brackets <c>%</c>, <c>[</c>, <c>]</c>, <c>,</c> and control characters are percent-encoded, in a path the first three, so
/// that no document can spell the key of another element.
/// </remarks>
public static class PartKeys
{
    /// <summary>The key of a place: its pointer, with list members named and not counted.</summary>
    public static string OfPlace(NaturalKeys keys, string type, Value document, JsonPointer place)
    {
        var key = new StringBuilder();
        var path = new List<string>();
        var at = document;
        foreach (var segment in place.Segments)
        {
            if (at.IsArray)
            {
                var index = IndexOf(segment, at.Count);
                key.Append('[')
                    .Append(index is null ? "?" : NameOf(at, index.Value, keys.Find(type, [.. path])))
                    .Append(']');
            }
            else
            {
                // Below what is not there or not told, digits may be an index as well as a member's name.
                var isCounted = !at.IsObject && segment.All(char.IsAsciiDigit);
                key.Append(isCounted ? "[?]" : Encode(JsonPointer.Root.Append(segment).Text, "%[]"));
            }

            path.Add(segment);
            at = JsonPointer.Root.Append(segment).Resolve(at);
        }

        return key.ToString();
    }

    /// <summary>The key of a message that names neither element nor place. It changes with every word of the message.</summary>
    /// <param name="rule">Package and name, e.g. <c>main.deny</c>.</param>
    public static string OfMessage(string rule, string message) =>
        $"rule:{rule}/sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(message)))}";

    /// <summary>Null where the segment counts no member that is there: out of range, or no index by RFC 6901.</summary>
    private static int? IndexOf(string segment, int count) =>
        int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
        && index < count
        && (segment.Length == 1 || segment[0] != '0')
            ? index
            : null;

    private static string NameOf(Value list, int index, ImmutableArray<KeyField> fields)
    {
        var member = list[index];
        if (member.AsUnknown is { } untold)
        {
            return MarkOf(untold) ?? DigestOf(member);
        }

        if (fields.Select(f => f.In(member).AsUnknown).FirstOrDefault(u => u is not null) is { } unknown)
        {
            return MarkOf(unknown) ?? DigestOf(member);
        }

        var name = NaturalName(member, fields);
        for (var i = 0; i < list.Count && name is not null; i++)
        {
            name = i != index && NaturalName(list[i], fields) == name ? null : name;
        }

        return name ?? DigestOf(member);
    }

    /// <summary>Null where the member has none of the fields, or one that is no scalar.</summary>
    private static string? NaturalName(Value member, ImmutableArray<KeyField> fields)
    {
        var parts = new List<string>();
        var found = false;
        foreach (var field in fields)
        {
            var value = field.In(member);
            if (value.IsCollection || value.IsUnknown)
            {
                return null;
            }

            found |= value.IsDefined;
            var text = value.IsDefined ? TextOf(value) : field.Absent;
            if (text is not null)
            {
                parts.Add(field.Path == "." ? Encode(text, "%[],") : $"{field.Path}={Encode(text, "%[],")}");
            }
        }

        return found ? string.Join(',', parts) : null;
    }

    private static string TextOf(Value scalar) => scalar.IsString ? scalar.Utf8.ToString() : Jcs.ToText(scalar);

    private static string? MarkOf(Unknown unknown) => unknown.Id is { } id ? Encode(id, "%[],") : null;

    private static string DigestOf(Value member) =>
        $"sha256:{Convert.ToHexStringLower(SHA256.HashData(DocumentFile.ToBytes(member)))}";

    private static string Encode(string text, string special)
    {
        if (!text.Any(c => char.IsControl(c) || special.Contains(c)))
        {
            return text;
        }

        var encoded = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsControl(rune) || special.Contains(rune.ToString(), StringComparison.Ordinal))
            {
                foreach (var b in Encoding.UTF8.GetBytes(rune.ToString()))
                {
                    encoded.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
                }
            }
            else
            {
                encoded.Append(rune.ToString());
            }
        }

        return encoded.ToString();
    }
}
