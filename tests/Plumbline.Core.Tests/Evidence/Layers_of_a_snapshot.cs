using System.Collections.Immutable;
using System.Text;
using Plumbline.Core.Assessments;
using Plumbline.Core.Evidence;
using Plumbline.Core.Evidence.Snapshots;

namespace Plumbline.Core.Tests.Evidence;

public sealed class Layers_of_a_snapshot
{
    [Fact]
    public void Are_what_the_document_shows()
    {
        var shown = new StringBuilder();
        foreach (var payload in PayloadsOf(SampleEstate.Input()))
        {
            var text = Encoding.UTF8.GetString(payload.Bytes.Span);
            shown.Append($"{payload.Name} ({payload.Media})\n{text}{(text.EndsWith('\n') ? "" : "\n")}\n");
        }

        Golden.Matches("snapshot.txt", shown.ToString());
    }

    [Fact]
    public void Cost_one_observation_on_a_day_on_which_nothing_changed()
    {
        var today = SampleEstate.Input();
        var tomorrow = today with
        {
            Snapshot = today.Snapshot with { From = today.Snapshot.From.AddDays(1), To = today.Snapshot.To.AddDays(1) },
        };

        Assert.Equal(["observation"], NewNames(today, tomorrow));
    }

    [Fact]
    public void Cost_positions_where_only_lines_moved()
    {
        var before = SampleEstate.Input();

        var after = Replaced(before, "web", "\n\n" + """{"spec": {"privileged": true,"replicas": 1}}""");

        Assert.Equal(["observation", "positions"], NewNames(before, after));
    }

    [Fact]
    public void Cost_one_document_its_manifest_and_what_is_above_where_one_changed()
    {
        var before = SampleEstate.Input();

        var after = Replaced(before, "web", """{"spec": {"privileged": true,"replicas": 9}}""");

        Assert.Equal(["document", "manifest", "observation", "snapshot"], NewNames(before, after));
    }

    [Fact]
    public void Keep_two_equal_documents_once()
    {
        var twins = SampleEstate.Input() with
        {
            Snapshot = SampleEstate.SnapshotOf([
                SampleEstate.Resource(SampleEstate.Pod, "a", "{}"),
                SampleEstate.Resource(SampleEstate.Pod, "b", "{}"),
            ]),
        };

        Assert.Single(PayloadsOf(twins), p => p.Name == "document");
    }

    [Fact]
    public void Are_cut_after_4096_rows()
    {
        var many = SampleEstate.Input() with
        {
            Snapshot = SampleEstate.SnapshotOf(
                Enumerable.Range(0, 4097).Select(i => SampleEstate.Resource(SampleEstate.Pod, $"p{i:D4}", "{}"))
            ),
        };

        var rows = PayloadsOf(many).Where(p => p.Name == "manifest").Select(p => p.Bytes.Span.Count((byte)'\n'));

        Assert.Equal([4096, 1], rows);
    }

    [Fact]
    public void Give_positions_back()
    {
        var web = SampleEstate.Input().Snapshot.Resources.Single(r => r.Key.Primary == "web");
        Values.JsonPointer[] places =
        [
            Values.JsonPointer.Parse("/spec/replicas"),
            Values.JsonPointer.Parse("/spec/nowhere/0"),
        ];
        var row = PositionRow.Of(web, places);

        var read = PositionRow.Read(new StoredObject(row.ToValue(), "row")).ToObservation();

        Assert.Equal(web.Observed.File, read.File);
        foreach (var place in places.Append(Values.JsonPointer.Root))
        {
            Assert.Equal(web.Observed.PositionOf(place), read.PositionOf(place));
        }

        // Of another place that is not kept, the nearest that is.
        Assert.Equal(web.Observed.PositionOf(places[0]), read.PositionOf(Values.JsonPointer.Parse("/spec/replicas/0")));
    }

    private static AssessmentInput Replaced(AssessmentInput input, string name, string json) =>
        input with
        {
            Snapshot = input.Snapshot with
            {
                Resources =
                [
                    .. input.Snapshot.Resources.Select(r =>
                        r.Key.Primary == name ? SampleEstate.Resource(r.Key.Type, name, json, r.Key.Realm) : r
                    ),
                ],
            },
        };

    private static IEnumerable<string> NewNames(AssessmentInput before, AssessmentInput after)
    {
        var known = PayloadsOf(before).Select(p => ContentDigest.Of(p.Bytes.Span)).ToHashSet(StringComparer.Ordinal);
        return PayloadsOf(after)
            .Where(p => !known.Contains(ContentDigest.Of(p.Bytes.Span)))
            .Select(p => p.Name)
            .Order(StringComparer.Ordinal);
    }

    private static ImmutableArray<Payload> PayloadsOf(AssessmentInput input)
    {
        var assessment = SampleEstate.Assess(input);
        var content = new ContentSet();
        SnapshotBlobs.Add(
            content,
            input.Snapshot,
            assessment.Findings,
            ImmutableSortedDictionary<string, string>.Empty
        );
        return [.. content.Payloads];
    }
}
