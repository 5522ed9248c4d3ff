using System.Text;
using Plumbline.Core.Evidence;
using Plumbline.Core.Judging;
using Plumbline.Core.Tests.Evidence;

namespace Plumbline.Storage.Tests.Evidence;

public sealed class Verifying : IDisposable
{
    private readonly SealedStore sealedStore = new();

    public void Dispose() => sealedStore.Dispose();

    [Fact]
    public async Task Says_how_much_was_checked()
    {
        await SealAsync();
        await SealAsync(seed: 50);

        var verification = await sealedStore.VerifyAsync();

        Assert.True(verification.IsWhole, string.Join('\n', verification.Discrepancies));
        Assert.Equal(new VerificationCounts(2, 2, 10, 18, 20, 12), verification.Checked);
        Assert.Equal(new VerificationCounts(1, 1, 5, 9, 10, 6), (await sealedStore.VerifyAsync(2))!.Checked);
    }

    [Fact]
    public async Task Names_every_blob_in_which_a_byte_was_flipped()
    {
        await SealAsync();
        var blobs = sealedStore.Query(
            "SELECT ct, bytes FROM blob",
            row => (Ct: row.GetFieldValue<byte[]>(0), Bytes: row.GetFieldValue<byte[]>(1))
        );
        Assert.InRange(blobs.Count, 25, 60);
        foreach (var (ct, bytes) in blobs)
        {
            var name = $"sha256:{Convert.ToHexStringLower(ct)}";
            var set = $"UPDATE blob SET bytes = $value WHERE ct = x'{Convert.ToHexString(ct)}'";
            sealedStore.Set(set, Flipped(bytes, bytes.Length / 2));

            var places = (await sealedStore.VerifyAsync()).Discrepancies.Select(d => d.Place).ToList();

            Assert.Contains($"blob {name}", places);
            Assert.Contains(
                places,
                p => p.StartsWith("A-1, ", StringComparison.Ordinal) && p.EndsWith(name, StringComparison.Ordinal)
            );
            sealedStore.Set(set, bytes);
        }

        Assert.True((await sealedStore.VerifyAsync()).IsWhole);
    }

    [Fact]
    public async Task Names_the_document_that_is_missing()
    {
        await SealAsync();
        var key = SampleEstate.Input().Snapshot.Resources.First(r => r.Key.Primary == "web").Key;
        var place = await PlaceOf($"document of {key}");
        var ct = place[(place.IndexOf("sha256:", StringComparison.Ordinal) + 7)..];
        sealedStore.Set($"DELETE FROM blob_index WHERE ct = x'{ct}'; DELETE FROM blob WHERE ct = x'{ct}'", "");

        var found = (await sealedStore.VerifyAsync()).Discrepancies;

        Assert.Equal(place, Assert.Single(found, d => d.Place.StartsWith("A-1", StringComparison.Ordinal)).Place);
    }

    [Theory]
    [InlineData("UPDATE entry SET data = $value WHERE idx = 1", "SELECT data FROM entry WHERE idx = 1", "entry 1")]
    [InlineData("UPDATE entry SET leaf = $value WHERE idx = 1", "SELECT leaf FROM entry WHERE idx = 1", "entry 1")]
    [InlineData("UPDATE tile SET hashes = $value", "SELECT hashes FROM tile", "tile/0/000.p/2")]
    [InlineData("UPDATE head SET root = $value", "SELECT root FROM head", "head")]
    [InlineData(
        "UPDATE head SET checkpoint = CAST($value AS TEXT)",
        "SELECT CAST(checkpoint AS BLOB) FROM head",
        "checkpoint"
    )]
    public async Task Names_the_place_in_the_log_where_a_byte_was_flipped(string set, string get, string place)
    {
        await SealAsync();
        await SealAsync(seed: 50);
        var bytes = sealedStore.Query(get, row => row.GetFieldValue<byte[]>(0))[0];
        foreach (var at in new[] { 0, bytes.Length / 3, bytes.Length - 2 })
        {
            sealedStore.Set(set, Flipped(bytes, at));

            Assert.Contains(
                (await sealedStore.VerifyAsync()).Discrepancies,
                d => d.Place.StartsWith(place, StringComparison.Ordinal)
            );
            sealedStore.Set(set, bytes);
        }

        Assert.True((await sealedStore.VerifyAsync()).IsWhole);
    }

    [Fact]
    public async Task Names_a_label_that_stands_for_another_entry()
    {
        await SealAsync();
        await SealAsync(seed: 50);
        sealedStore.Set("UPDATE assessment SET n = n + 1 WHERE n = 2", "");

        Assert.Equal(
            new Discrepancy("label of entry 1", "A-2", "A-3"),
            Assert.Single((await sealedStore.VerifyAsync()).Discrepancies)
        );
    }

    /// <summary>What follows was sealed and signed as it is: only what it says contradicts itself.</summary>
    [Theory]
    [InlineData("leaf", "\"fail\":2", "\"fail\":1", "A-1, leaf, `counts`")]
    [InlineData("leaf", "\"size\":9}", "\"size\":8}", "A-1, tables")]
    [InlineData("leaf", "\"root\":\"", "\"root\":\"A", "entry 0")]
    [InlineData("leaf", "\"engine\":\"sha256:e", "\"engine\":\"sha256:f", "A-1, leaf, `engine`")]
    [InlineData("leaf", "\"observed\":[\"2026-11-20T23", "\"observed\":[\"2026-11-20T22", "A-1, leaf, `observed`")]
    [InlineData("leaf", "\"statement\":\"sha256:", "\"statement\":\"sha256:!", "entry 0")]
    [InlineData("leaf", "\"actor\":\"sc:", "\"actor\":\"sc:x", "A-1, identity, blob")]
    [InlineData("leaf", "\"name\":\"salts\"", "\"name\":\"salt\"", "A-1, salts")]
    [InlineData("identity", "ines@", "otto@", "A-1, identity, blob")]
    [InlineData("salts", "AQEB", "AQEC", "A-1, tables")]
    [InlineData("statement", "\"fail\":2", "\"fail\":1", "A-1, `counts`")]
    [InlineData("statement", "\"raw\":\"fail\"", "\"raw\":\"pass\"", "A-1, pci CC6.1")]
    [InlineData("statement", "\"state\":\"complete\"", "\"state\":\"interrupted\"", "A-1, `state`")]
    [InlineData("statement", "\"mode\":\"lax\"", "\"mode\":\"strict\"", "A-1, `parameters`")]
    [InlineData("statement", "expected a mapping", "expected a list", "A-1, `gaps`")]
    [InlineData("statement", "\"id\":\"W-2\"", "\"id\":7", "A-1, statement, blob")]
    [InlineData("statement", "pf1:", "pf2:", "A-1, `counts`")]
    [InlineData("statement", "\"snapshot\":\"sha256:", "\"snapshot\":\"sha256:!", "A-1, statement, blob")]
    [InlineData("document", "\"replicas\":1", "\"replicas\":2", "A-1, document of repo:example.org/shop")]
    [InlineData("manifest", "|web", "|wob", "A-1, manifest of k8s/apps/Deployment")]
    [InlineData("positions", "web.json", "wob.json", "A-1, positions of k8s/apps/Deployment")]
    [InlineData("observation", "\"read\":7", "\"read\":8", "A-1, observation, blob")]
    [InlineData("snapshot", "uid 1000", "uid 0", "A-1, snapshot, blob")]
    [InlineData("checks", "\"impact\":0.7", "\"impact\":0.1", "A-1, checks, blob")]
    [InlineData("framework", "soc2 in our words", "soc2", "A-1, framework soc2, blob")]
    public async Task Names_what_contradicts_itself(string name, string what, string with, string place)
    {
        var request = AssessmentSeal.Prepare(SampleEstate.Assess(SampleEstate.Input()), SampleEstate.Context());
        var isDone = false;
        await sealedStore.SealAsync(
            SealedStore.Forged(
                request with
                {
                    Payloads =
                    [
                        .. request.Payloads.Select(p =>
                            p.Name == name
                            && !Encoding.UTF8.GetString(p.Bytes.Span).Contains(what, StringComparison.Ordinal)
                                ? p with
                                {
                                    Name = $"{name}.",
                                }
                                : p
                        ),
                    ],
                },
                name,
                text =>
                {
                    isDone = true;
                    return text.Replace(what, with, StringComparison.Ordinal);
                }
            )
        );
        Assert.True(isDone);

        var found = (await sealedStore.VerifyAsync()).Discrepancies;

        Assert.Contains(found, d => d.Place.StartsWith(place, StringComparison.Ordinal));
        Assert.DoesNotContain(found, d => d.Place.StartsWith("blob", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Names_verdicts_that_the_counts_do_not_follow_from()
    {
        var honest = SampleEstate.Assess(SampleEstate.Input());
        var input = SampleEstate.Input();
        var other = SampleEstate.Assess(
            input with
            {
                Policies = new Scripted(
                    honest.Instances,
                    (instance, resource) =>
                        instance.Label == "limits"
                            ? Finding.Pass(instance, resource) // the honest one has a failure here
                            : honest.Findings.All.First(f =>
                                f.Instance.Label == instance.Label && f.Resource.Key == resource.Key
                            )
                ),
            }
        );
        var lie = other with { Counts = honest.Counts, Frameworks = honest.Frameworks };
        await sealedStore.SealAsync(lie);

        Assert.Equal("A-1, `counts`", Assert.Single((await sealedStore.VerifyAsync()).Discrepancies).Place);
    }

    private Task<Receipt> SealAsync(byte seed = 1) =>
        sealedStore.SealAsync(SampleEstate.Assess(SampleEstate.Input()), seed);

    /// <summary>The place under which verification names a content once it is damaged.</summary>
    private async Task<string> PlaceOf(string content)
    {
        var blobs = sealedStore.Query(
            "SELECT ct, bytes FROM blob",
            row => (Ct: row.GetFieldValue<byte[]>(0), Bytes: row.GetFieldValue<byte[]>(1))
        );
        foreach (var (ct, bytes) in blobs)
        {
            var set = $"UPDATE blob SET bytes = $value WHERE ct = x'{Convert.ToHexString(ct)}'";
            sealedStore.Set(set, Flipped(bytes, 0));
            var places = (await sealedStore.VerifyAsync()).Discrepancies.Select(d => d.Place);
            sealedStore.Set(set, bytes);
            if (
                places.FirstOrDefault(p => p.Contains(content, StringComparison.Ordinal)) is { } place
                && !places.Any(p => p.Contains("index", StringComparison.Ordinal))
            )
            {
                return place;
            }
        }

        throw new InvalidOperationException($"no blob holds the {content}");
    }

    private static byte[] Flipped(byte[] bytes, int at)
    {
        var flipped = bytes.ToArray();
        flipped[at] ^= 1;
        return flipped;
    }
}
