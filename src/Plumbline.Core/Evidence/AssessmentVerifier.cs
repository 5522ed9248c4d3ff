using System.Collections.Immutable;
using Plumbline.Core.Assessments;
using Plumbline.Core.Evidence.Snapshots;
using Plumbline.Core.Evidence.Tables;
using Plumbline.Core.Frameworks;
using Plumbline.Core.Resources;
using Plumbline.Values;

namespace Plumbline.Core.Evidence;

/// <summary>Verifies what one leaf commits to.</summary>
/// <remarks>
/// Counts and statuses are judged again from the verdicts on the keys of the manifests, not from documents: a document that was
/// altered is one fault, and the rest can be told all the same.
/// </remarks>
internal sealed class AssessmentVerifier(SealedAssessment assessment, Discrepancies found)
{
    /// <summary>Stands in for a document where only its key matters.</summary>
    private static readonly byte[] NoDocument = """{"document":{},"marks":{}}"""u8.ToArray();

    private readonly AssessmentLeaf _leaf = assessment.Leaf;
    private readonly Statement _statement = assessment.Statement;

    public async Task VerifyAsync(CancellationToken cancel)
    {
        Demand("leaf, `statement`", _leaf.Head.Blob(ContentKind.Statement).Pt, _leaf.Statement);
        Demand("leaf, `engine`", _statement.Engine, _leaf.Head.Engine);
        Demand("leaf, `counts`", StoredCounts.ToValue(_statement.Counts), StoredCounts.ToValue(_leaf.Counts));
        await found.TryAsync(() => assessment.IdentityAsync(cancel));
        var chunks = await ChunksAsync(cancel);
        var snapshot = await found.TryAsync(() => SealedSnapshot.OpenAsync(assessment.Content, _statement, cancel));
        if (snapshot is not null)
        {
            Demand(
                "leaf, `observed`",
                IntervalOf((snapshot.Observation.From, snapshot.Observation.To)),
                IntervalOf(_leaf.Head.Observed)
            );
            Demand("`gaps`", StoredGaps.ToValue(snapshot.Stored.Gaps), StoredGaps.ToValue(_statement.Gaps));
            await VerdictsAsync(snapshot, await DocumentsAsync(snapshot, cancel), chunks, cancel);
        }
    }

    /// <summary>All chunks, and the tree over them; null where one cannot be read.</summary>
    private async Task<TableChunk[]?> ChunksAsync(CancellationToken cancel)
    {
        var chunks = new TableChunk?[_statement.Tables.Length];
        for (var i = 0; i < chunks.Length; i++)
        {
            var index = i;
            chunks[i] = await found.TryAsync(() => assessment.ChunkAsync(index, cancel));
        }

        found.Count(new VerificationCounts { Chunks = chunks.Length });
        if (chunks.Contains(null))
        {
            return null;
        }

        await found.TryAsync(() => assessment.TreeAsync(chunks!, cancel));
        return chunks!;
    }

    /// <summary>Reads every document; gives something with the key of each, or null where a manifest cannot be read.</summary>
    private async Task<ImmutableArray<Resource>?> DocumentsAsync(SealedSnapshot snapshot, CancellationToken cancel)
    {
        var resources = ImmutableArray.CreateBuilder<Resource>();
        var isWhole = true;
        for (var i = 0; i < snapshot.Stored.Manifests.Length; i++)
        {
            var index = i;
            await found.TryAsync(() => snapshot.PositionsAsync(index, cancel));
            var rows = await found.TryAsync(() => snapshot.ManifestAsync(index, cancel));
            isWhole &= rows is not null;
            foreach (var row in rows ?? [])
            {
                await found.TryAsync(() => snapshot.DocumentAsync(row, cancel));
                resources.Add(row.ToResource(NoDocument, Observation.None));
            }
        }

        found.Count(new VerificationCounts { Documents = resources.Count });
        resources.Sort((a, b) => a.Key.CompareTo(b.Key));
        return isWhole ? resources.ToImmutable() : null;
    }

    /// <summary>Judges again from the verdicts, if all is there that it takes.</summary>
    private async Task VerdictsAsync(
        SealedSnapshot snapshot,
        ImmutableArray<Resource>? resources,
        TableChunk[]? chunks,
        CancellationToken cancel
    )
    {
        var instances = await found.TryAsync(() => assessment.InstancesAsync(snapshot.Observation, cancel));
        var frameworks = await found.TryAsync(() => assessment.FrameworksAsync(cancel));
        if (resources is null || chunks is null || instances is null || frameworks is null)
        {
            return;
        }

        await found.TryAsync(() =>
        {
            var again = SealedContent.Parsed(
                $"{assessment.Content.Place}, tables",
                () =>
                    Assessor.Judge(
                        assessment.InputOf(snapshot.ToSnapshot(resources.Value), [.. instances], [.. frameworks]),
                        [.. instances],
                        SealedTables.Read([.. chunks], [.. instances], resources.Value)
                    )
            );
            Compare(again);
            return Task.FromResult(again);
        });
    }

    private void Compare(Assessment again)
    {
        Demand("`state`", Words<AssessmentState>.Of(again.State), Words<AssessmentState>.Of(_statement.State));
        Demand("`counts`", StoredCounts.ToValue(again.Counts), StoredCounts.ToValue(_statement.Counts));
        var parameters = StoredValue.Map(
            again.Instances.Select(i => KeyValuePair.Create(i.Label, i.Parameters)),
            p => p
        );
        Demand("`parameters`", parameters, StoredValue.Map(_statement.Parameters, p => p));
        Demand("`frameworks`", string.Join(", ", again.Frameworks.Keys), string.Join(", ", _statement.Frameworks.Keys));
        found.Count(
            new VerificationCounts
            {
                Verdicts = again.Findings.Count,
                Requirements = again.Frameworks.Sum(f => f.Value.Length),
            }
        );
        foreach (var framework in again.Input.Frameworks)
        {
            Compare(framework, again.Frameworks[framework.Id]);
        }
    }

    /// <summary>Statuses, one by one; the sentences that explain them are not judged again.</summary>
    private void Compare(Framework framework, ImmutableArray<RequirementResult> again)
    {
        var said = SealedContent.Parsed(
            $"{assessment.Content.Place}, statement, `frameworks`, `{framework.Id}`",
            () => assessment.ResultsOf(framework)
        );
        Demand($"`frameworks`, `{framework.Id}`", IdsOf(again), IdsOf(said));
        foreach (var (expected, result) in again.Zip(said))
        {
            Demand($"{framework.Id} {result.Requirement.Id}", StatusOf(expected), StatusOf(result));
        }
    }

    private static string IntervalOf((DateTimeOffset From, DateTimeOffset To) observed) =>
        $"{LogTime.Format(observed.From)} to {LogTime.Format(observed.To)}";

    private static string IdsOf(ImmutableArray<RequirementResult> results) =>
        string.Join(", ", results.Select(r => r.Requirement.Id));

    private static string StatusOf(RequirementResult result) =>
        $"raw {Words<RequirementStatus>.Of(result.Raw)}, effective {Words<RequirementStatus>.Of(result.Effective)}, "
        + $"{result.Exceptions} exceptions, decided by {string.Join(", ", result.Decided)}";

    private void Demand(string member, Value expected, Value got) =>
        Demand(member, Jcs.ToText(expected), Jcs.ToText(got));

    private void Demand(string member, string expected, string got)
    {
        if (expected != got)
        {
            found.Add(new Discrepancy($"{assessment.Content.Place}, {member}", expected, got));
        }
    }
}
