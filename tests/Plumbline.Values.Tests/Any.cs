using CsCheck;

namespace Plumbline.Values.Tests;

/// <summary>Values by chance, small and from few parts, so that equal keys, equal members and near misses are common.</summary>
internal static class Any
{
    public static readonly Gen<string> Text = Gen.OneOf([
            "a",
            "b",
            "\"",
            "\\",
            "/",
            "\n",
            "\u0001",
            "\u007f",
            "é",
            "\u2028",
            "\ud7ff",
            "\ue000",
            "\uffff",
            "😀",
            "a long plain run of text",
        ])
        .Array[0, 4]
        .Select(string.Concat);

    public static readonly Gen<Number> Number = Gen.Frequency(
        (4, Gen.Int[-12, 12].Select(i => Values.Number.FromInt64(i))),
        (2, Gen.Long.Select(Values.Number.FromInt64)),
        (3, Gen.Select(Gen.Int[-1200, 1200], Gen.Int[-8, 30], Decimal)),
        (1, Gen.Select(Gen.Long, Gen.Int[-400, 400], Decimal)),
        (1, Gen.Select(Gen.Int[-11, 11], Gen.Int[-100_000, 100_000], Decimal))
    );

    /// <summary>Numbers near each other, whose digits end in zeros now and then.</summary>
    public static readonly Gen<Number> NearNumber = Gen.Select(Gen.Int[-120, 120], Gen.Int[28, 33], Decimal);

    public static readonly Gen<Value> Scalar = Gen.Frequency(
        (1, Gen.Const(Value.Null)),
        (1, Gen.Bool.Select(Value.Of)),
        (3, Number.Select(Value.Of)),
        (3, Text.Select(text => Value.Of(text)))
    );

    public static readonly Gen<Unknown> Unknown = Gen.Select(
        Text.Select(text => "var." + text),
        Gen.Bool,
        Gen.OneOf(default(ValueKind?), ValueKind.String, ValueKind.Number, ValueKind.Object),
        Number,
        Text,
        (id, present, kind, bound, prefix) =>
            new Unknown
            {
                Id = id,
                Cause = present ? "redacted" : "variable",
                Present = present,
                Kind = kind,
                Min = kind == ValueKind.Number ? bound : null,
                Max = kind == ValueKind.Number && present ? bound : null,
                Prefix = kind == ValueKind.String ? new Utf8(prefix) : default(Utf8?),
            }
    );

    private static readonly Gen<OpenMark?> Open = Gen.Bool.Select(open => open ? new OpenMark("lost page") : null);

    /// <summary>What JSON can hold.</summary>
    public static readonly Gen<Value> Json = JsonTo(3);

    /// <summary>What Rego can hold: sets and any keys too.</summary>
    public static readonly Gen<Value> Rego = RegoTo(2);

    /// <summary>JSON with unknowns and open collections in it.</summary>
    public static readonly Gen<Value> Untold = UntoldTo(3);

    public static Number Decimal(int mantissa, int exponent) => Decimal((long)mantissa, exponent);

    public static Number Decimal(long mantissa, int exponent) => Read($"{mantissa}e{exponent}");

    public static Number Read(string text) =>
        Values.Number.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out var number)
            ? number
            : throw new ArgumentException($"expected a number, got `{text}`", nameof(text));

    public static Value Array(IEnumerable<Value> items, OpenMark? open = null)
    {
        var builder = new ArrayBuilder { Open = open };
        foreach (var item in items)
        {
            builder.Add(item);
        }

        return builder.Build();
    }

    public static Value Object(IEnumerable<(Value Key, Value Value)> members, OpenMark? open = null)
    {
        var builder = new ObjectBuilder { Open = open };
        foreach (var (key, value) in members)
        {
            builder[key] = value;
        }

        return builder.ToValue();
    }

    public static Value Set(IEnumerable<Value> items)
    {
        var builder = new SetBuilder();
        foreach (var item in items)
        {
            builder.Add(item);
        }

        return builder.ToValue();
    }

    /// <summary>The same value as nodes of a document.</summary>
    public static Value InDocument(Value value)
    {
        var builder = new DocumentBuilder();
        builder.Add(value);
        return builder.Build().Root;
    }

    private static Gen<Value> JsonTo(int depth) =>
        depth == 0
            ? Scalar
            : Gen.Frequency(
                (2, Scalar),
                (1, JsonTo(depth - 1).Array[0, 4].Select(items => Array(items))),
                (1, Members(Text.Select(text => Value.Of(text)), JsonTo(depth - 1), 5)),
                (1, Members(Gen.Int[0, 40].Select(i => Value.Of($"key{i}")), JsonTo(depth - 1), 40))
            );

    private static Gen<Value> RegoTo(int depth) =>
        depth == 0
            ? Scalar
            : Gen.Frequency(
                (2, Scalar),
                (1, RegoTo(depth - 1).Array[0, 4].Select(items => Array(items))),
                (1, RegoTo(depth - 1).Array[0, 12].Select(Set)),
                (1, Members(RegoTo(depth - 1), RegoTo(depth - 1), 12))
            );

    private static Gen<Value> UntoldTo(int depth) =>
        depth == 0
            ? Gen.Frequency((2, Scalar), (1, Unknown.Select(Value.Of)))
            : Gen.Frequency(
                (1, UntoldTo(0)),
                (1, Gen.Select(UntoldTo(depth - 1).Array[0, 4], Open, Array)),
                (
                    1,
                    Gen.Select(
                        Gen.Select(Text.Select(text => Value.Of(text)), UntoldTo(depth - 1)).Array[0, 5],
                        Open,
                        Object
                    )
                )
            );

    private static Gen<Value> Members(Gen<Value> keys, Gen<Value> values, int most) =>
        Gen.Select(keys, values).Array[0, most].Select(members => Object(members));
}
