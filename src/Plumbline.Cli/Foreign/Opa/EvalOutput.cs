using Plumbline.Rego;
using Plumbline.Values;

namespace Plumbline.Cli.Foreign.Opa;

/// <summary>The forms in which <c>opa eval</c> writes a result.</summary>
internal sealed class EvalOutput
{
    private const string Indent = "  ";

    private static readonly (string Name, Action<EvalOutput, EvalResult, TextWriter> Write)[] All =
    [
        (
            "json",
            (o, r, to) =>
                WriteJson(
                    r,
                    to,
                    r.Solutions.Length == 0 ? default : Value.ArrayOf([.. r.Solutions.Select(s => Of(r, s))])
                )
        ),
        ("values", (_, r, to) => WriteLines(r, to, s => Indented(Value.ArrayOf([.. s.Values.Select(Plain)])))),
        ("bindings", (_, r, to) => WriteLines(r, to, s => Indented(Bindings(s)))),
        ("pretty", (o, r, to) => o.WritePretty(r, to)),
        ("raw", (_, r, to) => WriteLines(r, to, s => string.Join(' ', s.Values.Select(Raw)))),
        ("discard", (_, r, to) => WriteJson(r, to, r.Solutions.Length == 0 ? default(Value) : "discarded")),
    ];

    private readonly Action<EvalOutput, EvalResult, TextWriter> _write;
    private readonly int _limit;

    private EvalOutput(Action<EvalOutput, EvalResult, TextWriter> write, int limit) =>
        (_write, _limit) = (write, limit);

    public static IEnumerable<string> Formats => All.Select(a => a.Name);

    /// <param name="limit">Length from which values in a table are cut; 0 for none.</param>
    /// <exception cref="FormatException">There is no such form.</exception>
    public static EvalOutput Named(string format, int limit)
    {
        var found = Array.Find(All, a => a.Name == format);
        return found.Name is null
            ? throw new FormatException(
                $"invalid argument \"{format}\" for \"-f, --format\" flag: must be one of {string.Join(", ", Formats)}"
            )
            : new EvalOutput(found.Write, limit);
    }

    public void Write(EvalResult result, TextWriter output) => _write(this, result, output);

    /// <summary>A value as JSON has it: sets as arrays in Rego's order, keys that are no strings as their text.</summary>
    public static Value Plain(Value value) => Json.Parse(Jcs.ToBytes(value));

    public static string Compact(Value value) => Jcs.ToText(value);

    private static string Indented(Value value) => GoJson.Indented(value, Indent, sorts: false);

    private static string Raw(Value value) => value.IsString ? Shown.Of(value.Utf8.ToString()) : Compact(value);

    /// <summary>One text to a solution; errors instead, where there are any.</summary>
    private static void WriteLines(EvalResult result, TextWriter output, Func<Solution, string> line)
    {
        if (WroteErrors(result, output))
        {
            return;
        }

        foreach (var solution in result.Solutions)
        {
            output.WriteLine(line(solution));
        }
    }

    private static bool WroteErrors(EvalResult result, TextWriter output)
    {
        if (result.Errors.Count == 0)
        {
            return false;
        }

        var head = result.Errors.Count == 1 ? "1 error occurred: " : $"{result.Errors.Count} errors occurred:\n";
        output.WriteLine(head + string.Join('\n', result.Errors.Select(e => Shown.Of(e.ToString()))));
        return true;
    }

    private static void WriteJson(EvalResult result, TextWriter output, Value solutions)
    {
        var members = new ObjectBuilder();
        if (result.Errors.Count > 0)
        {
            members["errors"] = Value.ArrayOf([.. result.Errors.Select(Of)]);
        }
        else if (solutions.IsDefined)
        {
            members["result"] = solutions;
        }

        if (result.Explanation.Count > 0)
        {
            members["explanation"] = Value.ArrayOf([.. result.Explanation.Select(l => (Value)l)]);
        }

        output.WriteLine(Indented(members.ToValue()));
    }

    private void WritePretty(EvalResult result, TextWriter output)
    {
        foreach (var line in result.Explanation)
        {
            output.WriteLine(Shown.Of(line));
        }

        if (WroteErrors(result, output))
        {
            return;
        }

        switch (result.Solutions)
        {
            case []:
                output.WriteLine("undefined");
                break;
            case [{ Bindings.Count: 0 } only]
                when only.Values.Length == 1 || only.Values.All(v => v.IsTrue || v.IsFalse):
                output.WriteLine(Indented(Plain(only.Values[0])));
                break;
            default:
                ResultTable.Write(result, _limit, output);
                break;
        }
    }

    private static Value Of(EvalResult result, Solution solution)
    {
        var members = new ObjectBuilder();
        members["expressions"] = Value.ArrayOf([.. result.Statements.Zip(solution.Values, Of)]);
        if (solution.Bindings.Count > 0)
        {
            members["bindings"] = Bindings(solution);
        }

        return members.ToValue();
    }

    private static Value Of(QueryStatement statement, Value value)
    {
        var members = new ObjectBuilder();
        members["value"] = Plain(value);
        members["text"] = statement.Text;
        members["location"] = Location(null, statement.Span.Line, statement.Span.Column);
        return members.ToValue();
    }

    private static Value Of(EvalError error)
    {
        var members = new ObjectBuilder();
        members["message"] = error.Message;
        if (error.Code is not null)
        {
            members["code"] = error.Code;
        }

        if (error.File is not null)
        {
            members["location"] = Location(error.File, error.Row, error.Column);
        }

        return members.ToValue();
    }

    private static Value Location(string? file, int row, int column)
    {
        var members = new ObjectBuilder();
        if (file is not null)
        {
            members["file"] = file;
        }

        members["row"] = row;
        members["col"] = column;
        return members.ToValue();
    }

    private static Value Bindings(Solution solution)
    {
        var members = new ObjectBuilder();
        foreach (var (name, value) in solution.Bindings)
        {
            members[name] = Plain(value);
        }

        return members.ToValue();
    }
}
