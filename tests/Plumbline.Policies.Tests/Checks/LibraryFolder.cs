using Plumbline.Policies.Checks;
using Plumbline.Rego;

namespace Plumbline.Policies.Tests.Checks;

/// <summary>A library that a test writes, in a folder of its own.</summary>
internal sealed class LibraryFolder : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("plumbline-checks-");

    public string Path => _root.FullName;

    /// <summary>The least that a check must say of itself, as the lines over its package.</summary>
    /// <param name="more">Lines under <c>custom</c>.</param>
    public static string Metadata(params ReadOnlySpan<string> more) =>
        $$"""
            # METADATA
            # title: Things are as they are wanted
            # custom:
            #   resources: [file/json]
            #   impact: high
            #   family: access
            #   rationale: Because.
            #   fix: {text: Do it.}
            #   revision: 1
            {{string.Join('\n', more.ToArray().Select(line => $"#   {line}").Append("#"))}}

            """;

    /// <summary>Writes <c>checks/area/{id}.rego</c>: metadata, package, and the rules.</summary>
    public LibraryFolder Check(string id, string rules, params ReadOnlySpan<string> metadata) =>
        File($"checks/area/{id}.rego", $"{Metadata(metadata)}package checks.area.{id.Replace('-', '_')}\n\n{rules}\n");

    public LibraryFolder File(string name, string text)
    {
        var path = Of(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, text);
        return this;
    }

    /// <summary>Absolute path of a file of the library.</summary>
    public string Of(string name) => System.IO.Path.Combine(Path, name);

    public Task<RegoChecks> LoadAsync(EvaluationOptions? options = null) =>
        CheckLibrary.LoadAsync(Path, options ?? new EvaluationOptions(), TestContext.Current.CancellationToken);

    /// <summary>The faults for which the library does not load, each without the folder's path.</summary>
    public async Task<IEnumerable<string>> FaultsAsync()
    {
        var refused = await Assert.ThrowsAsync<LibraryException>(() => LoadAsync());
        return refused.Faults.Select(f => f.Replace($"{Path}/", "").Replace(Path, "."));
    }

    public void Dispose() => _root.Delete(recursive: true);
}
