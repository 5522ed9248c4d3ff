namespace Plumbline.Cli.Foreign;

/// <summary>A foreign tool's command line on our engines, with its flags, its output and its exit codes (CONTRACTS §8).</summary>
/// <param name="Name">The tool's own: the word after <c>plumb as</c>, or the name of a link to plumb.</param>
/// <param name="Summary">What of it there is, for help.</param>
/// <param name="RunAsync">Takes the words that follow the name; gives the tool's exit code.</param>
internal sealed record ForeignTool(
    string Name,
    string Summary,
    Func<IReadOnlyList<string>, HostEnvironment, Task<int>> RunAsync
);

/// <summary>The foreign tools there are: one line each.</summary>
internal static class ForeignTools
{
    public const string Verb = "as";

    public static IReadOnlyList<ForeignTool> All { get; } =
    [
        new("conftest", "`test`, `verify` and `parse`, over YAML and JSON", Conftest.ConftestTool.RunAsync),
        new("opa", "`eval`, also as `plumb eval`", Opa.OpaTool.RunAsync),
    ];

    /// <summary>The tool that these words, or the name under which the program was started, ask for; null where neither names one.</summary>
    /// <param name="startedAs">Name of the link or file that was started.</param>
    public static ForeignTool? Find(string[] args, string startedAs, out IReadOnlyList<string> words)
    {
        words = args;
        if (Named(startedAs) is { } linked)
        {
            return linked;
        }

        if (args is [var verb, ..] && Opa.OpaTool.Commands.Any(c => c.Name == verb))
        {
            return Named("opa");
        }

        if (args is not [Verb, var name, .. var rest])
        {
            return null;
        }

        words = rest;
        return Named(name);
    }

    private static ForeignTool? Named(string name) => All.FirstOrDefault(t => t.Name == name);
}
