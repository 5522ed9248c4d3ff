using Plumbline.Values;

namespace Plumbline.Rego.Builtins;

/// <summary>The "Arrays" functions of the Rego reference.</summary>
internal static class ArrayBuiltins
{
    public static readonly Builtin[] All =
    [
        Builtin.Of<AnArray, AnArray>("array.concat", Concat),
        Builtin.Of<AnArray>("array.flatten", Flatten),
        Builtin.Of<AnArray>("array.reverse", Reverse),
        Builtin.Of<AnArray, long, long>("array.slice", Slice),
    ];

    private static Answer Concat(IBuiltinContext context, AnArray a, AnArray b)
    {
        context.Charge(a.Value.Count + b.Value.Count);
        var result = new ArrayBuilder();
        Append(result, a.Value);
        Append(result, b.Value);
        return result.Build();
    }

    /// <summary>One level: members that are arrays give way to their own members.</summary>
    private static Answer Flatten(IBuiltinContext context, AnArray array)
    {
        var result = new ArrayBuilder();
        for (var i = 0; i < array.Value.Count; i++)
        {
            var member = array.Value[i];
            context.Charge(1 + member.Count);
            if (member.IsArray)
            {
                Append(result, member);
            }
            else
            {
                result.Add(member);
            }
        }

        return result.Build();
    }

    private static Answer Reverse(IBuiltinContext context, AnArray array)
    {
        context.Charge(array.Value.Count);
        var result = new ArrayBuilder();
        for (var i = array.Value.Count - 1; i >= 0; i--)
        {
            result.Add(array.Value[i]);
        }

        return result.Build();
    }

    /// <summary>From <paramref name="start"/> up to before <paramref name="stop"/>, both clamped to the array.</summary>
    private static Answer Slice(IBuiltinContext context, AnArray array, long start, long stop)
    {
        var result = new ArrayBuilder();
        var end = (int)Math.Min(stop, array.Value.Count);
        for (var i = (int)Math.Min(Math.Max(start, 0), array.Value.Count); i < end; i++)
        {
            context.Charge(1);
            result.Add(array.Value[i]);
        }

        return result.Build();
    }

    private static void Append(ArrayBuilder result, Value array)
    {
        for (var i = 0; i < array.Count; i++)
        {
            result.Add(array[i]);
        }
    }
}
