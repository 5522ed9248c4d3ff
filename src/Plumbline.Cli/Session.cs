using Plumbline.Cli.Faults;
using Plumbline.Cli.Terminal;

namespace Plumbline.Cli;

/// <summary>One start of the program: the machine, and its two streams as the user wants them. Screens are made when they are first used.</summary>
internal sealed class Session(HostEnvironment host, ColorChoice color) : IDisposable
{
    private readonly Lazy<Screen> _output = new(() => new Screen(host.Output, Facts(host.Output, color, host)));
    private readonly Lazy<Screen> _error = new(() => new Screen(host.Error, Facts(host.Error, color, host)));

    public HostEnvironment Host => host;

    /// <summary>What was found wrong so far with the words that were typed: told together with whatever the verb finds.</summary>
    public List<Fault> Faults { get; } = [];

    /// <exception cref="WrongInputException">Something was.</exception>
    public void RefuseFaults()
    {
        if (Faults.Count > 0)
        {
            throw new WrongInputException(Faults);
        }
    }

    /// <summary>Results.</summary>
    public Screen Output => _output.Value;

    /// <summary>Faults and notes.</summary>
    public Screen Error => _error.Value;

    public ProgressLine StartProgress() => new(host.Error, Facts(host.Error, color, host), host.Clock);

    public void Tell(Fault fault)
    {
        var head = fault.Place.Length > 0 ? $"{fault.Place}: " : "plumb: ";
        Error.Write(0, 2, head, new Ink(fault.Code, Tone.Fail), $": {fault.Message}");
        foreach (var line in fault.Details.SelectMany(d => d.Split('\n')))
        {
            Error.Raw(line);
        }
    }

    /// <summary>Something that happened on the way and is no fault.</summary>
    public void Note(string message) => Error.Write(0, 2, $"plumb: note: {message}");

    public void Dispose()
    {
        if (_output.IsValueCreated)
        {
            Output.Dispose();
        }

        if (_error.IsValueCreated)
        {
            Error.Dispose();
        }
    }

    /// <summary>Hands over what was written; results first.</summary>
    public void Flush()
    {
        if (_output.IsValueCreated)
        {
            Output.Flush();
        }

        if (_error.IsValueCreated)
        {
            Error.Flush();
        }
    }

    private static TerminalFacts Facts(OutputEnd end, ColorChoice color, HostEnvironment host) =>
        TerminalFacts.Of(end, color, host.Variable);
}
