using Plumbline.Rego.Compiling;
using Plumbline.Rego.Evaluation;

namespace Plumbline.Rego;

/// <summary>One input held against a policy: documents asked in one session share what they have in common. For one thread.</summary>
public sealed class Session
{
    private readonly RuleRunner _runner;
    private readonly Frame _frame;

    internal Session(RuleRunner runner, Frame frame) => (_runner, _frame) = (runner, frame);

    /// <summary>Steps of the plan charged so far.</summary>
    public long Steps => _frame.Steps;

    /// <summary>Bytes of values charged so far.</summary>
    public long ValueBytes => _frame.ValueBytes;

    /// <summary>Which rules of unknown values decided something so far.</summary>
    internal UnknownRules Used => _frame.Used;

    /// <summary>What one body of a document comes to.</summary>
    internal RuleResult Ask(RuleSet rules, int body)
    {
        _frame.Trace?.Start(SourceText.Of("query", rules.Name));
        return _runner.EvaluateBody(_frame, rules, body);
    }

    /// <exception cref="RegoException">The policy ended in an error; this session is over.</exception>
    /// <exception cref="BudgetException">It needs more than its limits allow; this session is over.</exception>
    public DocumentAnswer Ask(PreparedDocument document)
    {
        _frame.Trace?.Start(SourceText.Of("query", document.Path));
        var result = _runner.Evaluate(_frame, document.Rules);
        return new DocumentAnswer(result.Value, result.Doubt)
        {
            Possible = [.. result.Possible.OrderBy(p => p.Member).Select(p => new PossibleMember(p.Member, p.Causes))],
        };
    }
}
