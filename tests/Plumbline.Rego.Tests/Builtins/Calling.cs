using Plumbline.Rego.Builtins;
using Plumbline.Values;

namespace Plumbline.Rego.Tests.Builtins;

/// <summary>Calls builtins by name on terms.</summary>
internal static class Calling
{
    public static Answer Call(string name, string operands, IBuiltinContext? context = null)
    {
        var values = Terms.ListOf(operands);
        var builtin = BuiltinTable.All[name];
        Assert.Equal(builtin.Arity, values.Length);
        return builtin.Call(context ?? new CountingContext(), values);
    }

    /// <summary>The value as Rego writes it, <c>undefined</c>, or <c>code: message</c>.</summary>
    public static string Show(string name, string operands)
    {
        var answer = Call(name, operands);
        return answer.Fault is { } fault ? $"{fault.Code}: {fault.Message}" : answer.Value.ToString();
    }

    /// <summary>The value, with <c>certain </c> or <c>possible </c> before it.</summary>
    public static string ShowUnknown(string name, string operands)
    {
        var builtin = BuiltinTable.All[name];
        Assert.NotNull(builtin.OnUnknown);
        var answer = builtin.OnUnknown(new CountingContext(), Terms.ListOf(operands));
        var text = answer.Value.AsUnknown is { Text: null } unknown ? Known(unknown) : answer.Value.ToString();
        return $"{(answer.IsCertain ? "certain" : "possible")} {text}";
    }

    public static void Answers(string name, string operands, string expected)
    {
        var answer = Call(name, operands);
        Assert.Null(answer.Fault);
        if (expected == "undefined")
        {
            Assert.True(answer.Value.IsUndefined, $"expected undefined, got {answer.Value}");
        }
        else
        {
            Assert.Equal(Terms.Of(expected), answer.Value);
        }
    }

    private static string Known(Unknown unknown)
    {
        var kind = unknown.Kind is { } k ? " " + k.ToString().ToLowerInvariant() : "";
        var bounds = unknown.Min is null && unknown.Max is null ? "" : $" {unknown.Min}..{unknown.Max}";
        var prefix = unknown.Prefix is { Length: > 0 } start ? $" \"{start}\"" : "";
        return $"unknown{kind}{bounds}{prefix}";
    }
}

/// <summary>An evaluation of 2026-01-02T03:04:05.000000006Z that allows a million steps.</summary>
internal sealed class CountingContext : IBuiltinContext
{
    private readonly Dictionary<(string, Utf8), object> _cached = [];

    public long Limit { get; init; } = 1_000_000;

    public long Steps { get; private set; }

    public long NowNanoseconds => 1_767_323_045_000_000_006;

    public void Charge(long steps)
    {
        Steps += steps;
        if (Steps > Limit)
        {
            throw new BudgetException($"{Limit} steps");
        }
    }

    public T Cached<T>(string group, Utf8 key, Func<Utf8, T> make)
        where T : class
    {
        if (!_cached.TryGetValue((group, key), out var value))
        {
            value = _cached[(group, key)] = make(key);
        }

        return (T)value;
    }
}
