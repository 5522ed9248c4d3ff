using System.Globalization;
using System.Text;

namespace Plumbline.Rego.Tracing;

/// <summary>Which events of a trace are shown.</summary>
public enum ExplanationKind
{
    /// <summary>All.</summary>
    Full,

    /// <summary>Notes, and the bodies that lead to each.</summary>
    Notes,

    /// <summary>Statements without a solution, and the bodies that lead to each.</summary>
    Fails,
}

/// <summary>A trace as people read it: one line to an event, as <c>opa eval --explain</c> prints it.</summary>
public static class Explanation
{
    /// <summary>Between the longest place and what happened there.</summary>
    private const int Gap = 5;

    /// <summary>The lines, without their ends.</summary>
    public static IReadOnlyList<string> Lines(Trace trace, ExplanationKind kind)
    {
        var events = kind switch
        {
            ExplanationKind.Notes => LeadingTo(trace.Events, TraceOperation.Note),
            ExplanationKind.Fails => LeadingTo(trace.Events, TraceOperation.Fail),
            _ => trace.Events,
        };
        var width = events.Select(e => PlaceOf(e).Length).DefaultIfEmpty(0).Max() + Gap;
        var lines = events.Select(e => $"{PlaceOf(e).PadRight(width)}{LineOf(e)}").ToList();
        if (trace.IsCut)
        {
            lines.Add("the rest was not recorded");
        }

        return lines;
    }

    private static string PlaceOf(TraceEvent shown) =>
        string.Create(CultureInfo.InvariantCulture, $"{shown.Source.Name}:{shown.Span.Line}");

    private static string LineOf(TraceEvent shown)
    {
        var line = new StringBuilder().Insert(0, "| ", shown.Depth).Append(shown.Operation).Append(' ');
        line.Append(shown.Operation == TraceOperation.Note ? Values.Value.Of(shown.Text).ToString() : shown.Text);
        return shown.Message.Length == 0 ? line.ToString() : $"{line} {shown.Message}";
    }

    /// <summary>The wanted events, each behind those bodies around it that were not shown since the last.</summary>
    private static List<TraceEvent> LeadingTo(IReadOnlyList<TraceEvent> events, TraceOperation wanted)
    {
        var shown = new List<TraceEvent>();
        var around = new List<TraceEvent>();
        foreach (var happened in events)
        {
            if (happened.Operation == wanted)
            {
                shown.AddRange(around.Where(a => a.Depth < happened.Depth));
                shown.Add(happened);
                around.Clear();
            }
            else if (happened.LeadsIn)
            {
                around.RemoveAll(a => a.Depth >= happened.Depth);
                around.Add(happened);
            }
        }

        return shown;
    }
}
