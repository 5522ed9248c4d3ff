using System.Text;
using Microsoft.Extensions.Time.Testing;
using Plumbline.Cli.Terminal;

namespace Plumbline.Cli.Tests.Terminal;

public sealed class Progress : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly MemoryStream _stream = new();

    public void Dispose() => _stream.Dispose();

    [Fact]
    public void Of_a_short_run_is_not_shown()
    {
        using (Start(isTerminal: true))
        {
            _clock.Advance(TimeSpan.FromMilliseconds(999));
        }

        Assert.Empty(Written);
    }

    [Fact]
    public void On_a_terminal_is_one_line_written_over_ten_times_a_second_at_most()
    {
        using (Start(isTerminal: true))
        {
            for (var i = 0; i < 200; i++)
            {
                _clock.Advance(TimeSpan.FromMilliseconds(10));
            }
        }

        var updates = Written.Split("\r\e[K", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(11, updates.Length); // at 1.0 s, 1.1 s, … 2.0 s
        Assert.Equal("1,204 resources · 2 s", updates[^1]);
        Assert.EndsWith("\r\e[K", Written, StringComparison.Ordinal); // and taken away at the end
        Assert.DoesNotContain('\n', Written);
    }

    [Fact]
    public void Elsewhere_is_a_plain_line_every_ten_seconds()
    {
        using (Start(isTerminal: false))
        {
            _clock.Advance(TimeSpan.FromSeconds(9));
            Assert.Empty(Written);
            _clock.Advance(TimeSpan.FromSeconds(1));
            _clock.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Equal("1,204 resources · 10 s\n1,204 resources · 20 s\n", Written);
    }

    [Fact]
    public void That_would_wrap_is_shortened()
    {
        using var line = Start(isTerminal: true);
        line.State = () => new string('x', 200);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(79, Written["\r\e[K".Length..].Length);
    }

    private string Written => Encoding.UTF8.GetString(_stream.ToArray());

    private ProgressLine Start(bool isTerminal)
    {
        var facts = new TerminalFacts(isTerminal, Color: false, Ascii: false, Width: 80);
        return new ProgressLine(new OutputEnd(_stream, isTerminal, () => 80), facts, _clock)
        {
            State = () => "1,204 resources",
        };
    }
}
