using System.Text;
using Plumbline.Core.Authored;
using Plumbline.Policies.Conftest;

namespace Plumbline.Cli.Foreign.Conftest;

/// <summary><c>conftest</c> on our engine: <c>test</c>, <c>verify</c> and <c>parse</c> with its flags, its output, its exit codes.</summary>
/// <remarks>Documentation of conftest, "Options" and "Output". Every error is one line, <c>Error: …</c>, and exit code 1.</remarks>
internal sealed class ConftestTool(HostEnvironment host, TextWriter output, TextWriter error)
{
    private const int Failed = 1;

    private static readonly (string Name, string Summary, IReadOnlyList<GoFlag> Flags)[] Commands =
    [
        ("parse", "Print the documents of configuration files as policies see them", ConftestFlags.Parse),
        ("test", "Test configuration files with policies", ConftestFlags.Test),
        ("verify", "Run the unit tests of policies", ConftestFlags.Verify),
    ];

    public static async Task<int> RunAsync(IReadOnlyList<string> words, HostEnvironment host)
    {
        var plain = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        await using var output = new StreamWriter(host.Output.Stream, plain, leaveOpen: true) { NewLine = "\n" };
        await using var error = new StreamWriter(host.Error.Stream, plain, leaveOpen: true) { NewLine = "\n" };
        return new ConftestTool(host, output, error).Run(words);
    }

    private int Run(IReadOnlyList<string> words)
    {
        try
        {
            return Dispatch(words);
        }
        catch (Exception wrong) when (wrong is FormatException or ConftestException)
        {
            error.WriteLine($"Error: {Shown.Of(wrong.Message)}");
            return Failed;
        }
    }

    private int Dispatch(IReadOnlyList<string> words)
    {
        if (words is [] or ["--help" or "-h" or "help"])
        {
            WriteHelp();
            return 0;
        }

        if (words is ["--version" or "-v"])
        {
            output.WriteLine($"Conftest: {Program.Version} (plumb)");
            return 0;
        }

        var command = Array.Find(Commands, c => c.Name == words[0]);
        if (command.Name is null)
        {
            var hint = Nearest.Hint(words[0], Commands.Select(c => c.Name));
            throw new FormatException($"unknown command \"{words[0]}\" for \"conftest\"{hint}");
        }

        if (words.Skip(1).TakeWhile(w => w != "--").Any(w => w is "--help" or "-h"))
        {
            WriteHelp(command.Name, command.Summary, command.Flags);
            return 0;
        }

        var flags = ConftestFlags.Read(command.Flags, [.. words.Skip(1)], host);
        return command.Name switch
        {
            "parse" => new ParseCommand(flags, host, output).Run(),
            "test" => new TestCommand(flags, host, output, error).Run(),
            _ => new VerifyCommand(flags, host, output, error).Run(),
        };
    }

    private void WriteHelp()
    {
        output.WriteLine(
            "Test your configuration files using Open Policy Agent: conftest's command line, on plumb's engine\n"
        );
        output.WriteLine("Usage:\n  conftest [command]\n\nAvailable Commands:");
        foreach (var (name, summary, _) in Commands)
        {
            output.WriteLine($"  {name, -8} {summary}");
        }
    }

    private void WriteHelp(string name, string summary, IReadOnlyList<GoFlag> flags)
    {
        output.WriteLine($"{summary}\n\nUsage:\n  conftest {name} <path> [path [...]] [flags]\n\nFlags:");
        foreach (var flag in flags)
        {
            var letter = flag.Short.Length > 0 ? $"-{flag.Short}," : "   ";
            var usual = flag.Default.Length > 0 ? $" (default {flag.Default})" : "";
            output.WriteLine($"  {letter} --{flag.Name, -20} {flag.Meaning}{usual}");
        }
    }
}
