using System.Text.Json;

namespace Plumbline.Ledger.Tests;

/// <summary>Published vectors that lie beside the repository, in the folder that PLUMB_SHARED names or <c>../shared</c>.</summary>
/// <remarks>Where they are not, a test is skipped; under PLUMB_REQUIRE_SHARED=1 it fails.</remarks>
internal static class Corpus
{
    public static string Folder(string name)
    {
        var shared =
            Environment.GetEnvironmentVariable("PLUMB_SHARED") ?? Path.Combine(Repository.Root, "..", "shared");
        var folder = Path.Combine(shared, "corpora", name);
        if (!Directory.Exists(folder))
        {
            var message = $"the corpus `{name}` is not there; PLUMB_SHARED names the folder that has it";
            if (Environment.GetEnvironmentVariable("PLUMB_REQUIRE_SHARED") == "1")
            {
                Assert.Fail(message);
            }

            Assert.Skip(message);
        }

        return folder;
    }

    public static JsonElement Json(string corpus, string file) =>
        Parse(File.ReadAllText(Path.Combine(Folder(corpus), file)));

    public static IReadOnlyList<JsonElement> JsonLines(string corpus, string file) =>
        [.. File.ReadLines(Path.Combine(Folder(corpus), file)).Where(line => line.Length > 0).Select(Parse)];

    private static JsonElement Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}

internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Plumbline.slnx")) ? folder : Find(Path.GetDirectoryName(folder)!);
}
