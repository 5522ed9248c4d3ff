using System.Text;
using Plumbline.Core.Assessments;
using Plumbline.Core.Evidence;
using Plumbline.Core.Judging;
using Plumbline.Core.Resources;
using Plumbline.Core.Tests.Evidence;

namespace Plumbline.Storage.Tests.Evidence;

public sealed class A_sealed_assessment : IDisposable
{
    private readonly SealedStore sealedStore = new();

    public void Dispose() => sealedStore.Dispose();

    [Fact]
    public async Task Is_given_back_as_it_was()
    {
        var original = SampleEstate.Assess(SampleEstate.Input());
        await sealedStore.SealAsync(original);

        var read = await sealedStore.ReadAsync(async reader =>
            await (await reader.OpenAsync(1, default))!.ReadAsync(default)
        );

        // Sealed again, it gives the same payloads, byte for byte: whatever evidence holds has come back.
        Assert.Equal(PayloadsOf(original), PayloadsOf(read));
        Assert.Equal(original.Findings.All.Select(Described), read.Findings.All.Select(Described));
        Assert.Equal(original.Input.Snapshot.Resources.Length, read.Input.Snapshot.Resources.Length);
        Assert.Equal(original.Counts.Findings, read.Counts.Findings);
        Assert.Equal(
            original.Frameworks["soc2"].Select(r => (r.Requirement.Id, r.Raw, r.Effective, r.Attested?.Id, r.Reason)),
            read.Frameworks["soc2"].Select(r => (r.Requirement.Id, r.Raw, r.Effective, r.Attested?.Id, r.Reason))
        );
    }

    [Fact]
    public async Task Says_who_ran_it_and_where()
    {
        await sealedStore.SealAsync(SampleEstate.Assess(SampleEstate.Input()));

        var who = await sealedStore.ReadAsync(async reader =>
            await (await reader.OpenAsync(1, default))!.IdentityAsync(default)
        );

        Assert.Equal(("ines@example.org", "4b6f3c1e9a"), who);
    }

    [Fact]
    public async Task Is_not_there_under_a_label_that_nobody_gave()
    {
        await sealedStore.SealAsync(SampleEstate.Assess(SampleEstate.Input()));

        Assert.Null(await sealedStore.ReadAsync(reader => reader.OpenAsync(2, default)));
        Assert.Null(await sealedStore.VerifyAsync(2));
    }

    [Fact]
    public async Task Is_found_by_check_and_by_population()
    {
        var assessment = SampleEstate.Assess(SampleEstate.Input());
        await sealedStore.SealAsync(assessment);
        await using var store = await sealedStore.Temp.OpenForReadingAsync();

        foreach (var resource in assessment.Input.Snapshot.Resources)
        {
            Assert.Equal([0], await store.FindAsync(EvidenceNames.Of(resource.Key), default));
        }

        Assert.Equal([0], await store.FindAsync(EvidenceNames.Of(assessment.Instances[0].Check), default));
    }

    [Fact]
    public async Task Proves_each_of_its_findings()
    {
        var assessment = SampleEstate.Assess(SampleEstate.Input());
        await sealedStore.SealAsync(assessment);

        await sealedStore.ReadAsync(async reader =>
        {
            var read = (await reader.OpenAsync(1, default))!;
            foreach (var finding in assessment.Findings.All)
            {
                var proof = await read.ProveAsync(
                    finding.Instance.Check.Id,
                    finding.Instance.Name,
                    finding.Resource.Key,
                    default
                );
                Assert.NotNull(proof);
                Assert.Equal(finding.Verdict, proof.Verdict);
                Assert.Equal(finding.Verdict is Verdict.Fail or Verdict.Unknown, proof.Rows is not null);
                Assert.True(proof.Holds(read.Leaf.TablesRoot, read.Leaf.TablesSize, out var fault), fault);
            }

            var nobody = ResourceKey.Of(SampleEstate.Realm, SampleEstate.Pod, "nobody");
            Assert.Null(await read.ProveAsync("privileged", "default", nobody, default));
            return true;
        });
    }

    [Fact]
    public async Task Costs_four_small_blobs_on_a_day_on_which_nothing_changed()
    {
        var input = SampleEstate.Input();
        await sealedStore.SealAsync(SampleEstate.Assess(input));
        var before = sealedStore.Query("SELECT ct FROM blob", row => row.GetFieldValue<byte[]>(0)).Count;
        var tomorrow = input with
        {
            Clock = input.Clock.AddDays(1),
            Snapshot = input.Snapshot with { From = input.Snapshot.From.AddDays(1), To = input.Snapshot.To.AddDays(1) },
        };

        await sealedStore.SealAsync(SampleEstate.Assess(tomorrow), seed: 50);

        // Observation, identity, statement, salts.
        Assert.Equal(before + 4, sealedStore.Query("SELECT 1 FROM blob", _ => 0).Count);
        Assert.True((await sealedStore.VerifyAsync()).IsWhole);
    }

    [Fact]
    public async Task Of_nothing_is_whole_and_comes_back()
    {
        var nothing = SampleEstate.Assess(
            new AssessmentInput
            {
                Snapshot = SampleEstate.SnapshotOf([]),
                Policies = new Scripted([], Finding.Pass),
                Frameworks = [],
                Clock = SampleEstate.Now,
            }
        );
        await sealedStore.SealAsync(nothing);

        var read = await sealedStore.ReadAsync(async reader =>
            await (await reader.OpenAsync(1, default))!.ReadAsync(default)
        );

        Assert.Equal(PayloadsOf(nothing), PayloadsOf(read));
        Assert.True((await sealedStore.VerifyAsync()).IsWhole);
    }

    [Fact]
    public async Task That_was_interrupted_comes_back_so()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        var interrupted = Assessor.Assess(SampleEstate.Input(), null, stop.Token);
        Assert.Equal(AssessmentState.Interrupted, interrupted.State);
        await sealedStore.SealAsync(interrupted);

        var read = await sealedStore.ReadAsync(async reader =>
            await (await reader.OpenAsync(1, default))!.ReadAsync(default)
        );

        Assert.Equal(interrupted.Findings.All.Select(Described), read.Findings.All.Select(Described));
        Assert.Equal(AssessmentState.Interrupted, read.State);
        Assert.True((await sealedStore.VerifyAsync()).IsWhole);
    }

    [Fact]
    public async Task Comes_back_from_a_bundle_that_waited_for_the_lock()
    {
        await sealedStore.Temp.SealAsync(0);
        var assessment = SampleEstate.Assess(SampleEstate.Input());
        var request = AssessmentSeal.Prepare(assessment, SampleEstate.Context());
        var waiting = sealedStore.Temp.Options with { LockWait = TimeSpan.Zero };
        await using (var store = await EvidenceStore.OpenAsync(waiting, default))
        {
            await using var holder = File.Open(
                Path.Combine(waiting.Folder, "writer.lock"),
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None
            );
            Assert.IsType<SealOutcome.Pending>(await store.SealAsync(request, default));
        }

        await using (await sealedStore.Temp.OpenAsync())
        {
            // Opening takes it in.
        }

        var verification = await sealedStore.VerifyAsync();
        Assert.True(verification.IsWhole, string.Join('\n', verification.Discrepancies));
        Assert.Equal(1, verification.Checked.Assessments);
    }

    private static IEnumerable<(string, string)> PayloadsOf(Assessment assessment) =>
        AssessmentSeal
            .Prepare(assessment, SampleEstate.Context())
            .Payloads.Select(p => (p.Name, Encoding.UTF8.GetString(p.Bytes.Span)));

    private static string Described(Finding f) =>
        $"{f.Instance} {f.Resource.Key} {f.Resource.Observed.File} {f.Verdict} {f.Cause} {string.Join(',', f.Causes)} "
        + string.Join(
            ';',
            f.Parts.Select(p =>
                $"{p.Key} {p.Place} {p.Message} {p.Enforcement} {p.IsCertain} {p.Fingerprint} {f.Resource.Observed.PositionOf(p.Place)}"
            )
        );
}
