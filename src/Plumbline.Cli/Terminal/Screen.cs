using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Plumbline.Cli.Terminal;

/// <summary>What a stretch of text stands for; a colour repeats what a word says, and adds nothing.</summary>
internal enum Tone
{
    Plain,
    Pass,
    Fail,
    Unknown,
    Waived,
    NotApplicable,
    Strong,
    Quiet,
}

/// <summary>A stretch of text in one tone.</summary>
internal readonly record struct Ink(string Text, Tone Tone = Tone.Plain)
{
    public static implicit operator Ink(string text) => new(text);
}

/// <summary>Lays text out in lines and writes them: wrapped, never cut.</summary>
/// <remarks>Lines break at spaces; what is longer than a line breaks after a slash, else anywhere.</remarks>
internal sealed class Screen : IDisposable
{
    private static readonly Style[] Styles =
    [
        Style.Plain,
        new(Color.Green),
        new(Color.Maroon),
        new(Color.Olive),
        new(Color.Purple),
        new(Color.Grey),
        new(decoration: Decoration.Bold),
        new(decoration: Decoration.Dim),
    ];

    private readonly IAnsiConsole _console;
    private readonly TextWriter _writer;

    public Screen(OutputEnd end, TerminalFacts facts)
    {
        Facts = facts;
        _writer = new StreamWriter(end.Stream, new UTF8Encoding(false), bufferSize: 1 << 14, leaveOpen: true)
        {
            NewLine = "\n",
        };
        _console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = facts.Color ? AnsiSupport.Yes : AnsiSupport.No,
                ColorSystem = facts.Color ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
                Out = new AnsiConsoleOutput(_writer),
                Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
                EnvironmentVariables = [],
            }
        );
        _console.Profile.Width = facts.Width;
    }

    public TerminalFacts Facts { get; }

    public int Width => Facts.Width;

    public bool HasTables => Width >= TerminalFacts.TableWidth;

    public void Blank() => Put([Segment.LineBreak]);

    /// <summary>A paragraph that starts at column <paramref name="indent"/>; its further lines start <paramref name="hang"/> columns later.</summary>
    public void Write(int indent, int hang, params ReadOnlySpan<Ink> inks)
    {
        var line = Lay(inks);
        Put(Wrapped(line, Width - indent, Width - indent - hang, indent, indent + hang));
    }

    public void Write(params ReadOnlySpan<Ink> inks) => Write(0, 0, inks);

    /// <summary>A line with text at both edges; on a narrow screen, or where both do not fit, the right one goes below.</summary>
    /// <param name="hang">Where further lines of the left text start, and the right text when it goes below.</param>
    public void Spread(int hang, ReadOnlySpan<Ink> left, Ink right)
    {
        var (start, end) = (Lay(left), Lay([right]));
        var free = Width - WidthOf(start) - WidthOf(end);
        if (free < 2)
        {
            Put(Wrapped(start, Width, Width - hang, 0, hang));
            Put(Wrapped(end, Width - hang, Width - hang, hang, hang));
            return;
        }

        Put([.. Segments(start), Segment.Padding(free), .. Segments(end), Segment.LineBreak]);
    }

    /// <summary>Rows of columns; on a narrow screen each row is a paragraph of its own with one cell a line.</summary>
    /// <param name="heads">What the columns hold.</param>
    /// <remarks>The last column takes the width that is left, and wraps.</remarks>
    public void Table(IReadOnlyList<string> heads, IReadOnlyList<Ink[]> rows)
    {
        if (!HasTables)
        {
            foreach (var row in rows)
            {
                Write(0, 2, row[0]);
                for (var i = 1; i < row.Length; i++)
                {
                    if (row[i].Text.Length > 0)
                    {
                        Write(2, 2, new Ink($"{heads[i]}: ", Tone.Quiet), row[i]);
                    }
                }
            }

            return;
        }

        var widths = Enumerable
            .Range(0, heads.Count)
            .Select(i => rows.Select(r => WidthOf(Lay([r[i]]))).Append(WidthOf(Lay([heads[i]]))).Max())
            .ToArray();
        Row([.. heads.Select(h => new Ink(h, Tone.Quiet))], widths);
        foreach (var row in rows)
        {
            Row(row, widths);
        }
    }

    /// <summary>A line that is not wrapped: its columns carry meaning, such as a caret under a place.</summary>
    public void Raw(string line) => Put([.. Segments(Lay([line.Replace("\t", "    ")])), Segment.LineBreak]);

    /// <summary>Hands on what was written so far.</summary>
    public void Flush() => _writer.Flush();

    /// <summary>The stream stays open.</summary>
    public void Dispose() => _writer.Dispose();

    private void Row(Ink[] cells, int[] widths)
    {
        const string Gutter = "  ";
        var segments = new List<Segment>();
        var indent = 0;
        for (var i = 0; i < cells.Length - 1; i++)
        {
            var cell = Lay([cells[i]]);
            segments.AddRange(Segments(cell));
            segments.Add(Segment.Padding(widths[i] - WidthOf(cell) + Gutter.Length));
            indent += widths[i] + Gutter.Length;
        }

        // A table too wide for its last column to be readable wraps like a paragraph.
        var room = Width - indent;
        var last = Lay([cells[^1]]);
        segments.AddRange(
            room >= 20
                ? Wrapped(last, room, room, 0, indent)
                : [Segment.LineBreak, .. Wrapped(last, Width - 4, Width - 4, 4, 4)]
        );
        Put(segments);
    }

    private void Put(IReadOnlyList<Segment> segments) => _console.Write(new Laid(segments));

    /// <summary>The characters of a text, each with its tone: what lines are broken from.</summary>
    private List<(string Text, int Width, Tone Tone)> Lay(ReadOnlySpan<Ink> inks)
    {
        var laid = new List<(string, int, Tone)>();
        foreach (var ink in inks)
        {
            var shown = Printable.Of(ink.Text, Facts.Ascii);
            foreach (var rune in shown.EnumerateRunes())
            {
                var text = rune.ToString();
                laid.Add((text, rune.IsAscii ? 1 : text.GetCellWidth(), ink.Tone));
            }
        }

        return laid;
    }

    private static int WidthOf(List<(string Text, int Width, Tone Tone)> line) => line.Sum(c => c.Width);

    private static List<Segment> Wrapped(
        List<(string Text, int Width, Tone Tone)> line,
        int first,
        int others,
        int indent,
        int hang
    )
    {
        var segments = new List<Segment>();
        var start = 0;
        do
        {
            var end = EndOfLine(line, start, start == 0 ? first : others, others);
            if ((start == 0 ? indent : hang) is var before and > 0)
            {
                segments.Add(Segment.Padding(before));
            }

            segments.AddRange(Segments(line[start..end]));
            segments.Add(Segment.LineBreak);
            start = end;
            while (start < line.Count && line[start].Text == " ")
            {
                start++;
            }
        } while (start < line.Count);

        return segments;
    }

    /// <summary>Where the line that begins at <paramref name="start"/> ends.</summary>
    /// <param name="others">Room on the lines that follow: a word that does not fit there either begins on this one.</param>
    private static int EndOfLine(List<(string Text, int Width, Tone Tone)> line, int start, int room, int others)
    {
        var (space, slash, at) = (-1, -1, start);
        for (var used = 0; at < line.Count; at++)
        {
            if (line[at].Text == " ")
            {
                (space, slash) = (at, -1);
            }

            used += line[at].Width;
            if (used > room && line[at].Text != " ")
            {
                var fitsBelow = space > start && WidthOfWord(line, space + 1) <= others;
                return fitsBelow ? space
                    : slash > start ? slash
                    : Math.Max(at, start + 1);
            }

            if (line[at].Text == "/")
            {
                slash = at + 1;
            }
        }

        return at;
    }

    private static int WidthOfWord(List<(string Text, int Width, Tone Tone)> line, int start)
    {
        var width = 0;
        for (var at = start; at < line.Count && line[at].Text != " "; at++)
        {
            width += line[at].Width;
        }

        return width;
    }

    private static List<Segment> Segments(List<(string Text, int Width, Tone Tone)> line)
    {
        var segments = new List<Segment>();
        var text = new StringBuilder();
        for (var i = 0; i < line.Count; i++)
        {
            text.Append(line[i].Text);
            if (i + 1 == line.Count || line[i + 1].Tone != line[i].Tone)
            {
                segments.Add(new Segment(text.ToString(), Styles[(int)line[i].Tone], null));
                text.Clear();
            }
        }

        return segments;
    }

    /// <summary>Lines that were laid out already.</summary>
    private sealed class Laid(IReadOnlyList<Segment> segments) : Renderable
    {
        protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => segments;
    }
}
