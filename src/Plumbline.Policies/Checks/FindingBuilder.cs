using Plumbline.Core.Checks;
using Plumbline.Core.Judging;
using Plumbline.Core.Resources;
using Plumbline.Rego;

namespace Plumbline.Policies.Checks;

/// <summary>Turns the answers of a package's rules into a finding (rule 13 of unknown values).</summary>
internal sealed class FindingBuilder(CheckInstance instance, Resource resource, NaturalKeys keys)
{
    private readonly Parts _named = new(instance, resource, keys);
    private const string Unnamed = "there may be more to deny than could be told";

    private readonly List<FindingPart> _parts = [];
    private Causes _doubts = Causes.None;
    private bool _isDoubtful;
    private bool _isNotApplicable;

    /// <summary>Takes the answer of <c>applies</c>; false where the check is not to be asked, or may not.</summary>
    public bool Applies(DocumentAnswer answer)
    {
        if (answer.Doubt is null && (answer.Value.IsUndefined || answer.Value.IsFalse))
        {
            _isNotApplicable = true;
            return false;
        }

        if (answer.Doubt is null && !answer.Value.IsUnknown)
        {
            return true;
        }

        Doubt(answer.Doubt ?? Causes.None.With(answer.Value.AsUnknown!.Cause));
        return false;
    }

    /// <summary>Takes the members of <c>deny</c> or <c>warn</c>.</summary>
    public void Take(string rule, DocumentAnswer answer, Enforcement enforcement)
    {
        for (var i = 0; i < answer.Value.Count; i++)
        {
            _parts.Add(_named.Of(rule, enforcement, answer.Value[i], isCertain: answer.Doubt is null));
        }

        foreach (var (member, causes) in answer.Possible)
        {
            _parts.Add(_named.Of(rule, enforcement, member, isCertain: false, causes.All));
            Doubt(causes);
        }

        if (Untold(answer) is { } untold)
        {
            // What may be denied has no name here, but the gate has to see that something may be.
            _parts.Add(_named.Of(rule, enforcement, Unnamed, isCertain: false, untold.All));
            Doubt(untold);
        }
    }

    /// <summary>Why there may be members that the answer does not name; null where there are none.</summary>
    private static Causes? Untold(DocumentAnswer answer) =>
        answer.Doubt is not null ? answer.Doubt
        : answer.Value.AsUnknown is { } unknown ? Causes.None.With(unknown.Cause)
        : answer.Value.Open is { } open && answer.Possible.Length == 0 ? Causes.None.With(open.Cause)
        : null;

    public Finding Build()
    {
        var certain = _parts.Any(p => p.IsCertain);
        var verdict =
            _isNotApplicable ? Verdict.NotApplicable
            : certain ? Verdict.Fail
            : _isDoubtful ? Verdict.Unknown
            : Verdict.Pass;
        return new Finding
        {
            Instance = instance,
            Resource = resource,
            Verdict = verdict,
            Parts = verdict is Verdict.Fail or Verdict.Unknown ? Parts.Sorted(_parts) : [],
            Cause = verdict == Verdict.Unknown ? CauseOf(_doubts) : null,
            Causes = verdict == Verdict.Unknown ? _doubts.All : [],
        };
    }

    /// <summary>The finding of an evaluation that ended before it had an answer.</summary>
    public Finding Failed(UnknownCause cause, string message, bool isNotReplayable = false) =>
        new()
        {
            Instance = instance,
            Resource = resource,
            Verdict = Verdict.Unknown,
            Cause = cause,
            Causes = [message],
            IsNotReplayable = isNotReplayable,
        };

    private static UnknownCause CauseOf(Causes causes) =>
        causes.All.Any(c => c.StartsWith("gap", StringComparison.Ordinal))
            ? UnknownCause.Gap
            : UnknownCause.UnknownValue;

    private void Doubt(Causes causes)
    {
        _isDoubtful = true;
        _doubts = _doubts.With(causes);
    }
}
