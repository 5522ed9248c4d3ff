using Plumbline.Core.Assessments;
using Plumbline.Core.Evidence;
using Plumbline.Core.Tests.Evidence;

namespace Plumbline.Storage.Tests.Evidence;

/// <summary>The figures of CONTRACTS §6 for verdict tables, at a tenth of their scale.</summary>
public sealed class Sizes : IDisposable
{
    private const int Megabyte = 1_000_000;

    private readonly SealedStore sealedStore = new();

    public void Dispose() => sealedStore.Dispose();

    [LongFact]
    public async Task Of_a_million_verdicts_with_one_in_a_hundred_failing_stay_below_two_megabytes()
    {
        var assessment = SampleEstate.Large(resources: 10_000, checks: 100, failing: 100);

        var plain = AssessmentSeal.Prepare(assessment, SampleEstate.Context()).Payloads.Where(p => p.Name == "table");
        Assert.InRange(plain.Sum(p => p.Bytes.Length), 0, 5 * Megabyte);
        Assert.InRange(await BytesOfFindingsAsync(assessment, seed: 1), 0, 2 * Megabyte);
    }

    [LongFact]
    public async Task Of_an_unchanged_day_are_those_of_the_statement()
    {
        var assessment = SampleEstate.Large(resources: 10_000, checks: 100, failing: 100);
        await sealedStore.SealAsync(assessment);
        var before = BytesOfBlobs();

        await sealedStore.SealAsync(assessment, seed: 50);

        Assert.InRange(BytesOfBlobs() - before, 0, Megabyte / 20);
        Assert.InRange(BytesOfBlobs() - before, 0, before / 50);
    }

    private async Task<long> BytesOfFindingsAsync(Assessment assessment, byte seed)
    {
        await sealedStore.SealAsync(assessment, seed);
        return sealedStore.Query(
            """
            SELECT sum(length(b.bytes)) FROM blob b JOIN blob_index i ON i.ct = b.ct JOIN data_key k ON k.ref = i.key
            WHERE k.class = 'findings'
            """,
            row => row.GetInt64(0)
        )[0];
    }

    private long BytesOfBlobs() => sealedStore.Query("SELECT sum(length(bytes)) FROM blob", row => row.GetInt64(0))[0];
}
