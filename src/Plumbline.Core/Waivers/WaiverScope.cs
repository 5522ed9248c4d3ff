using Plumbline.Core.Evidence;
using Plumbline.Core.Judging;
using Plumbline.Values;

namespace Plumbline.Core.Waivers;

/// <summary>Digest of everything that a failure was accepted on: another one, and the waiver is over (CONTRACTS §3, "Waiver scope").</summary>
/// <remarks>
/// <c>sha256:</c> of JCS of
/// <code>
/// {"incarnation": text or null, "parameters": of the instance, "reads": [[what, pointer, value], …], "revision": of the check}
/// </code>
/// <c>reads</c> is what <see cref="IPolicySource.ReadsOf"/> gives: what the rule as written reads, sorted, with values. A field that
/// no rule looks at may change; a new revision of the check, another parameter, and another thing under the same key may not.
/// </remarks>
public static class WaiverScope
{
    public static string DigestOf(Finding finding, IPolicySource policies, Scope scope) =>
        ContentDigest.Of(
            Jcs.ToBytes(
                new ObjectBuilder
                {
                    ["incarnation"] = finding.Resource.Incarnation is { } thing ? thing : Value.Null,
                    ["parameters"] = finding.Instance.Parameters,
                    ["reads"] = policies.ReadsOf(finding.Instance, finding.Resource, scope),
                    ["revision"] = finding.Instance.Check.Revision,
                }.ToValue()
            )
        );
}
