using System.Collections.Immutable;
using Plumbline.Core.Approvals;
using Plumbline.Core.Checks;
using Plumbline.Core.Judging;

namespace Plumbline.Core.Waivers;

/// <summary>The exceptions of a repository and those who may approve them, before anybody knows what fails.</summary>
public sealed class WaiverRegister
{
    private readonly ImmutableArray<(WaiverEntry Entry, CheckedEntry Approved)> _entries;

    public WaiverRegister(IEnumerable<WaiverEntry> entries, Approvers approvers)
    {
        Approvers = approvers;
        _entries = [.. entries.OrderBy(e => e.Id, Ordinal.Comparer).Select(e => (e, CheckedEntry.Of(e, approvers)))];
    }

    public static WaiverRegister Empty { get; } = new([], Approvers.None("there are no exceptions"));

    public Approvers Approvers { get; }

    /// <summary>In the order of their ids.</summary>
    public IEnumerable<WaiverEntry> Entries => _entries.Select(e => e.Entry);

    /// <summary>Every entry before anything was judged: who approved it, and until when.</summary>
    public ImmutableArray<ExceptionEntry> Standing() => [.. _entries.Select(e => e.Approved.StandingOf(new Tally()))];

    /// <summary>Holds every entry against what fails.</summary>
    /// <param name="scope">What <paramref name="policies"/> were asked with.</param>
    /// <remarks>Expired ones are among the results: what is in force is decided where it is asked, and nowhere else.</remarks>
    public ExceptionOutcome Resolve(FindingTable findings, IPolicySource policies, Scope scope)
    {
        if (_entries.IsEmpty)
        {
            return ExceptionOutcome.None;
        }

        var waivers = ImmutableArray.CreateBuilder<Waiver>();
        var claims = ImmutableArray.CreateBuilder<Claim>();
        var counts = _entries.ToDictionary(e => e.Entry.Id, e => new Tally());
        foreach (var finding in findings.Rows.Where(f => f.Verdict == Verdict.Fail))
        {
            var digest = new Lazy<string>(() => WaiverScope.DigestOf(finding, policies, scope));
            foreach (var part in finding.CertainParts)
            {
                foreach (var (entry, approved) in _entries.Where(e => e.Entry.Selects(finding, part)))
                {
                    var tally = counts[entry.Id];
                    tally.Selected++;
                    var why = approved.Refusal(finding, part, digest);
                    if (why is null)
                    {
                        tally.Covered++;
                        waivers.Add(approved.WaiverOf(part, finding.Instance.Check.Impact.Severity));
                    }
                    else
                    {
                        tally.Why.Add(why);
                        claims.Add(
                            new Claim(entry.Id, part.Fingerprint, entry.Expires) { Reason = entry.Reason, Why = why }
                        );
                    }
                }
            }
        }

        return new ExceptionOutcome
        {
            Waivers = waivers.ToImmutable(),
            Claims = claims.ToImmutable(),
            Entries = [.. _entries.Select(e => e.Approved.StandingOf(counts[e.Entry.Id]))],
        };
    }

    /// <summary>An entry, and which of its approvals count.</summary>
    private sealed record CheckedEntry(
        WaiverEntry Entry,
        ImmutableArray<ApproverKey> By,
        ImmutableArray<string> Refusals
    )
    {
        public static CheckedEntry Of(WaiverEntry entry, Approvers approvers)
        {
            var all = entry.Approvals.Select(a =>
                approvers.Check(a, entry.Signed.Span, entry.Requester, Approval.Namespace)
            );
            var (by, refusals) = (all.Select(c => c.By).OfType<ApproverKey>(), all.Select(c => c.Refusal));
            return new CheckedEntry(
                entry,
                [.. by.DistinctBy(k => k.Key).OrderBy(k => k.Principal, Ordinal.Comparer)],
                [.. refusals.Where(r => r.Length > 0).Distinct().Order(Ordinal.Comparer)]
            );
        }

        /// <summary>Why the entry does not waive a part that it selects; null where it does.</summary>
        public string? Refusal(Finding finding, FindingPart part, Lazy<string> digest)
        {
            var severity = finding.Instance.Check.Impact.Severity;
            return Unapproved
                ?? (
                    !By.Any(k => k.Level >= severity)
                        ? $"whoever approved it may approve up to {Word(By.Max(k => k.Level))}, and this is {Word(severity)}"
                    : !Entry.Scope.TryGetValue(part.Fingerprint, out var approved)
                        ? "it did not match this when it was approved"
                    : approved != digest.Value ? "what the check reads has changed since it was approved"
                    : null
                );
        }

        /// <summary>Why nobody has approved it; null where somebody has.</summary>
        private string? Unapproved =>
            !By.IsEmpty ? null
            : Refusals.IsEmpty ? "nobody has approved it"
            : string.Join("; ", Refusals);

        public Waiver WaiverOf(FindingPart part, Severity severity) =>
            new(Entry.Id, part.Fingerprint, Entry.Expires)
            {
                Reason = Entry.Reason,
                ApprovedBy = By.First(k => k.Level >= severity).Principal,
            };

        public ExceptionEntry StandingOf(Tally tally) =>
            new(Entry.Id, Entry.Expires)
            {
                About = Entry.Check ?? Entry.Fingerprint!,
                Owner = Entry.Owner,
                Requester = Entry.Requester,
                Reason = Entry.Reason,
                Ticket = Entry.Ticket,
                ApprovedBy = [.. By.Select(k => k.Principal).Distinct(StringComparer.Ordinal)],
                Why = Unapproved ?? tally.Why.FirstOrDefault() ?? "",
                Selected = tally.Selected,
                Covered = tally.Covered,
                IsBare = Entry.IsBare,
            };

        private static string Word(Severity severity) => severity.ToString().ToLowerInvariant();
    }

    private sealed class Tally
    {
        public int Selected { get; set; }

        public int Covered { get; set; }

        public SortedSet<string> Why { get; } = new(Ordinal.Comparer);
    }
}
