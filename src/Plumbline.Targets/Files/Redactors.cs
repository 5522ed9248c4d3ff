using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Plumbline.Values;

namespace Plumbline.Targets.Files;

/// <summary>Finds values that are secrets wherever they stand. They are taken out before anything is judged, hashed or kept.</summary>
/// <param name="Name">Told to checks, and kept beside the pointer of what was taken out.</param>
/// <param name="Reason">What it finds, for people.</param>
/// <param name="Anchors">One of them is in every match: what has none costs no regular expression.</param>
/// <param name="Pattern">Built when an anchor is first met: most scans need none of them.</param>
internal sealed record Redactor(string Name, string Reason, ImmutableArray<byte[]> Anchors, Lazy<Regex> Pattern)
{
    public bool Matches(Utf8 text) => HasAnchor(text.Span) && Pattern.Value.IsMatch(text.ToString());

    private bool HasAnchor(ReadOnlySpan<byte> text)
    {
        foreach (var anchor in Anchors)
        {
            if (text.IndexOf(anchor) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>The table of secrets that show by themselves: formats that their issuers made to be found.</summary>
internal static class Redactors
{
    /// <summary>Name of the rule for <c>data</c> and <c>stringData</c> of a Secret.</summary>
    public const string Secret = "kubernetes-secret";

    /// <summary>Name of the rule for the copy of a Secret that <c>kubectl apply</c> leaves in an annotation.</summary>
    public const string LastApplied = "kubernetes-last-applied";

    public static ImmutableArray<Redactor> All { get; } =
    [
        Of("private-key", "a private key in PEM or PGP armour", "-----BEGIN [A-Z0-9 ]*PRIVATE KEY", "-----BEGIN "),
        Of(
            "aws-access-key",
            "the id of an AWS access key",
            "(^|[^A-Z0-9])A(KIA|SIA|BIA|CCA)[A-Z2-7]{16}([^A-Z0-9]|$)",
            "AKIA",
            "ASIA",
            "ABIA",
            "ACCA"
        ),
        Of(
            "aws-secret-key",
            "an AWS secret key behind its name",
            "(?i)aws_?secret_?(access_?)?key[\"']?[ \t]*[:=][ \t]*[\"']?[A-Za-z0-9/+]{40}",
            "ecret",
            "ECRET"
        ),
        Of(
            "github-token",
            "a token of GitHub",
            "gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22}",
            "ghp_",
            "gho_",
            "ghu_",
            "ghs_",
            "ghr_",
            "github_pat_"
        ),
        Of("gitlab-token", "a personal access token of GitLab", "glpat-[A-Za-z0-9_-]{20}", "glpat-"),
        Of("slack-token", "a token of Slack", "xox[abeoprs]-[A-Za-z0-9-]{10}", "xox"),
        Of("google-api-key", "an API key of Google", "AIza[A-Za-z0-9_-]{35}", "AIza"),
        Of("stripe-key", "a live key of Stripe", "[rs]k_live_[A-Za-z0-9]{16}", "k_live_"),
        Of(
            "jwt",
            "a JSON Web Token (RFC 7519)",
            @"eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}",
            "eyJ"
        ),
        Of(
            "url-password",
            "a password in a URL; a variable such as $(PASSWORD) is none",
            @"[A-Za-z][A-Za-z0-9+.-]*://[^/\s:@]*:[^/\s@${<][^/\s@]*@",
            "://"
        ),
    ];

    /// <summary>
    /// Passwords given to programs on their command line, which hosts keep in tables and rules: <c>--password=…</c>, <c>PASSWORD=…</c>.
    /// Manifests are not asked for it: there such names hold references as often.
    /// </summary>
    public static Redactor Argument { get; } =
        Of(
            "password-argument",
            "a password as an argument of a program, or as a variable before it",
            """(?i)(^|[^a-z0-9])([a-z0-9_-]*[_-])?(password|passwd|passphrase|secret|token|api_?key)=["']?[^\s"'$(]"""
                + """|(?i)--([a-z0-9-]*-)?(password|passwd|passphrase|secret|token|api-?key)[ \t]+["']?[^-\s"'/($]""",
            "ass",
            "ASS",
            "ecret",
            "ECRET",
            "oken",
            "OKEN",
            "ey",
            "EY"
        );

    /// <summary>Name of the redactor that knows this text as a secret; null where none does.</summary>
    public static string? Match(Utf8 text)
    {
        foreach (var redactor in All)
        {
            if (redactor.Matches(text))
            {
                return redactor.Name;
            }
        }

        return null;
    }

    private static Redactor Of(string name, string reason, string pattern, params string[] anchors)
    {
        const RegexOptions Linear =
            RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;
        return new Redactor(
            name,
            reason,
            [.. anchors.Select(System.Text.Encoding.UTF8.GetBytes)],
            new Lazy<Regex>(() => new Regex(pattern, Linear))
        );
    }
}
