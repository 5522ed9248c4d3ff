namespace Plumbline.Cli.Tests;

public sealed class What_scan_prints : IDisposable
{
    private readonly Estate _estate = new();

    public void Dispose() => _estate.Dispose();

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    public async Task Fits_the_width(int width)
    {
        _estate.WriteShop();
        _estate.Width = width;

        var run = await _estate.RunAsync("scan");

        Assert.DoesNotContain(run.Output.Split('\n'), line => line.Length > width);
        Golden.Matches($"golden/scan-{width}.txt", run.ToString());
    }

    [Fact]
    public async Task Has_colours_that_repeat_what_words_say()
    {
        _estate.WriteShop();
        _estate.Width = 80;

        var run = await _estate.RunAsync("scan", "--color", "always");

        Golden.Matches("golden/scan-80-color.txt", run.ToString());
        var plain = await _estate.RunAsync("scan", "--color", "never");
        Assert.Equal(WithoutLabel(plain.Output), WithoutLabel(Ansi.Removed(run.Output)));
    }

    [Fact]
    public async Task Is_ascii_where_the_locale_is()
    {
        _estate.WriteShop();
        _estate.Write("müll/pod.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: käse}\n");
        _estate["LANG"] = "C";

        var run = await _estate.RunAsync("scan");

        Assert.DoesNotContain(run.Output + run.Error, c => c > '~');
        Golden.Matches("golden/scan-ascii.txt", run.ToString());
    }

    [Fact]
    public async Task Shows_what_a_stranger_wrote_and_never_obeys_it()
    {
        _estate.Write(
            "pod.yaml",
            "apiVersion: v1\nkind: Pod\nmetadata: {name: \"a\\e[2Jb\\u202Ec\"}\n"
                + "spec: {containers: [{name: \"x\\ny\", securityContext: {privileged: true}}]}\n"
        );

        var run = await _estate.RunAsync("scan");

        Assert.DoesNotContain('\e', run.Output);
        Golden.Matches("golden/scan-naughty.txt", run.ToString());
    }

    [Fact]
    public async Task Names_objects_apart_that_have_one_key()
    {
        _estate.WritePod("a.yaml");
        _estate.WritePod("b.yaml");

        Golden.Matches("golden/scan-duplicates.txt", (await _estate.RunAsync("scan")).ToString());
    }

    [Fact]
    public async Task Lists_ten_places_a_check_and_says_where_the_others_are()
    {
        var pods = Enumerable
            .Range(1, 12)
            .Select(n =>
                $"apiVersion: v1\nkind: Pod\nmetadata: {{name: web-{n:00}, namespace: shop, labels: {{owner: ada}}}}\n"
                + "spec: {containers: [{name: web, securityContext: {privileged: true}}]}\n"
            );
        _estate.Write("pods.yaml", string.Join("---\n", pods));

        var run = await _estate.RunAsync("scan");

        Assert.Contains("2 more: plumb evidence show A-1 --check demo-privileged", run.Output);
        var whole = await _estate.RunAsync("evidence", "show", "A-1", "--check", "demo_privileged");
        Assert.Equal(12, whole.Output.Split('\n').Count(l => l.Contains("Pod shop/web-")));
        Golden.Matches("golden/scan-many.txt", run.ToString());
    }

    [Fact]
    public async Task Of_nothing_is_not_a_pass()
    {
        _estate.Write("readme.txt", "nothing\n");

        Golden.Matches("golden/scan-nothing.txt", (await _estate.RunAsync("scan")).ToString());
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public async Task Of_the_example_is_what_its_page_says(int width)
    {
        _estate["PLUMB_CONTENT"] = Repository.Path("content");
        _estate.Width = width;
        foreach (
            var file in Directory.EnumerateFiles(
                Repository.Path("examples/kubernetes"),
                "*",
                SearchOption.AllDirectories
            )
        )
        {
            _estate.Write(Path.GetRelativePath(Repository.Root, file), await File.ReadAllBytesAsync(file, default));
        }

        Golden.Matches(
            $"golden/example-{width}.txt",
            (await _estate.RunAsync("scan", "examples/kubernetes")).ToString()
        );
    }

    private static string WithoutLabel(string text) =>
        text.Replace("A-1", "A-n").Replace("A-2", "A-n").Replace("entry 0", "entry n").Replace("entry 1", "entry n");
}
