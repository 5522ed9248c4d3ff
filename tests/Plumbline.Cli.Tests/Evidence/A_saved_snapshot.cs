using System.Text;

namespace Plumbline.Cli.Tests.Evidence;

/// <summary>What <c>--save-snapshot</c> keeps is judged like the target it was read from, to the byte.</summary>
public sealed class A_saved_snapshot : IDisposable
{
    private readonly Estate _estate = new();

    public void Dispose() => _estate.Dispose();

    [Fact]
    public async Task Gives_the_same_findings_and_the_same_statement()
    {
        _estate.WriteShop();
        _estate.Write(
            "list.json",
            """{"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "item"}, "spec": {"containers": [{"name": "a/b~c", "securityContext": {"privileged": true}}]}}]}"""
        );

        var first = await _estate.RunAsync("scan", "--save-snapshot", "../saved");
        Directory.Delete(_estate.PathOf("deploy"), recursive: true);
        var second = await _estate.RunAsync("scan", "../saved", "--store", ".plumbline");

        Assert.Equal(ExitCode.Failed, first.Exit);
        Assert.Equal(WithoutLabel(first.Output), WithoutLabel(second.Output));
        Assert.Equal(await StatementAsync(1), await StatementAsync(2));
        Assert.Equal(ExitCode.Fine, (await _estate.RunAsync("evidence", "verify")).Exit);
    }

    [Fact]
    public async Task Has_the_files_that_its_document_names()
    {
        _estate.WriteShop();

        await _estate.RunAsync("scan", "--save-snapshot", "../saved");

        var files = SavedFiles();
        Assert.Contains("snapshot.json", files);
        Assert.Contains("observations.jsonl", files);
        Assert.Contains("manifests/0.jsonl", files);
        Assert.All(
            files.Except(["snapshot.json", "observations.jsonl"]),
            f => Assert.Matches("^(manifests/[0-9]+\\.jsonl|documents/[0-9a-f]{64}\\.json)$", f)
        );
        foreach (var file in files)
        {
            Assert.DoesNotContain("\"secret\"", await File.ReadAllTextAsync(Saved(file), default));
        }
    }

    [Fact]
    public async Task Is_refused_when_a_byte_of_it_was_changed()
    {
        _estate.WriteShop();
        await _estate.RunAsync("scan", "--save-snapshot", "../saved");
        foreach (var file in SavedFiles())
        {
            var bytes = await File.ReadAllBytesAsync(Saved(file), default);
            var changed = bytes.ToArray();
            changed[changed.Length / 2] ^= 0x80;
            await File.WriteAllBytesAsync(Saved(file), changed, default);

            var run = await _estate.RunAsync("scan", "../saved", "--store", ".plumbline");

            Assert.Equal(ExitCode.WrongInput, run.Exit);
            Assert.Contains("PLB-3101", run.Error);
            await File.WriteAllBytesAsync(Saved(file), bytes, default);
        }

        File.Delete(Saved("manifests/0.jsonl"));
        Assert.Contains("manifests/0.jsonl", (await _estate.RunAsync("scan", "../saved")).Error);
    }

    [Fact]
    public async Task Goes_into_no_folder_that_holds_something()
    {
        _estate.WriteShop();

        var run = await _estate.RunAsync("scan", "--save-snapshot", "deploy");

        Assert.Equal(ExitCode.WrongInput, run.Exit);
        Assert.Contains("PLB-3102", run.Error);
    }

    private string Saved(string file) => Path.Combine(_estate.Root, "saved", file);

    private List<string> SavedFiles() =>
        [
            .. Directory
                .EnumerateFiles(Saved(""), "*", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(Saved(""), f)),
        ];

    private Task<string> StatementAsync(int label) =>
        _estate.ReadAsync(label, a => Task.FromResult(Encoding.UTF8.GetString(a.StatementBytes.Span)));

    private static string WithoutLabel(string output) =>
        output.Replace("A-2, ledger entry 1", "A-1, ledger entry 0").Replace("verify A-2", "verify A-1");
}
