using System.Diagnostics;
using System.Text;
using Plumbline.Targets.Git;

namespace Plumbline.Targets.Tests.Git;

public sealed class A_file_of_a_commit : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("plumb-git-").FullName;

    private string Clone => Path.Combine(_root, "clone");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("main")]
    [InlineData("trunk")]
    public async Task Is_that_of_the_remote_s_default_branch_whatever_the_working_tree_says(string branch)
    {
        var commit = await CloneAsync(branch);
        await File.WriteAllTextAsync(Path.Combine(Clone, "plumbline.yaml"), "name: mine\n", Cancel);
        await GitAsync(Clone, "commit", "-qam", "mine");

        var file = await GitFile.OfDefaultBranchAsync(Clone, "plumbline.yaml", Cancel);

        Assert.Equal(($"origin/{branch}", commit), (file.Reference, file.Commit));
        Assert.Equal("name: theirs\n", Encoding.UTF8.GetString(file.Bytes!));
    }

    /// <summary>git-replace(1): whoever owns the clone can put another object in the place of one.</summary>
    [Fact]
    public async Task Is_not_what_somebody_put_in_its_place()
    {
        var commit = await CloneAsync("main");
        await File.WriteAllTextAsync(Path.Combine(Clone, "plumbline.yaml"), "name: mine\n", Cancel);
        await GitAsync(Clone, "commit", "-qam", "mine");
        await GitAsync(Clone, "replace", commit, await GitAsync(Clone, "rev-parse", "HEAD"));

        var file = await GitFile.OfDefaultBranchAsync(Clone, "plumbline.yaml", Cancel);

        Assert.Equal("name: theirs\n", Encoding.UTF8.GetString(file.Bytes!));
    }

    [Fact]
    public async Task Is_nothing_where_the_commit_has_none()
    {
        await CloneAsync("main");

        Assert.Null((await GitFile.OfAsync(Clone, "HEAD", "waivers.yaml", Cancel)).Bytes);
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("--help")]
    [InlineData("HEAD:plumbline.yaml")]
    public async Task Cannot_be_had_where_the_reference_names_no_commit(string reference)
    {
        await CloneAsync("main");

        var refused = await Assert.ThrowsAsync<GitException>(() =>
            GitFile.OfAsync(Clone, reference, "plumbline.yaml", Cancel)
        );
        Assert.Equal($"`{reference}` names no commit", refused.Message);
    }

    [Fact]
    public async Task Cannot_be_had_outside_a_repository() =>
        await Assert.ThrowsAsync<GitException>(() => GitFile.OfDefaultBranchAsync(_root, "plumbline.yaml", Cancel));

    /// <returns>The commit that the clone's remote is at.</returns>
    private async Task<string> CloneAsync(string branch)
    {
        var origin = Path.Combine(_root, "origin");
        Directory.CreateDirectory(origin);
        await GitAsync(origin, "init", "-q", "-b", branch);
        await File.WriteAllTextAsync(Path.Combine(origin, "plumbline.yaml"), "name: theirs\n", Cancel);
        await GitAsync(origin, "add", ".");
        await GitAsync(origin, "commit", "-qm", "theirs");
        await GitAsync(_root, "clone", "-q", origin, Clone);
        return await GitAsync(origin, "rev-parse", "HEAD");
    }

    private static async Task<string> GitAsync(string folder, params string[] arguments)
    {
        var paths = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [];
        if (!paths.Any(p => File.Exists(Path.Combine(p, "git"))))
        {
            Assert.Skip("git is not on the path");
        }

        string[] always = ["-C", folder, "-c", "user.name=ada", "-c", "user.email=ada@example.org"];
        using var git = Process.Start(
            new ProcessStartInfo("git", [.. always, .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            }
        )!;
        var said = git.StandardError.ReadToEndAsync(Cancel);
        var output = await git.StandardOutput.ReadToEndAsync(Cancel);
        await git.WaitForExitAsync(Cancel);
        Assert.True(git.ExitCode == 0, await said);
        return output.Trim();
    }
}
