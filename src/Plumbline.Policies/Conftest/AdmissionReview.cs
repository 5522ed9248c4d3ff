using Plumbline.Rego;
using Plumbline.Rego.Syntax;
using Plumbline.Values;

namespace Plumbline.Policies.Conftest;

/// <summary>Policies that were written for an admission controller read the object inside a review: they get it so (CONTRACTS §1).</summary>
/// <remarks>
/// <code>
/// {"request": REVIEW, "review": REVIEW, "parameters": {}}
/// REVIEW = {"kind": {"group", "version", "kind"}, "name", "namespace", "operation": "CREATE", "object": the document}
/// </code>
/// <c>admission.k8s.io/v1</c>, AdmissionRequest, as OPA (<c>input.request</c>) and Gatekeeper (<c>input.review</c>) hand it over.
/// </remarks>
internal static class AdmissionReview
{
    private static readonly string[] Members = ["request", "review"];

    /// <summary>What a package that reads one is asked about.</summary>
    public const string Population = "k8s/*";

    /// <summary>Whether a file of the package, or of a package that it reads, takes <c>input</c> for a review.</summary>
    public static bool IsReadBy(Policy policy, string package)
    {
        var names = policy.Modules.Select(Packages.NameOf).ToList();
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var left = new Stack<string>([package]);
        while (left.TryPop(out var name))
        {
            if (!reached.Add(name))
            {
                continue;
            }

            foreach (var module in policy.Modules.Where(m => Packages.NameOf(m) == name))
            {
                var text = SyntaxWriter.Write(module);
                if (Members.Any(m => Reads(text, $"input.{m}") || Reads(text, $"input[\"{m}\"]")))
                {
                    return true;
                }

                foreach (var other in names.Where(n => Reads(text, $"data.{n}")))
                {
                    left.Push(other);
                }
            }
        }

        return false;
    }

    /// <summary>The document in a review; as it is where it is no object of Kubernetes, or is one itself.</summary>
    public static Value Of(Value document)
    {
        var (apiVersion, kind) = (document["apiVersion"], document["kind"]);
        if (!apiVersion.IsString || !kind.IsString || Members.Any(m => document[m].IsDefined))
        {
            return document;
        }

        var metadata = document["metadata"];
        var (group, version) = apiVersion.Utf8.ToString().Split('/') is [var g, var v]
            ? (g, v)
            : ("", apiVersion.Utf8.ToString());
        var review = new ObjectBuilder
        {
            ["kind"] = new ObjectBuilder
            {
                ["group"] = group,
                ["kind"] = kind,
                ["version"] = version,
            }.ToValue(),
            ["name"] = Or(metadata["name"], ""),
            ["namespace"] = Or(metadata["namespace"], ""),
            ["object"] = document,
            ["operation"] = "CREATE",
        }.ToValue();
        return new ObjectBuilder
        {
            ["parameters"] = Value.EmptyObject,
            ["request"] = review,
            ["review"] = review,
        }.ToValue();
    }

    private static Value Or(Value value, Value other) => value.IsUndefined ? other : value;

    /// <summary>Whether a canonical text holds a path and not merely the beginning of a longer name.</summary>
    private static bool Reads(string text, string path)
    {
        for (
            var at = text.IndexOf(path, StringComparison.Ordinal);
            at >= 0;
            at = text.IndexOf(path, at + 1, StringComparison.Ordinal)
        )
        {
            var end = at + path.Length;
            var begins = at == 0 || !IsNamePart(text[at - 1]);
            if (begins && (end == text.Length || !IsNamePart(text[end])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsNamePart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}
