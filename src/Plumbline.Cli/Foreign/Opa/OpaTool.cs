using System.Text;
using Plumbline.Core.Authored;

namespace Plumbline.Cli.Foreign.Opa;

/// <summary><c>opa</c> on our engine, with its flags, its output and its exit codes.</summary>
/// <remarks>
/// OPA's "Command Line Reference". Exit code 0; 1 where the command line is wrong, and where <c>--fail</c> or <c>--fail-defined</c>
/// want it; 2 where something given cannot be read, a policy does not load or its evaluation ends in an error.
/// </remarks>
internal sealed class OpaTool(HostEnvironment host, TextWriter output, TextWriter error)
{
    private const int WrongCommandLine = 1;

    private const int NotEvaluated = 2;

    public static IReadOnlyList<(
        string Name,
        string Usage,
        string Summary,
        IReadOnlyList<GoFlag> Flags
    )> Commands { get; } = [("eval", "eval <query>", "Evaluate a Rego query", EvalFlags.All)];

    public static async Task<int> RunAsync(IReadOnlyList<string> words, HostEnvironment host)
    {
        var plain = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        await using var output = new StreamWriter(host.Output.Stream, plain, leaveOpen: true) { NewLine = "\n" };
        await using var error = new StreamWriter(host.Error.Stream, plain, leaveOpen: true) { NewLine = "\n" };
        return new OpaTool(host, output, error).Run(words);
    }

    private int Run(IReadOnlyList<string> words)
    {
        try
        {
            return Dispatch(words);
        }
        catch (FormatException wrong)
        {
            error.WriteLine($"Error: {Shown.Of(wrong.Message)}");
            return WrongCommandLine;
        }
        catch (OpaException wrong)
        {
            error.WriteLine($"error: {Shown.Of(wrong.Message)}");
            return NotEvaluated;
        }
    }

    private int Dispatch(IReadOnlyList<string> words)
    {
        if (words is [] or ["--help" or "-h" or "help"])
        {
            WriteHelp();
            return 0;
        }

        if (words is ["version" or "--version"])
        {
            output.WriteLine($"Version: {Program.Version} (plumb)");
            return 0;
        }

        var command = Commands.FirstOrDefault(c => c.Name == words[0]);
        if (command.Name is null)
        {
            var hint = Nearest.Hint(words[0], Commands.Select(c => c.Name));
            throw new FormatException($"unknown command \"{words[0]}\" for \"opa\"{hint}");
        }

        if (words.Skip(1).TakeWhile(w => w != "--").Any(w => w is "--help" or "-h"))
        {
            WriteHelp(command.Usage, command.Summary, command.Flags);
            return 0;
        }

        var flags = new GoFlags(command.Flags, [.. words.Skip(1)], _ => null);
        return new EvalCommand(flags, host, output, error).Run();
    }

    private void WriteHelp()
    {
        output.WriteLine("Open Policy Agent's command line, on plumb's engine\n");
        output.WriteLine("Usage:\n  opa [command]\n\nAvailable Commands:");
        foreach (var (name, _, summary, _) in Commands)
        {
            output.WriteLine($"  {name, -8} {summary}");
        }
    }

    private void WriteHelp(string usage, string summary, IReadOnlyList<GoFlag> flags)
    {
        output.WriteLine($"{summary}\n\nUsage:\n  opa {usage} [flags]\n\nFlags:");
        foreach (var flag in flags)
        {
            var letter = flag.Short.Length > 0 ? $"-{flag.Short}," : "   ";
            var usual = flag.Default.Length > 0 ? $" (default {flag.Default})" : "";
            output.WriteLine($"  {letter} --{flag.Name, -22} {flag.Meaning}{usual}");
        }
    }
}
