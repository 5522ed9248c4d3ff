using System.Diagnostics;

namespace Plumbline.Cli.Tests;

public sealed class Completion_of_a_shell : IDisposable
{
    private readonly Estate _estate = new();

    public void Dispose() => _estate.Dispose();

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public async Task Is_a_script(string shell)
    {
        var run = await _estate.RunAsync("completion", shell);

        Assert.Equal(ExitCode.Fine, run.Exit);
        Assert.Empty(run.Error);
        Golden.Matches($"golden/completion/{shell}.txt", run.Output);
    }

    [Theory]
    [InlineData("plumb", "sc", "scan")]
    [InlineData("plumb", "", "scan evidence checks frameworks init doctor completion")]
    [InlineData("plumb evidence", "", "list show verify")]
    [InlineData("plumb scan", "--f", "--framework --format --fail-on")]
    [InlineData("plumb scan --audit --store x deploy", "--a", "--audit")]
    [InlineData("plumb scan --framework", "", "demo")]
    [InlineData("plumb scan --check", "demo-p", "demo-password demo-privileged")]
    [InlineData("plumb scan --check", "demo-owner,demo-pr", "demo-owner,demo-privileged")]
    [InlineData("plumb scan --format", "s", "sarif")]
    [InlineData("plumb scan --format =", "s", "sarif")]
    [InlineData("plumb scan --format", "=", "cli json sarif")]
    [InlineData("plumb scan --format sarif :", "ma", "manifests")]
    [InlineData("plumb scan --format sarif", ":", "alone.yaml manifests")]
    [InlineData("plumb scan --fail-on", "cr", "critical")]
    [InlineData("plumb scan --color", "", "always never auto")]
    [InlineData("plumb scan --store", "", "manifests")]
    [InlineData("plumb scan", "al", "alone.yaml")]
    [InlineData("plumb checks", "demo-o", "demo-owner")]
    [InlineData("plumb frameworks", "", "demo")]
    [InlineData("plumb evidence show --check", "demo-o", "demo-owner")]
    [InlineData("plumb evidence verify --report", "al", "alone.yaml")]
    [InlineData("plumb completion", "z", "zsh")]
    [InlineData("plumb init", "", "")]
    [InlineData("plumb nonsense", "", "scan evidence checks frameworks init doctor completion")]
    public async Task Offers_in_bash_what_may_stand_next(string before, string word, string expected)
    {
        Directory.Delete(_estate.PathOf(".git"), recursive: true);
        _estate.Write("manifests/pod.yaml", "");
        _estate.Write("alone.yaml", "");
        var script = (await _estate.RunAsync("completion", "bash")).Output;

        var offered = Bash(
            $"""
            {script}
            COMP_WORDS=({string.Join(' ', before.Split(' ').Append(word).Select(w => $"'{w}'"))})
            COMP_CWORD=$((${"{#COMP_WORDS[@]}"} - 1))
            _plumb
            printf '%s\n' "${"{COMPREPLY[@]}"}"
            """
        );

        Assert.Equal(Sorted(expected.Split(' ')), Sorted(offered.Split('\n')));
    }

    [Fact]
    public async Task Goes_without_ids_where_the_checks_do_not_load()
    {
        _estate.UseContent(("checks/demo/broken.rego", "package"));

        var run = await _estate.RunAsync("completion", "bash");

        Assert.Equal(ExitCode.Fine, run.Exit);
        Assert.Contains("plumb: note: no ids of checks and frameworks", run.Error);
        Assert.Contains("complete -F _plumb plumb", run.Output);
    }

    [Theory]
    [InlineData("completion-unknown", "completion", "bsh")]
    [InlineData("completion-none", "completion")]
    public async Task Is_refused_for_a_shell_that_is_none(string name, params string[] args)
    {
        var run = await _estate.RunAsync(args);

        Assert.Equal(ExitCode.WrongInput, run.Exit);
        Golden.Matches($"golden/bad-input/{name}.txt", run.ToString());
    }

    private static IEnumerable<string> Sorted(IEnumerable<string> words) =>
        words.Where(w => w.Length > 0).Order(StringComparer.Ordinal);

    private string Bash(string script)
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "there is no bash");
        var start = new ProcessStartInfo("/bin/bash", ["--norc", "--noprofile", "-u", "-c", script])
        {
            WorkingDirectory = _estate.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        Assert.Empty(process.StandardError.ReadToEnd());
        process.WaitForExit();
        return output;
    }
}
