using System.Runtime.CompilerServices;
using Plumbline.Rego.Builtins;
using Plumbline.Rego.Tracing;
using Plumbline.Values;

namespace Plumbline.Rego.Evaluation;

/// <summary>The value of an expression, undefined where it has none.</summary>
internal delegate Value Eval(Frame frame);

/// <summary>Runs for one solution of what stands before it; true stops the search for more.</summary>
internal delegate bool Step(Frame frame);

/// <summary>Everything that changes while one query is evaluated. Used by one thread.</summary>
internal sealed class Frame : IBuiltinContext
{
    /// <summary>Steps between two looks at the cancellation: often enough to stop at once, seldom enough to cost nothing.</summary>
    private const long Watch = 1024;

    private readonly Limits _limits;
    private readonly CancellationToken _cancel;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly Dictionary<(string, Utf8), object> _cache = [];
    private long _nextWatch = Watch;
    private int _depth;

    public Frame(
        int slots,
        int rules,
        EvaluationInput input,
        Limits limits,
        TimeProvider time,
        CancellationToken cancel
    )
    {
        (_time, _started) = (time, time.GetTimestamp());
        Slots = new Value[slots];
        World = new World(input.Input, input.Data, new RuleResult?[rules], input.ForcesTracking);
        NowNanoseconds = input.NowNanoseconds;
        StrictErrors = input.StrictErrors;
        Print = input.Print;
        Trace = input.Trace;
        _limits = limits;
        _cancel = cancel;
    }

    public Value[] Slots { get; }

    /// <summary>What <c>with</c> can replace; swapped as a whole.</summary>
    public World World { get; set; }

    /// <summary>Whether unknowns may occur: else everything is certain and nothing looks for them.</summary>
    public bool Tracks => World.Tracks;

    /// <summary>Why the current solution is only possible; null where it is certain.</summary>
    public Causes? Doubt { get; set; }

    /// <summary>Set while a member of a set is visited that may be the same as another one: it counts for no place (rule 10).</summary>
    public OpenMark? Coincides { get; set; }

    /// <summary>Set while the current solution stands for any number of them: for the members of a collection that are not shown.</summary>
    public bool IsMany { get; set; }

    /// <summary>What the solutions of the current body are for.</summary>
    public Gatherer? Gather { get; set; }

    public bool StrictErrors { get; }

    /// <summary>Where the tracing back end writes; null with every other.</summary>
    public Trace? Trace { get; }

    /// <summary>Takes lines of <c>print</c>; null where nobody listens.</summary>
    public Action<PrintedLine>? Print { get; }

    public long NowNanoseconds { get; }

    public long Steps { get; private set; }

    public long ValueBytes { get; private set; }

    /// <summary>Which rules of unknown values decided something so far.</summary>
    public UnknownRules Used { get; private set; }

    public void Note(UnknownRules rule) => Used |= rule;

    /// <summary>Makes the current solution a possible one, as a rule of unknown values says.</summary>
    public void Doubting(UnknownRules rule, string cause)
    {
        Note(rule);
        Doubt = (Doubt ?? Causes.None).With(cause);
    }

    /// <inheritdoc cref="Doubting(UnknownRules, string)"/>
    public void Doubting(UnknownRules rule, Causes causes)
    {
        Note(rule);
        Doubt = Doubt is null ? causes : Doubt.With(causes);
    }

    /// <summary>Why the whole evaluation may end in a conflict; null where it surely does not.</summary>
    /// <remarks>An error ends everything, whatever becomes of the solution in which it occurs: this doubt does not end with one.</remarks>
    public Causes? Failure { get; private set; }

    /// <summary>Notes that there may be a conflict; null is none.</summary>
    public void MayFail(Causes? causes)
    {
        if (causes is not null)
        {
            Failure = (Failure ?? Causes.None).With(causes);
        }
    }

    /// <summary>The doubt of an answer, once all that it needs was evaluated.</summary>
    public Causes? DoubtOf(Causes? answer) =>
        Failure is null ? answer
        : answer is null ? Failure
        : Failure.With(answer);

    /// <inheritdoc/>
    public void Charge(long steps)
    {
        Steps += steps;
        if (Steps > _limits.MaxSteps)
        {
            throw new BudgetException($"{_limits.MaxSteps:N0} steps");
        }

        if (Steps >= _nextWatch)
        {
            _nextWatch = Steps + Watch;
            _cancel.ThrowIfCancellationRequested();
            if (_time.GetElapsedTime(_started) > _limits.MaxTime)
            {
                throw new BudgetException($"{_limits.MaxTime.TotalSeconds:0.#} s") { IsTime = true };
            }
        }
    }

    /// <summary>Charges a result that was built.</summary>
    public Value Built(Value value)
    {
        if (value.IsCollection || value.IsString)
        {
            ChargeBytes(ValueSize.Of(value, _limits.MaxValueBytes - ValueBytes));
        }

        return value;
    }

    public void ChargeBytes(long bytes)
    {
        ValueBytes += bytes;
        if (ValueBytes > _limits.MaxValueBytes)
        {
            throw new BudgetException($"{_limits.MaxValueBytes:N0} bytes of values");
        }
    }

    public void Enter()
    {
        if (++_depth > _limits.MaxDepth)
        {
            throw new BudgetException($"{_limits.MaxDepth:N0} rules inside one another");
        }

        GuardStack();
    }

    /// <summary>Ends the evaluation before the thread's stack does: the last resort, as with time.</summary>
    public static void GuardStack()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new BudgetException("the stack of its thread") { IsTime = true };
        }
    }

    public void Leave() => _depth--;

    /// <inheritdoc/>
    public T Cached<T>(string group, Utf8 key, Func<Utf8, T> make)
        where T : class
    {
        if (!_cache.TryGetValue((group, key), out var value))
        {
            _cache.Add((group, key), value = make(key));
        }

        return (T)value;
    }
}
