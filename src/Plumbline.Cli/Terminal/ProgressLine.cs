using System.Globalization;
using System.Text;

namespace Plumbline.Cli.Terminal;

/// <summary>Says how far a long run is: one line that is written over on a terminal, a line every ten seconds elsewhere.</summary>
/// <remarks>Silent in the first second; at most ten updates a second. Costs nothing to whoever reports: the text is made when it is shown.</remarks>
internal sealed class ProgressLine : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan OnTerminal = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Elsewhere = TimeSpan.FromSeconds(10);
    private const string ToStartAndClear = "\r\e[K";

    private readonly Stream _stream;
    private readonly TerminalFacts _facts;
    private readonly TimeProvider _clock;
    private readonly long _start;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private Func<string> _state = () => "";
    private bool _isShown;
    private bool _isOver;

    public ProgressLine(OutputEnd end, TerminalFacts facts, TimeProvider clock)
    {
        _stream = end.Stream;
        _facts = facts;
        _clock = clock;
        _start = clock.GetTimestamp();
        var (due, period) = facts.IsTerminal ? (Patience, OnTerminal) : (Elsewhere, Elsewhere);
        _timer = clock.CreateTimer(_ => Show(), null, due, period);
    }

    /// <summary>What to say from now on, e.g. <c>1,204 resources · 2 gaps</c>; asked for whenever it is shown.</summary>
    public Func<string> State
    {
        set => Volatile.Write(ref _state, value);
    }

    /// <summary>Takes the line away; nothing is written afterwards.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_lock)
        {
            _isOver = true;
            if (_isShown)
            {
                Write(ToStartAndClear);
            }
        }
    }

    private void Show()
    {
        var seconds = (long)_clock.GetElapsedTime(_start).TotalSeconds;
        var state = string.Create(CultureInfo.InvariantCulture, $"{Volatile.Read(ref _state)()} · {seconds:N0} s");
        var text = Printable.Of(state, _facts.Ascii);
        lock (_lock)
        {
            if (_isOver)
            {
                return;
            }

            if (!_facts.IsTerminal)
            {
                Write($"{text}\n");
                return;
            }

            // A line that wraps could not be written over.
            Write($"{ToStartAndClear}{(text.Length < _facts.Width ? text : text[..(_facts.Width - 1)])}");
            _isShown = true;
        }
    }

    private void Write(string text)
    {
        try
        {
            _stream.Write(Encoding.UTF8.GetBytes(text));
            _stream.Flush();
        }
        catch (IOException)
        {
            // Nobody listens any more; the run goes on.
            _isOver = true;
        }
    }
}
