using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Plumbline.Core.Assessments;
using Plumbline.Core.Evidence;
using Plumbline.Values;

namespace Plumbline.Core.Tests.Evidence;

public sealed class A_leaf
{
    [Fact]
    public void Is_read_back_as_it_was_written()
    {
        var bytes = LeafOf(SampleEstate.Assess(SampleEstate.Input()));

        Assert.Equal(bytes, AssessmentLeaf.Parse(bytes).ToBytes());
    }

    [Fact]
    public void Is_what_the_document_shows() =>
        Golden.Matches("leaf.json", Encoding.UTF8.GetString(LeafOf(SampleEstate.Assess(SampleEstate.Input()))) + "\n");

    [Fact]
    public void Names_nobody_and_nothing_that_was_read()
    {
        var text = Encoding.UTF8.GetString(LeafOf(SampleEstate.Assess(SampleEstate.Input())));

        foreach (var secret in new[] { "ines", "4b6f3c1e9a", "shop", "web", "deploy", "uid" })
        {
            Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void Has_whole_numbers_only_and_little_depth()
    {
        var leaf = Json.Parse(LeafOf(SampleEstate.Assess(SampleEstate.Input())));

        Assert.InRange(DepthOf(leaf), 1, 16);
    }

    [Fact]
    public void Has_an_id_of_the_clock_and_of_chance()
    {
        var assessment = SampleEstate.Assess(SampleEstate.Input());

        var id = AssessmentLeaf.Parse(LeafOf(assessment)).Head.Id;

        Assert.Equal(7, id.Version);
        Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", id.ToString());
        var milliseconds = Convert.ToInt64(Regex.Replace(id.ToString(), "-", "")[..12], 16);
        Assert.Equal(SampleEstate.Now.ToUnixTimeMilliseconds(), milliseconds);
        Assert.NotEqual(id, AssessmentLeaf.Parse(LeafOf(assessment, SampleEstate.Context(seed: 9))).Head.Id);
    }

    [Fact]
    public void Fits_into_an_entry_whatever_the_estate()
    {
        var assessment = SampleEstate.Assess(
            SampleEstate.Input() with
            {
                Frameworks = [.. Enumerable.Range(0, 50).Select(i => SampleEstate.Framework($"framework-{i:D2}-2026"))],
            }
        );
        var huge = int.MaxValue;
        var count = new VerdictCount(huge, huge, huge, huge, huge, huge);
        var counts = new AssessmentCounts(
            count,
            count,
            assessment.Counts.Requirements.ToImmutableSortedDictionary(c => c.Key, _ => count, Ordinal.Comparer)
        );
        var leaf = AssessmentLeaf.Parse(LeafOf(assessment));
        var blob = leaf.Head.Blobs.Last() with { Size = huge };

        // Four blobs of its own, and four indexes of sixteen pieces each.
        var widest = leaf with
        {
            Counts = counts,
            Head = leaf.Head with { Blobs = [.. Enumerable.Repeat(blob, 4 + (4 * 16))] },
        };

        Assert.InRange(widest.ToBytes().Length, 1, LedgerEntry.MaxBytes);
    }

    [Fact]
    public void Commits_to_names_as_the_contract_says()
    {
        byte[] salt = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

        // printf '\003' + the salt + 'ines' | sha256sum
        Assert.Equal("sc:" + Base64Of(salt, "ines"), Commitment.Of(salt, "ines"));
        Assert.NotEqual(Commitment.Of(salt, "ines"), Commitment.Of(new byte[32], "ines"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"type":"plumbline.dev/gap/v1","v":1}""")]
    [InlineData("")]
    public void Is_refused_when_it_is_none(string text) =>
        Assert.Throws<FormatException>(() => AssessmentLeaf.Parse(Encoding.UTF8.GetBytes(text)));

    internal static byte[] LeafOf(Assessment assessment, SealContext? context = null)
    {
        var request = AssessmentSeal.Prepare(assessment, context ?? SampleEstate.Context());
        return request.Leaf(SampleEstate.Now.AddSeconds(1), FakeBlobs.Of(request));
    }

    private static string Base64Of(byte[] salt, string name)
    {
        byte[] input = [3, .. salt, .. Encoding.UTF8.GetBytes(name)];
        return Convert
            .ToBase64String(System.Security.Cryptography.SHA256.HashData(input))
            .TrimEnd('=')
            .Replace('+', '-')
            .Replace('/', '_');
    }

    private static int DepthOf(Value value)
    {
        if (value.IsNumber)
        {
            Assert.True(value.TryGetInt64(out _), $"expected a whole number, got {value}");
        }

        var deepest = 0;
        for (var i = 0; i < value.Count; i++)
        {
            deepest = Math.Max(deepest, DepthOf(value[i]));
        }

        return 1 + deepest;
    }
}

/// <summary>References as a store would give them, without one.</summary>
internal static class FakeBlobs
{
    public static ImmutableArray<BlobRef> Of(SealRequest request)
    {
        ImmutableArray<BlobRef> blobs = [.. request.Payloads.Select(Of)];
        return [.. blobs, .. request.Index(blobs).Select(Of)];
    }

    private static BlobRef Of(Payload payload) =>
        new()
        {
            Name = payload.Name,
            Media = payload.Media,
            Ct = ContentDigest.Of(payload.Bytes.Span),
            Pt = ContentDigest.Of([2, .. payload.Salt.Span, .. payload.Bytes.Span]),
            KeyRef = $"k-2026-{payload.Class}-0",
            Size = payload.Bytes.Length,
        };
}
