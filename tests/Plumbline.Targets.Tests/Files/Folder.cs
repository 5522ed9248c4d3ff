using System.Text;
using Plumbline.Core.Resources;
using Plumbline.Targets.Files;

namespace Plumbline.Targets.Tests.Files;

/// <summary>A folder for one test, gone with it.</summary>
internal sealed class Folder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("plumbline-").FullName;

    public string this[string relative] => Path.Combine(Root, relative);

    public Folder With(string relative, string text) => With(relative, Encoding.UTF8.GetBytes(text));

    public Folder With(string relative, byte[] bytes)
    {
        var path = this[relative];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return this;
    }

    /// <summary>Makes it a repository whose <c>origin</c> is <c>github.com/acme/shop</c>.</summary>
    public Folder WithRemote(string url = "git@github.com:acme/shop.git") =>
        With(
            ".git/config",
            $"[core]\n\tbare = false\n[remote \"origin\"]\n\turl = {url}\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n"
        );

    public Task<Snapshot> Read(string relative = "") =>
        new PathTarget(relative.Length == 0 ? Root : this[relative], new PathTargetOptions()).ReadAsync(null, default);

    public void Dispose() => Directory.Delete(Root, recursive: true);

    /// <summary>A manifest with no more than a manifest needs.</summary>
    public static string Object(string kind, string name, string apiVersion = "v1", string rest = "") =>
        $"apiVersion: {apiVersion}\nkind: {kind}\nmetadata:\n  name: {name}\n{rest}";
}

internal static class Snapshots
{
    public static IEnumerable<string> Keys(this Snapshot snapshot) => snapshot.Resources.Select(r => r.Key.Text);

    /// <summary>The document of the only resource, as canonical JSON.</summary>
    public static string Json(this Snapshot snapshot) =>
        Encoding.UTF8.GetString(Plumbline.Values.Jcs.ToBytes(Assert.Single(snapshot.Resources).Document));
}
