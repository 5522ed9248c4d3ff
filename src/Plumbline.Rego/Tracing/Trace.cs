using Plumbline.Rego.Plans;
using Plumbline.Rego.Syntax;
using Plumbline.Values;

namespace Plumbline.Rego.Tracing;

/// <summary>Records one evaluation, event by event. For one evaluation, and one thread.</summary>
/// <param name="maxEvents">A quarter of a million are some 30 MB, and more than a person reads: then recording stops.</param>
public sealed class Trace(int maxEvents = 250_000)
{
    private readonly List<TraceEvent> _events = [];
    private Place _place;

    /// <summary>Where the evaluation is: how deep, in which text, at which statement.</summary>
    internal readonly record struct Place(int Depth, SourceText Source, SourceSpan At);

    public IReadOnlyList<TraceEvent> Events => _events;

    /// <summary>There was more than could be recorded.</summary>
    public bool IsCut { get; private set; }

    /// <summary>What is asked: the text in which events before the first body stand.</summary>
    internal void Start(SourceText query) => _place = new Place(0, query, new SourceSpan(0, query.Bytes.Length, 1, 1));

    /// <summary>Enters a body and gives the place around it, to which <see cref="Leave"/> goes back.</summary>
    internal Place Enter(SourceText? source, SourceSpan span, string text)
    {
        var outer = _place;
        _place = new Place(outer.Depth + 1, source ?? outer.Source, span);
        Record(new(TraceOperation.Enter, _place.Source, span, outer.Depth, text) { LeadsIn = true });
        return outer;
    }

    internal void Leave(Place outer) => _place = outer;

    internal void Exit(SourceSpan span, string text, string message) =>
        Record(new(TraceOperation.Exit, _place.Source, span, _place.Depth, text) { Message = message });

    internal void RedoBody(SourceSpan span, string text) =>
        Record(new(TraceOperation.Redo, _place.Source, span, _place.Depth - 1, text) { LeadsIn = true });

    internal void Eval(Statement statement)
    {
        _place = _place with { At = statement.Span };
        Record(TraceOperation.Eval, statement);
    }

    internal void Fail(Statement statement) => Record(TraceOperation.Fail, statement);

    internal void Redo(Statement statement)
    {
        _place = _place with { At = statement.Span };
        Record(TraceOperation.Redo, statement);
    }

    internal void Note(string text) => Record(new(TraceOperation.Note, _place.Source, _place.At, _place.Depth, text));

    internal void Index(RulePlan rule)
    {
        var rules = rule.Bodies.Length == 1 ? "1 rule" : $"{rule.Bodies.Length} rules";
        var message = $"(matched {rules}{(rule.StopsEarly ? ", early exit" : "")})";
        Record(
            new(TraceOperation.Index, _place.Source, _place.At, _place.Depth, rule.Rules.Name) { Message = message }
        );
    }

    private void Record(TraceOperation operation, Statement statement)
    {
        if (!IsCut)
        {
            var text = SyntaxWriter.Write(statement);
            Record(new(operation, _place.Source, statement.Span, _place.Depth, text));
        }
    }

    private void Record(TraceEvent happened)
    {
        if (_events.Count == maxEvents)
        {
            IsCut = true;
        }
        else
        {
            _events.Add(happened);
        }
    }
}
