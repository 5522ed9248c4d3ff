using Plumbline.Rego.Builtins;
using Plumbline.Rego.Compiling;
using Plumbline.Rego.Plans;
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

    /// <summary>Set where members of a set that was visited may coincide (rule 10).</summary>
    public OpenMark? Coincides { get; set; }

    /// <summary>What the solutions of the current body are for.</summary>
    public Gatherer? Gather { get; set; }

    public bool StrictErrors { get; }

    public long NowNanoseconds { get; }

    public long Steps { get; private set; }

    public long ValueBytes { get; private set; }

    /// <summary>Makes the current solution a possible one.</summary>
    public void Doubting(string cause) => Doubt = (Doubt ?? Causes.None).With(cause);

    public void Doubting(Causes causes) => Doubt = Doubt is null ? causes : Doubt.With(causes);

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
            ChargeBytes(ValueSize.Of(value));
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

/// <summary>Input, data and functions as the innermost <c>with</c> left them, and what rules came to under that.</summary>
internal sealed class World(Value input, Value data, RuleResult?[] memo, bool forcesTracking)
{
    public Value Input { get; } = input;

    /// <summary>Base documents.</summary>
    public Value Data { get; } = data;

    /// <summary>Results of rules, by rule id.</summary>
    public RuleResult?[] Memo { get; } = memo;

    public bool Tracks { get; } = forcesTracking || input.HasUnknowns || data.HasUnknowns;

    /// <summary>Paths below <c>data</c> that were replaced; null where there are none.</summary>
    public Overlay? Overlay { get; init; }

    /// <summary>Functions that were replaced; null where there are none.</summary>
    public Dictionary<object, Mock>? Mocks { get; init; }

    /// <summary>The world around the innermost <c>with</c>.</summary>
    public World? Outer { get; init; }

    /// <summary>This world without replaced functions.</summary>
    public World Outside() =>
        new(Input, Data, new RuleResult?[Memo.Length], Tracks) { Overlay = Overlay, Outer = Outer };

    /// <summary>This world with a statement's replacements made, in their order.</summary>
    public World With(Frame frame, IReadOnlyList<(Replacement Replacement, Value Value)> replacements)
    {
        var (input, data, overlay) = (Input, Data, Overlay);
        var mocks = Mocks;
        foreach (var (replacement, value) in replacements)
        {
            switch (replacement)
            {
                case InputReplacement r:
                    input = Replacing.At(input, [.. r.Path], value);
                    break;
                case DataReplacement r:
                    data = Replacing.At(data, [.. r.Path], value);
                    overlay = new Overlay(r.Path, overlay);
                    break;
                case FunctionReplacement r:
                    mocks = mocks is null ? [] : new Dictionary<object, Mock>(mocks);
                    mocks[r.Replaced] = new Mock(r.Function, value);
                    break;
            }
        }

        return new World(input, data, new RuleResult?[Memo.Length], frame.Tracks)
        {
            Overlay = overlay,
            Mocks = mocks,
            Outer = this,
        };
    }
}

/// <summary>What an evaluation is given.</summary>
/// <param name="Input">Undefined where there is none.</param>
/// <param name="Data">Base documents: an object.</param>
internal readonly record struct EvaluationInput(Value Input, Value Data)
{
    public long NowNanoseconds { get; init; }

    /// <summary>A builtin that fails ends the evaluation instead of being undefined.</summary>
    public bool StrictErrors { get; init; }

    /// <summary>Runs the plan for unknowns even where there are none: both must agree.</summary>
    public bool ForcesTracking { get; init; }
}

/// <summary>What a set of rules came to.</summary>
/// <param name="Value">Undefined where no body had a solution.</param>
/// <param name="Doubt">Why it is only possible that there is a value; null where that is certain.</param>
/// <param name="Steps">What it cost: charged again whenever it is taken from memory.</param>
internal sealed record RuleResult(Value Value, Causes? Doubt, long Steps, long Bytes)
{
    public static RuleResult Undefined { get; } = new(default, null, 0, 0);

    /// <summary>Members of a partial set that are only possible, with their causes.</summary>
    public IReadOnlyList<(Value Member, Causes Causes)> Possible { get; init; } = [];
}

/// <summary>One path below <c>data</c> replaced by <c>with</c>, and those replaced around it.</summary>
internal sealed record Overlay(IReadOnlyList<string> Path, Overlay? Outer);

/// <summary>What a function was replaced by: a <see cref="RuleSet"/>, a <see cref="Builtin"/>, or a value.</summary>
internal readonly record struct Mock(object? Function, Value Value);

/// <summary>The length of a value as canonical JSON, which is what budgets count.</summary>
internal static class ValueSize
{
    public static long Of(Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Null:
            case ValueKind.Boolean when value.IsTrue:
                return 4;
            case ValueKind.Boolean:
                return 5;
            case ValueKind.Number:
                return value.TryGetInt64(out var small) ? Digits(small) : value.AsNumber.ToString().Length;
            case ValueKind.String:
                return value.Utf8.Length + 2;
            case ValueKind.Unknown:
                return value.AsUnknown!.Cause.Length + 12;
            default:
                var size = 2L;
                for (var i = 0; i < value.Count; i++)
                {
                    size += 1 + Of(value[i]) + (value.IsObject ? 1 + Of(value.KeyAt(i)) : 0);
                }

                return size;
        }
    }

    private static long Digits(long value)
    {
        var digits = value < 0 ? 2 : 1;
        while (value is > 9 or < -9)
        {
            value /= 10;
            digits++;
        }

        return digits;
    }
}
