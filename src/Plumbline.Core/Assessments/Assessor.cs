using System.Collections.Immutable;
using Plumbline.Core.Checks;
using Plumbline.Core.Frameworks;
using Plumbline.Core.Judging;
using Plumbline.Core.Waivers;

namespace Plumbline.Core.Assessments;

/// <summary>How many of the expected pairs were evaluated.</summary>
public readonly record struct AssessmentProgress(int Evaluated, int Expected);

/// <summary>Judges a snapshot: every selected instance on every resource of its types, then the requirements.</summary>
public static class Assessor
{
    /// <param name="progress">Told of every few hundred pairs, one call at a time, from whichever thread judged them.</param>
    /// <param name="cancel">Stops the evaluation; the pairs that were not judged are unknown, and the assessment interrupted.</param>
    /// <exception cref="InvalidOperationException">A front-end threw: that is a fault of ours, never of a policy.</exception>
    public static Assessment Assess(
        AssessmentInput input,
        IProgress<AssessmentProgress>? progress,
        CancellationToken cancel
    ) => Assess(input, progress, Environment.ProcessorCount, cancel);

    /// <remarks>The result does not depend on the number of <paramref name="workers"/>.</remarks>
    internal static Assessment Assess(
        AssessmentInput input,
        IProgress<AssessmentProgress>? progress,
        int workers,
        CancellationToken cancel
    )
    {
        var asked = input
            .Policies.Instances.Where(i => input.Selection.IsEmpty || input.Selection.Contains(i.Check.Id))
            .Order(CheckInstance.Comparer)
            .ToImmutableArray();
        var draft = new FindingDraft(asked, input.Snapshot.Resources);
        var scope = new Scope(input.Snapshot, input.Clock);
        new Evaluation(draft, input.Policies, scope, progress).Run(workers, cancel);
        var findings = draft.Finish();
        return Judge(WithExceptions(input, findings, scope), asked, findings);
    }

    /// <summary>What a waiver covers is known once it is known what fails: from here on it is part of the input.</summary>
    private static AssessmentInput WithExceptions(AssessmentInput input, FindingTable findings, Scope scope)
    {
        var outcome = input.Register.Resolve(findings, input.Policies, scope);
        return input with
        {
            Waivers = input.Waivers.AddRange(outcome.Waivers),
            Claims = input.Claims.AddRange(outcome.Claims),
            Exceptions = input.Exceptions.AddRange(outcome.Entries),
        };
    }

    /// <summary>What follows from the findings: requirements and counts.</summary>
    internal static Assessment Judge(
        AssessmentInput input,
        ImmutableArray<CheckInstance> instances,
        FindingTable findings
    )
    {
        var waivers = new WaiversInForce(input.Waivers, input.Clock);
        var checks = new CheckStandings(instances, findings, input.Snapshot.Gaps, waivers);
        var judge = new RequirementJudge(checks, waivers, input.Attestations, input.OutOfBoundary, input.Clock);
        var frameworks = input.Frameworks.ToImmutableSortedDictionary(f => f.Id, judge.Judge, Ordinal.Comparer);
        return new Assessment
        {
            Input = input,
            State = findings.IsComplete ? AssessmentState.Complete : AssessmentState.Interrupted,
            Instances = instances,
            Findings = findings,
            Waivers = waivers,
            Frameworks = frameworks,
            Counts = new AssessmentCounts(
                checks.CountFindings(),
                checks.CountChecks(),
                frameworks.ToImmutableSortedDictionary(f => f.Key, f => Count(f.Value), Ordinal.Comparer)
            ),
        };
    }

    private static VerdictCount Count(ImmutableArray<RequirementResult> results)
    {
        return new(
            Total: results.Length,
            Pass: Of(RequirementStatus.Pass),
            Fail: Of(RequirementStatus.Fail),
            Unknown: Of(RequirementStatus.Unknown),
            NotApplicable: Of(RequirementStatus.NotApplicable),
            Waived: Of(RequirementStatus.Waived)
        );

        int Of(RequirementStatus status) => results.Count(r => r.Effective == status);
    }
}
