namespace Plumbline.Cli.Tests;

public sealed class Several_targets : IDisposable
{
    private readonly Estate _estate = new();

    public void Dispose() => _estate.Dispose();

    [Fact]
    public async Task Are_one_assessment()
    {
        _estate.WritePod("a/pod.yaml");
        _estate.WritePod("b/pod.yaml");

        var run = await _estate.RunAsync("scan", "a", "b");

        Assert.Contains("Read a b on", run.Output);
        Assert.Contains("2 files, 2 resources", run.Output);
        Assert.Contains("Sealed as A-1", run.Output);
    }

    [Fact]
    public async Task Hold_a_file_once_that_lies_in_two_of_them()
    {
        _estate.WritePod("a/pod.yaml");

        var run = await _estate.RunAsync("scan", ".", "a");

        Assert.Contains(", 1 resource, ", run.Output);
        Assert.DoesNotContain("Named apart", run.Output);
    }

    [Fact]
    public async Task Are_refused_where_one_key_means_two_things()
    {
        _estate.WritePod("a.yaml");
        _estate.Write("b.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\n");

        var run = await _estate.RunAsync("scan", "a.yaml", "b.yaml");

        Assert.Equal(ExitCode.WrongInput, run.Exit);
        Assert.Contains("PLB-7005", run.Error);
        Assert.Equal(ExitCode.Fine, (await _estate.RunAsync("scan", ".")).Exit); // the folder knows how to tell them apart
    }
}
