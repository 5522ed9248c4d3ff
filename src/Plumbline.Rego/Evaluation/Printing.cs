using Plumbline.Rego.Plans;
using Plumbline.Values;

namespace Plumbline.Rego.Evaluation;

/// <summary>What <c>print</c> does (section "Debugging" of OPA's built-ins): it never fails, and says what it can.</summary>
internal static class Printing
{
    private const string Undefined = "<undefined>";

    /// <summary>Hands on one line for each combination of the operands' values; the cost is the same whether somebody listens or not.</summary>
    public static void Print(Frame frame, PrintOp print, ReadOnlySpan<Eval> operands)
    {
        var choices = new Value[operands.Length];
        var lines = 1L;
        for (var i = 0; i < choices.Length; i++)
        {
            choices[i] = operands[i](frame);
            lines = Math.Min(lines * Math.Max(1, choices[i].Count), int.MaxValue);
        }

        frame.Charge(lines);
        if (frame.Print is { } listener)
        {
            Combine(
                choices,
                new string[choices.Length],
                0,
                text => listener(new PrintedLine(print.Source, print.Span, text))
            );
        }
    }

    private static void Combine(Value[] choices, string[] line, int at, Action<string> tell)
    {
        if (at == choices.Length)
        {
            tell(string.Join(' ', line));
            return;
        }

        if (choices[at].Count == 0)
        {
            line[at] = choices[at].Open is { } open ? $"‹unknown: {open.Cause}›" : Undefined;
            Combine(choices, line, at + 1, tell);
            return;
        }

        foreach (var i in Reading.Ordered(choices[at]))
        {
            line[at] = Text(choices[at][i]);
            Combine(choices, line, at + 1, tell);
        }
    }

    private static string Text(Value value) => value.IsString ? value.Utf8.ToString() : value.ToString();
}
