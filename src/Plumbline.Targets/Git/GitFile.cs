namespace Plumbline.Targets.Git;

/// <summary>A file as a commit has it, whatever the working tree says.</summary>
/// <param name="Reference">As people name it, e.g. <c>origin/main</c>.</param>
/// <param name="Commit">Its full id.</param>
/// <param name="Bytes">Null where the commit has no such file.</param>
public sealed record GitFile(string Reference, string Commit, byte[]? Bytes)
{
    /// <summary>A file of this kind is no larger; what is larger is not read into memory.</summary>
    private const int MaxBytes = 4 << 20;

    private const string Remote = "refs/remotes/";

    /// <summary>Names of default branches where the remote has not said which is.</summary>
    private static readonly string[] Usual = ["refs/remotes/origin/main", "refs/remotes/origin/master"];

    /// <summary>Reads a file of the remote's default branch, as it was last fetched.</summary>
    /// <exception cref="GitException">There is no such branch, or git cannot be asked.</exception>
    public static async Task<GitFile> OfDefaultBranchAsync(string repository, string path, CancellationToken cancel)
    {
        var head = await GitProgram.RunAsync(
            repository,
            ["symbolic-ref", "--quiet", "refs/remotes/origin/HEAD"],
            cancel
        );
        string[] references = head.Succeeded ? [head.Text] : Usual;
        foreach (var reference in references)
        {
            if (await CommitOfAsync(repository, reference, cancel) is { } commit)
            {
                return await ReadAsync(repository, reference, commit, path, cancel);
            }
        }

        throw new GitException("there is no branch `origin/main` or `origin/master`, and `origin` names no other");
    }

    /// <summary>Reads a file of whatever commit a reference names.</summary>
    /// <exception cref="GitException">It names none, or git cannot be asked.</exception>
    public static async Task<GitFile> OfAsync(
        string repository,
        string reference,
        string path,
        CancellationToken cancel
    ) =>
        await CommitOfAsync(repository, reference, cancel) is { } commit
            ? await ReadAsync(repository, reference, commit, path, cancel)
            : throw new GitException($"`{reference}` names no commit");

    private static async Task<string?> CommitOfAsync(string repository, string reference, CancellationToken cancel)
    {
        string[] arguments = ["rev-parse", "--verify", "--quiet", "--end-of-options", $"{reference}^{{commit}}"];
        var answer = await GitProgram.RunAsync(repository, arguments, cancel);
        return answer.Succeeded ? answer.Text : null;
    }

    private static async Task<GitFile> ReadAsync(
        string repository,
        string reference,
        string commit,
        string path,
        CancellationToken cancel
    )
    {
        var shown = reference.StartsWith(Remote, StringComparison.Ordinal) ? reference[Remote.Length..] : reference;
        var entry = await GitProgram.RunAsync(repository, ["ls-tree", "-z", "--full-tree", commit, "--", path], cancel);
        if (!entry.Succeeded)
        {
            throw new GitException($"`{shown}` cannot be read: {entry.Error}");
        }

        if (entry.Output.Length == 0)
        {
            return new GitFile(shown, commit, null);
        }

        var blob = await GitProgram.RunAsync(repository, ["cat-file", "blob", $"{commit}:{path}"], cancel);
        return !blob.Succeeded ? throw new GitException($"`{path}` of `{shown}` cannot be read: {blob.Error}")
            : blob.Output.Length > MaxBytes
                ? throw new GitException(
                    $"`{path}` of `{shown}` has {blob.Output.Length:N0} bytes, at most {MaxBytes:N0} are read"
                )
            : new GitFile(shown, commit, blob.Output);
    }
}
