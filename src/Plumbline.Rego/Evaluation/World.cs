using Plumbline.Rego.Plans;
using Plumbline.Values;

namespace Plumbline.Rego.Evaluation;

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

    /// <summary>Runs a block that ends with <see cref="Leave"/> under a statement's replacements; without solutions where a value of them is undefined.</summary>
    /// <param name="values">Of the replacements, in their order; null for a function that is replaced by a function.</param>
    public static bool Run(Frame frame, WithOp with, ReadOnlySpan<Eval?> values, Step block)
    {
        var replacing = new Value[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            replacing[i] = values[i] is { } value ? value(frame) : Value.Null;
            if (replacing[i].IsUndefined)
            {
                return false;
            }
        }

        var outer = frame.World;
        frame.World = outer.With(with, replacing);
        var stops = block(frame);
        frame.World = outer;
        return stops;
    }

    /// <summary>The end of a block under replacements: what follows it is asked in the world around them.</summary>
    public static bool Leave(Frame frame, Step next)
    {
        var inner = frame.World;
        frame.World = inner.Outer!;
        var stops = next(frame);
        frame.World = inner;
        return stops;
    }

    private World With(WithOp with, ReadOnlySpan<Value> values)
    {
        var (input, data, overlay, mocks) = (Input, Data, Overlay, Mocks);
        for (var i = 0; i < values.Length; i++)
        {
            switch (with.Replacements[i])
            {
                case InputReplacement r:
                    input = Paths.Replace(input, r.Path.AsSpan(), values[i]);
                    break;
                case DataReplacement r:
                    data = Paths.Replace(data, r.Path.AsSpan(), values[i]);
                    overlay = new Overlay(r.Path, overlay);
                    break;
                case FunctionReplacement r:
                    mocks = mocks is null ? [] : new Dictionary<object, Mock>(mocks);
                    mocks[r.Replaced] = new Mock(r.Function, values[i]);
                    break;
            }
        }

        return new World(input, data, new RuleResult?[Memo.Length], Tracks)
        {
            Overlay = overlay,
            Mocks = mocks,
            Outer = this,
        };
    }
}

/// <summary>What a function was replaced by: a <see cref="Compiling.RuleSet"/>, a <see cref="Builtins.Builtin"/>, or a value.</summary>
internal readonly record struct Mock(object? Function, Value Value);
