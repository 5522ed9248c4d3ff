using System.Collections.Immutable;
using Plumbline.Core.Authored;

namespace Plumbline.Core.Boundaries;

/// <summary>Reads <c>boundary</c> and <c>inventory</c> of <c>plumbline.yaml</c>.</summary>
/// <remarks>
/// <code>
/// boundary:
///   in:  ["repo:github.com/acme/shop//*"]
///   out:
///     - {match: "*|k8s//Pod|sandbox-*", reason: Torn down every night}        # resources, by key
///     - {match: soc2/CC6.4, reason: There is no data centre of our own}       # a requirement: no bar, no star
/// inventory:
///   - {type: k8s/apps/Deployment, names: [web, api], realm: "*;k8s/shop"}
/// </code>
/// </remarks>
internal static class BoundaryKeys
{
    public static Boundary ReadBoundary(Fields boundary)
    {
        var rules = boundary.Items("out").Select(ReadOut).ToList();
        var result = new Boundary
        {
            In = boundary.Texts("in"),
            Out = [.. rules.Where(r => !IsRequirement(r.Match))],
            Requirements = rules
                .Where(r => IsRequirement(r.Match))
                .DistinctBy(r => r.Match, StringComparer.Ordinal)
                .ToImmutableSortedDictionary(r => r.Match, r => r.Reason, Ordinal.Comparer),
        };
        boundary.End();
        return result;
    }

    public static ImmutableArray<InventoryLine> ReadInventory(Fields head, string name)
    {
        var lines = ImmutableArray.CreateBuilder<InventoryLine>();
        foreach (var fields in head.Items(name))
        {
            fields.Require("names");
            lines.Add(
                new InventoryLine(fields.Text("type"), fields.Texts("names"))
                {
                    Realm = fields.OptionalText("realm") ?? "",
                }
            );
            fields.End();
        }

        return lines.ToImmutable();
    }

    private static OutOfScope ReadOut(Fields fields)
    {
        var rule = new OutOfScope(fields.Text("match"), fields.Text("reason"));
        fields.End();
        return rule;
    }

    /// <summary>A key has two bars; what has neither bar nor star names a requirement, <c>framework/requirement</c>.</summary>
    private static bool IsRequirement(string match) =>
        match.Contains('/') && !match.AsSpan().ContainsAny('|', '*', '?');
}
