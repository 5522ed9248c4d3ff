using System.Collections.Immutable;
using System.Text;
using CsCheck;
using Plumbline.Core.Assessments;
using Plumbline.Core.Checks;
using Plumbline.Core.Evidence.Tables;
using Plumbline.Core.Judging;
using Plumbline.Core.Resources;

namespace Plumbline.Core.Tests.Evidence;

public sealed class Verdict_tables
{
    [Fact]
    public void Hold_two_bits_a_verdict_low_bits_first()
    {
        var instance = SampleEstate.Check("c", SampleEstate.Pod).Default;
        var verdicts = new[] { Verdict.Fail, Verdict.Pass, Verdict.Unknown, Verdict.NotApplicable, Verdict.Fail };

        var chunks = ChunksOf(instance, verdicts);

        Assert.Equal([0b11_10_00_01, 0b00_00_00_01], chunks[1].Body.ToArray());
        Assert.Equal(verdicts, Enumerable.Range(0, 5).Select(chunks[1].VerdictAt));
    }

    [Fact]
    public void Stand_in_the_order_keys_vectors_rows()
    {
        var chunks = ChunksOf(SampleEstate.Assess(SampleEstate.Input()).Findings);

        Assert.Equal(
            [
                "keys of k8s//Pod",
                "keys of k8s/apps/Deployment",
                "vector of privileged on k8s//Pod",
                "vector of limits on k8s/apps/Deployment",
                "vector of limits[prod] on k8s/apps/Deployment",
                "vector of privileged on k8s/apps/Deployment",
                "rows of limits on k8s/apps/Deployment",
                "rows of limits[prod] on k8s/apps/Deployment",
                "rows of privileged on k8s/apps/Deployment",
            ],
            chunks.Select(c => c.Name)
        );
    }

    [Fact]
    public void Are_cut_after_4096_keys_and_rows_with_them()
    {
        var instance = SampleEstate.Check("c", SampleEstate.Pod).Default;
        var verdicts = Enumerable.Repeat(Verdict.Pass, 4098).ToArray();
        verdicts[4095] = Verdict.Fail;
        verdicts[4097] = Verdict.Unknown;

        var chunks = ChunksOf(instance, verdicts);

        Assert.Equal([4096, 2, 4096, 2, 1, 1], chunks.Select(c => c.Count));
        Assert.Equal(1024, chunks[2].Body.Length);
        Assert.Equal((Verdict.Fail, Verdict.Unknown), (chunks[2].VerdictAt(4095), chunks[3].VerdictAt(1)));
        Assert.Equal([chunks[2].Keys, chunks[3].Keys], [chunks[4].Keys, chunks[5].Keys]);
    }

    [Fact]
    public void Are_read_back_as_they_were()
    {
        var verdict = Gen.Int[0, 3].Select(i => (Verdict)i);
        var gen =
            from types in Gen.Int[1, 3]
            from instances in Gen.Int[1, 3]
            from verdicts in verdict.Array[types * instances * 5]
            from missing in Gen.Int[0, verdicts.Length]
            select (types, instances, verdicts, missing);

        gen.Sample(
            sample =>
            {
                var (instances, resources, findings) = Estate(sample.types, sample.instances, sample.verdicts);
                var table = FindingTable.Of(instances, resources, findings.Where((_, i) => i != sample.missing));

                var read = SealedTables.Read(ChunksOf(table), instances, resources);

                return table.All.Select(Described).SequenceEqual(read.All.Select(Described))
                    && table.IsComplete == read.IsComplete;
            },
            iter: 200
        );
    }

    [Fact]
    public void Are_refused_when_a_chunk_is_missing_doubled_or_elsewhere()
    {
        var assessment = SampleEstate.Assess(SampleEstate.Input());
        var chunks = ChunksOf(assessment.Findings);
        for (var i = 0; i < chunks.Length; i++)
        {
            // Without the rows of an unknown, it is a pair that was not judged: then the run is not complete.
            Assert.False(TryRead(chunks.RemoveAt(i), assessment)?.IsComplete ?? false);
            Refused(chunks.Insert(i, chunks[i]), assessment);
            for (var j = 0; j < i; j++)
            {
                Refused(chunks.SetItem(i, chunks[j]).SetItem(j, chunks[i]), assessment);
            }
        }
    }

    [Fact]
    public void Are_refused_when_any_bit_of_a_vector_is_flipped()
    {
        var assessment = SampleEstate.Assess(SampleEstate.Input());
        var chunks = ChunksOf(assessment.Findings);
        var at = chunks.IndexOf(chunks.First(c => c.Name == "vector of privileged on k8s/apps/Deployment"));
        for (var bit = 0; bit < 8; bit++)
        {
            var bytes = chunks[at].Bytes.ToArray();
            bytes[^1] ^= (byte)(1 << bit);

            // From a pass to another verdict without a reason is no contradiction: then the counts differ.
            var counts = TryParse(bytes) is { } chunk
                ? TryRead(chunks.SetItem(at, chunk), assessment)?.Vectors.Select(v => v.Tally)
                : null;

            Assert.NotEqual(assessment.Findings.Vectors.Select(v => v.Tally), counts ?? []);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}\n")]
    [InlineData("{\"count\":1,\"kind\":\"keys\",\"type\":\"t\",\"v\":2}\nr|t|a\n")] // another version
    [InlineData("{\"count\":2,\"kind\":\"keys\",\"type\":\"t\",\"v\":1}\nr|t|a\n")] // fewer than stated
    [InlineData("{\"count\":1,\"kind\":\"keys\",\"type\":\"t\",\"v\":1}\nr|t|a")] // no end
    [InlineData("{\"count\":0,\"kind\":\"keys\",\"type\":\"t\",\"v\":1}\n")] // nothing
    [InlineData("{\"count\":1,\"kind\":\"vector\",\"type\":\"t\",\"v\":1}\n\u0001")] // of nobody
    public void Are_refused_when_a_chunk_is_none(string chunk) =>
        Assert.Throws<FormatException>(() => TableChunk.Parse(Encoding.UTF8.GetBytes(chunk)));

    [Theory]
    [InlineData("r|t|b\nr|t|a\n")] // not ascending
    [InlineData("r|t|a\nr|t|a\n")] // twice
    [InlineData("r|t|a\nr|u|b\n")] // another type
    [InlineData("r|t|a\nr\n")] // no key
    public void Are_refused_when_keys_are_not_those_of_the_type_in_order(string keys)
    {
        var chunk = TableChunk.Parse(
            Encoding.UTF8.GetBytes("{\"count\":2,\"kind\":\"keys\",\"type\":\"t\",\"v\":1}\n" + keys)
        );

        Assert.Throws<FormatException>(() => chunk.ReadKeys());
    }

    [Fact]
    public void Of_nothing_are_none()
    {
        var table = FindingTable.Of([], [], []);

        Assert.Empty(VerdictTables.ChunksOf(table));
        Assert.Empty(SealedTables.Read([], [], []).Types);
        Assert.Equal(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            new TableTree(new byte[32], []).Root.ToString()
        );
    }

    [Fact]
    public void Of_an_interrupted_run_say_nothing_of_pairs_that_were_not_judged()
    {
        var instance = SampleEstate.Check("c", SampleEstate.Pod).Default;
        var resources = Pods(3);
        var table = FindingTable.Of([instance], resources, [Finding.Pass(instance, resources[1])]);

        var chunks = ChunksOf(table);

        Assert.Equal([TableChunkKind.Keys, TableChunkKind.Vector], chunks.Select(c => c.Kind));
        Assert.Equal(2, SealedTables.Read(chunks, [instance], resources).Vectors.Single().NotJudged);
    }

    internal static ImmutableArray<TableChunk> ChunksOf(FindingTable table) =>
        [.. VerdictTables.ChunksOf(table).Select(c => TableChunk.Parse(c))];

    private static ImmutableArray<TableChunk> ChunksOf(CheckInstance instance, Verdict[] verdicts)
    {
        var resources = Pods(verdicts.Length);
        return ChunksOf(
            FindingTable.Of([instance], resources, verdicts.Select((v, i) => FindingOf(instance, resources[i], v)))
        );
    }

    private static ImmutableArray<Resource> Pods(int count) =>
        [.. Enumerable.Range(0, count).Select(i => SampleEstate.Resource(SampleEstate.Pod, $"p{i:D5}", "{}"))];

    private static (
        ImmutableArray<CheckInstance> Instances,
        ImmutableArray<Resource> Resources,
        IEnumerable<Finding> Findings
    ) Estate(int types, int instances, Verdict[] verdicts)
    {
        string[] names = [.. Enumerable.Range(0, types).Select(t => $"t/{t}")];
        ImmutableArray<Resource> resources =
        [
            .. from type in names from i in Enumerable.Range(0, 5) select SampleEstate.Resource(type, $"r{i}", "{}"),
        ];
        ImmutableArray<CheckInstance> asked =
        [
            .. Enumerable.Range(0, instances).Select(i => SampleEstate.Check($"c{i}", names).Default),
        ];
        var findings = from instance in asked from resource in resources select (instance, resource);
        return (asked, resources, findings.Zip(verdicts, (p, v) => FindingOf(p.instance, p.resource, v)));
    }

    private static Finding FindingOf(CheckInstance instance, Resource resource, Verdict verdict) =>
        verdict switch
        {
            Verdict.Pass => Finding.Pass(instance, resource),
            Verdict.NotApplicable => Finding.NotApplicable(instance, resource),
            Verdict.Fail => SampleEstate.Fail(instance, resource, "it", "/a~1b/0"),
            _ => SampleEstate.Unknown(instance, resource, "it", "") with { IsNotReplayable = true },
        };

    private static string Described(Finding f) =>
        $"{f.Instance} {f.Resource.Key} {f.Verdict} {f.Cause} {string.Join(',', f.Causes)} {f.IsNotReplayable} "
        + string.Join(
            ';',
            f.Parts.Select(p =>
                $"{p.Key} {p.Place} {p.Message} {p.Enforcement} {p.IsCertain} {p.Fingerprint} {string.Join(',', p.Causes)}"
            )
        );

    private static void Refused(ImmutableArray<TableChunk> chunks, Assessment assessment) =>
        Assert.Throws<FormatException>(() => Read(chunks, assessment));

    private static FindingTable Read(ImmutableArray<TableChunk> chunks, Assessment assessment) =>
        SealedTables.Read(chunks, assessment.Instances, assessment.Input.Snapshot.Resources);

    private static FindingTable? TryRead(ImmutableArray<TableChunk> chunks, Assessment assessment)
    {
        try
        {
            return Read(chunks, assessment);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static TableChunk? TryParse(byte[] bytes)
    {
        try
        {
            return TableChunk.Parse(bytes);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
