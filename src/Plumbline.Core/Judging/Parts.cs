using System.Collections.Immutable;
using Plumbline.Core.Checks;
using Plumbline.Core.Resources;
using Plumbline.Values;

namespace Plumbline.Core.Judging;

/// <summary>Turns the members of <c>deny</c>, <c>warn</c> and their like into parts of one finding (CONTRACTS §1).</summary>
/// <remarks>
/// <code>
/// member                      message    place                     key
/// "text"                      it         the whole document        rule:…/digest of the message
/// {"msg"}                     msg        the whole document        rule:…/digest of the message
/// {"msg", "place"}            msg        place                     place, list members named (<see cref="PartKeys"/>)
/// {"msg", "place"?, "key"}    msg        place, else the whole     key
/// anything else               its JSON   the whole document        rule:…/digest of the message
/// </code>
/// A member that is none of these is still a reason to fail: what a policy denies is never dropped for its form.
/// </remarks>
public sealed class Parts(CheckInstance instance, Resource resource, NaturalKeys keys)
{
    /// <param name="rule">Package and name, e.g. <c>main.deny</c>.</param>
    /// <param name="causes">What was not known, for a member that is only possible.</param>
    public FindingPart Of(
        string rule,
        Enforcement enforcement,
        Value member,
        bool isCertain,
        ImmutableArray<string> causes = default
    )
    {
        var message = TextOf(member) ?? TextOf(member["msg"]) ?? Jcs.ToText(member);
        var place =
            TextOf(member["place"]) is { } written && JsonPointer.TryParse(written, out var pointer)
                ? pointer
                : (JsonPointer?)null;
        var key =
            TextOf(member["key"]) is { Length: > 0 } named ? named
            : place is { } at ? PartKeys.OfPlace(keys, resource.Key.Type, resource.Document, at)
            : PartKeys.OfMessage(rule, message);
        return new FindingPart(key, place ?? JsonPointer.Root, message, enforcement, isCertain)
        {
            Causes = causes.IsDefault ? [] : causes,
            Fingerprint = Fingerprint.Of(instance, resource.Key, key),
        };
    }

    /// <summary>The order of parts in a finding: whatever order they came in, the same.</summary>
    public static ImmutableArray<FindingPart> Sorted(IEnumerable<FindingPart> parts) =>
        [
            .. parts
                .OrderBy(p => p.Key, Ordinal.Comparer)
                .ThenBy(p => p.Place)
                .ThenBy(p => p.Message, Ordinal.Comparer)
                .ThenBy(p => p.Enforcement)
                .ThenByDescending(p => p.IsCertain),
        ];

    /// <summary>A string's text; of one that was not told, its mark in words; null for anything else.</summary>
    private static string? TextOf(Value value) =>
        value.IsString ? value.Utf8.ToString()
        : value.AsUnknown is { } unknown && (unknown.Kind is null or ValueKind.String) ? unknown.Display
        : null;
}
