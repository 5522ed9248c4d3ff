using System.Reflection;

namespace Plumbline.Cli;

/// <summary>The entry point. Start-up is part of the product: the version is told before anything else is loaded.</summary>
internal static class Program
{
    public static string Version { get; } = Assembly.GetExecutingAssembly().GetName().Version!.ToString(3);

    public static async Task<int> Main(string[] args)
    {
        if (args is ["--version"])
        {
            Console.Out.Write($"plumb {Version}\n");
            return ExitCode.Fine;
        }

        return await Start(args);
    }

    /// <summary>Apart from the entry point, so that nothing it needs is loaded before it is called.</summary>
    private static async Task<int> Start(string[] args)
    {
        using var interrupts = new Interrupts();
        return await new CommandLine(HostEnvironment.OfThisProcess(interrupts.Token)).RunAsync(args);
    }
}
