using Microsoft.Extensions.Time.Testing;
using Plumbline.Core.Resources;
using Plumbline.Targets.Files;
using Plumbline.Values;

namespace Plumbline.Targets.Tests.Files;

public sealed class Manifests_of_a_path : IDisposable
{
    private readonly Folder _folder = new Folder().WithRemote();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Are_read_from_every_document_of_every_file_in_the_order_of_their_keys()
    {
        _folder
            .With("b.yaml", Folder.Object("Pod", "two") + "---\n" + Folder.Object("Service", "one"))
            .With("a.yml", Folder.Object("Deployment", "web", "apps/v1", "  namespace: shop\n"))
            .With(
                "deploy/c.json",
                "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {\"name\": \"x\", \"namespace\": \"y\"}}"
            )
            .With("README.md", "kind: Pod");

        var read = await _folder.Read();

        Assert.Equal(
            [
                "repo:github.com/acme/shop//;k8s/-|k8s//Pod|two",
                "repo:github.com/acme/shop//;k8s/-|k8s//Service|one",
                "repo:github.com/acme/shop//;k8s/shop|k8s/apps/Deployment|web",
                "repo:github.com/acme/shop//deploy;k8s/y|k8s//Pod|x",
            ],
            read.Keys()
        );
        Assert.Empty(read.Gaps);
        Assert.Equal((3, 0), (read.FilesRead, read.FilesWithoutResources));
        Assert.All(read.Resources, r => Assert.Equal(Basis.Declared, r.Basis));
    }

    [Fact]
    public async Task Are_the_same_whether_the_folder_a_folder_in_it_or_the_file_is_asked_for()
    {
        _folder.With("deploy/prod/web.yaml", Folder.Object("Pod", "web"));
        string[] keys = ["repo:github.com/acme/shop//deploy/prod;k8s/-|k8s//Pod|web"];

        Assert.Equal(keys, (await _folder.Read()).Keys());
        Assert.Equal(keys, (await _folder.Read("deploy")).Keys());
        Assert.Equal(keys, (await _folder.Read("deploy/prod/")).Keys());
        Assert.Equal(keys, (await _folder.Read("deploy/prod/web.yaml")).Keys());
    }

    [Fact]
    public async Task Are_read_by_the_rules_of_Kubernetes()
    {
        _folder.With(
            "a.yaml",
            Folder.Object(
                "Pod",
                "web",
                rest: "spec: {hostPID: yes, volumes: [{name: v, secret: {defaultMode: 0400}}]}\n"
            )
        );

        Assert.Contains(
            "\"spec\":{\"hostPID\":true,\"volumes\":[{\"name\":\"v\",\"secret\":{\"defaultMode\":256}}]}",
            (await _folder.Read()).Json(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Lose_members_that_are_null_and_keep_items_that_are()
    {
        _folder.With(
            "a.yaml",
            Folder.Object(
                "Pod",
                "web",
                rest: "spec:\n  hostPID: null\n  hostIPC:\n  containers: [null, {name: a, image: ~}]\n"
            )
        );

        Assert.EndsWith(
            "\"spec\":{\"containers\":[null,{\"name\":\"a\"}]}}",
            (await _folder.Read()).Json(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Have_quantities_as_text_and_other_scalars_as_they_are_written()
    {
        _folder.With(
            "a.yaml",
            Folder.Object(
                "Pod",
                "web",
                rest: "spec: {priority: 5, hostPID: 'true', containers: [{name: a, resources: {limits: {memory: 1000000000, cpu: 0.5, x: 1Gi}}}]}\n"
            )
        );

        Assert.EndsWith(
            "\"spec\":{\"containers\":[{\"name\":\"a\",\"resources\":{\"limits\":{\"cpu\":\"0.5\",\"memory\":\"1000000000\",\"x\":\"1Gi\"}}}],\"hostPID\":\"true\",\"priority\":5}}",
            (await _folder.Read()).Json(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Know_where_their_values_stand()
    {
        _folder.With(
            "deploy/a.yaml",
            "# first\n---\n" + Folder.Object("Pod", "web", rest: "spec:\n  containers:\n  - name: a\n    tty: true\n")
        );

        var resource = Assert.Single((await _folder.Read("deploy")).Resources);

        Assert.Equal(_folder["deploy"] + "/a.yaml", resource.Observed.File);
        Assert.Equal(new Position(3, 1), resource.Observed.PositionOf(JsonPointer.Root));
        Assert.Equal(new Position(10, 5), resource.Observed.PositionOf(JsonPointer.Parse("/spec/containers/0/tty")));
        Assert.Equal(
            new Position(9, 5),
            resource.Observed.PositionOf(JsonPointer.Parse("/spec/containers/0/securityContext/privileged"))
        );
    }

    [Fact]
    public async Task Of_a_List_are_its_items_with_their_places()
    {
        _folder.With(
            "list.yaml",
            "apiVersion: v1\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata: {name: a}\n- apiVersion: v1\n  kind: List\n  items:\n  - {apiVersion: apps/v1, kind: Deployment, metadata: {name: b}}\nkind: List\n"
        );

        var read = await _folder.Read();

        Assert.Equal(["k8s//Pod", "k8s/apps/Deployment"], read.Resources.Select(r => r.Key.Type));
        Assert.Equal(new Position(5, 14), read.Resources[0].Observed.PositionOf(JsonPointer.Parse("/metadata/name")));
        Assert.Equal(new Position(9, 56), read.Resources[1].Observed.PositionOf(JsonPointer.Parse("/metadata/name")));
    }

    [Fact]
    public async Task Of_a_typed_list_may_leave_out_what_they_are()
    {
        _folder.With(
            "pods.json",
            "{\"apiVersion\": \"v1\", \"kind\": \"PodList\", \"items\": [{\"metadata\": {\"name\": \"a\"}, \"spec\": {}}]}"
        );

        var read = await _folder.Read();

        Assert.Equal("{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"a\"},\"spec\":{}}", read.Json());
        Assert.Empty(read.Gaps);
    }

    [Fact]
    public async Task Whose_name_the_server_makes_are_called_by_its_start()
    {
        _folder.With("job.yaml", "apiVersion: batch/v1\nkind: Job\nmetadata: {generateName: import-}\n");

        Assert.Equal(["repo:github.com/acme/shop//;k8s/-|k8s/batch/Job|import-*"], (await _folder.Read()).Keys());
    }

    [Fact]
    public async Task With_one_key_in_a_folder_are_told_apart_by_file_and_number_and_listed()
    {
        _folder
            .With(
                "a.yaml",
                Folder.Object("Pod", "web")
                    + "---\n"
                    + Folder.Object("Pod", "web")
                    + "---\n"
                    + Folder.Object("Pod", "db")
            )
            .With("b.yaml", Folder.Object("Pod", "web"))
            .With("other/b.yaml", Folder.Object("Pod", "web"));

        var read = await _folder.Read();

        Assert.Equal(
            ["db", "web@a.yaml", "web@a.yaml#2", "web@b.yaml", "web"],
            read.Resources.Select(r => r.Key.Primary)
        );
        Assert.Equal(3, read.Duplicates.Length);
        Assert.Equal(
            "repo:github.com/acme/shop//;k8s/-|k8s//Pod|web → repo:github.com/acme/shop//;k8s/-|k8s//Pod|web@a.yaml",
            read.Duplicates[0]
        );
    }

    [Fact]
    public async Task With_one_key_stay_distinct_even_where_another_has_the_name_they_would_get()
    {
        _folder.With(
            "a.yaml",
            Folder.Object("Pod", "web@a.yaml")
                + "---\n"
                + Folder.Object("Pod", "web")
                + "---\n"
                + Folder.Object("Pod", "web")
        );

        Assert.Equal(
            ["web@a.yaml", "web@a.yaml#2", "web@a.yaml#3"],
            (await _folder.Read()).Resources.Select(r => r.Key.Primary)
        );
    }

    [Fact]
    public async Task Are_not_looked_for_in_folders_of_tools()
    {
        foreach (var skipped in new[] { ".git", ".plumbline", "node_modules", "a/node_modules" })
        {
            _folder.With($"{skipped}/x.yaml", "{broken");
        }

        _folder.With(".github/x.yaml", Folder.Object("Pod", "web")).With("empty.yaml", "");

        var read = await _folder.Read();

        Assert.Single(read.Resources);
        Assert.Empty(read.Gaps);
    }

    [Fact]
    public async Task Are_digested_alike_wherever_the_checkout_lies_and_whatever_comments_say()
    {
        using var other = new Folder().WithRemote("https://user:pass@GitHub.com:443/acme/shop");
        _folder.With("a.yaml", Folder.Object("Pod", "web"));
        other.With("a.yaml", "# seen\n---\n\n" + Folder.Object("Pod", "web   # the web"));

        var (left, right) = (await _folder.Read(), await other.Read());

        Assert.Equal(left.Keys(), right.Keys());
        Assert.Equal(left.Resources.Select(r => r.Digest), right.Resources.Select(r => r.Digest));
    }

    [Fact]
    public async Task Come_with_when_and_under_whom_they_were_read()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 31, 8, 0, 0, TimeSpan.Zero))
        {
            AutoAdvanceAmount = TimeSpan.FromSeconds(1),
        };
        var seen = new List<ReadProgress>();

        var read = await new PathTarget(
            _folder.With("a.yaml", Folder.Object("Pod", "web")).Root,
            new PathTargetOptions { Clock = clock, Name = "shop" }
        ).ReadAsync(new Reports(seen), default);

        Assert.Equal((8, 1), (read.From.Hour, (read.To - read.From).Seconds));
        Assert.Equal(_folder.Root, read.Target);
        Assert.NotEqual("", read.Identity);
        Assert.Equal([new ReadProgress(1, 1, 0)], seen);
        Assert.Equal(["repo:shop//;k8s/-|k8s//Pod|web"], read.Keys());
    }

    [Fact]
    public async Task That_are_not_there_are_wrong_input()
    {
        var fault = await Assert.ThrowsAsync<TargetException>(() => _folder.Read("none.yaml"));

        Assert.Equal("PLB-3001", fault.Code);
        Assert.Equal($"expected a file or folder, got `{_folder["none.yaml"]}`, which is not there", fault.Message);
    }

    [Fact]
    public async Task That_cannot_be_opened_are_wrong_input_where_nothing_else_was_asked_for()
    {
        _folder.With("a.yaml", Folder.Object("Pod", "web"));
        using var closed = Closed("a.yaml");

        Assert.Equal("PLB-3001", (await Assert.ThrowsAsync<TargetException>(() => _folder.Read("a.yaml"))).Code);
    }

    [Fact]
    public async Task That_cannot_be_opened_are_a_gap_where_others_can()
    {
        _folder.With("deploy/a.yaml", Folder.Object("Pod", "web")).With("deploy/b.yaml", Folder.Object("Pod", "db"));
        using var closed = Closed("deploy/a.yaml");

        var read = await _folder.Read();

        Assert.Equal(["db"], read.Resources.Select(r => r.Key.Primary));
        var gap = Assert.Single(read.Gaps);
        Assert.Equal(("PLB-3002", "read deploy/a.yaml"), (gap.Code, gap.Operation));
        Assert.Equal([new GapScope("k8s/*", "repo:github.com/acme/shop//deploy")], gap.Affects);
    }

    [Fact]
    public async Task That_were_read_before_somebody_stopped_it_are_judged_and_the_rest_is_a_gap()
    {
        _folder.With("a/a.yaml", Folder.Object("Pod", "web")).With("b/b.yaml", Folder.Object("Pod", "db"));
        using var stop = new CancellationTokenSource();

        var read = await new PathTarget(_folder.Root, new PathTargetOptions()).ReadAsync(
            new Stopping(stop),
            stop.Token
        );

        Assert.Equal(["web"], read.Resources.Select(r => r.Key.Primary));
        var gap = Assert.Single(read.Gaps);
        Assert.Equal("PLB-3008", gap.Code);
        Assert.Equal([new GapScope("*", "repo:github.com/acme/shop//")], gap.Affects);
        Assert.True(gap.Touches("k8s//Pod", "repo:github.com/acme/shop//b;k8s/-"));
    }

    [Fact]
    public async Task Are_named_from_the_working_folder()
    {
        _folder.With("deploy/a.yaml", Folder.Object("Pod", "web"));
        var options = new PathTargetOptions { WorkingFolder = _folder["deploy"] };

        var read = await new PathTarget("a.yaml", options).ReadAsync(null, default);

        Assert.Equal("a.yaml", Assert.Single(read.Resources).Observed.File);
    }

    /// <summary>Closes a file to every other opener of this process, root included.</summary>
    private FileStream Closed(string file) => new(_folder[file], FileMode.Open, FileAccess.ReadWrite, FileShare.None);

    private sealed class Reports(List<ReadProgress> seen) : IProgress<ReadProgress>
    {
        public void Report(ReadProgress value) => seen.Add(value);
    }

    /// <summary>Stops the reading as soon as it has read something.</summary>
    private sealed class Stopping(CancellationTokenSource stop) : IProgress<ReadProgress>
    {
        public void Report(ReadProgress value) => stop.Cancel();
    }
}
