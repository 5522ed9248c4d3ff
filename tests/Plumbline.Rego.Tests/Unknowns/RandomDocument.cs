using Plumbline.Values;

namespace Plumbline.Rego.Tests.Unknowns;

/// <summary>Makes small documents with unknowns and open collections, and completions of them.</summary>
internal sealed class RandomDocument(Random random)
{
    private static readonly string[] Keys = ["a", "b", "c"];
    private readonly List<(Unknown Unknown, Value Template)> _unknowns = [];

    /// <summary>A document in which some values were not told.</summary>
    public Value WithUnknowns()
    {
        var value = Object(3);
        return value;
    }

    /// <summary>One document that <paramref name="value"/> may stand for.</summary>
    public Value Complete(Value value)
    {
        var told = new Dictionary<string, Value>(StringComparer.Ordinal);
        foreach (var (unknown, _) in _unknowns)
        {
            told[unknown.Id!] = unknown.Present || random.Next(3) > 0 ? ValueFor(unknown) : default;
        }

        return Complete(value, told);
    }

    private Value Complete(Value value, Dictionary<string, Value> told)
    {
        if (value.AsUnknown is { } unknown)
        {
            return told[unknown.Id!];
        }

        if (value.IsArray)
        {
            var items = new List<Value>();
            for (var i = 0; i < value.Count; i++)
            {
                var item = Complete(value[i], told);
                items.Add(item.IsDefined ? item : ValueFor(value[i].AsUnknown!));
            }

            for (var i = value.IsOpen ? random.Next(3) : 0; i > 0; i--)
            {
                items.Insert(random.Next(items.Count + 1), Ground(1));
            }

            return Value.ArrayOf([.. items]);
        }

        if (value.IsObject)
        {
            var members = new ObjectBuilder();
            for (var i = 0; i < value.Count; i++)
            {
                var member = Complete(value[i], told);
                if (member.IsDefined)
                {
                    members[value.KeyAt(i)] = member;
                }
            }

            for (var i = value.IsOpen ? random.Next(3) : 0; i > 0; i--)
            {
                var key = Value.Of(Keys[random.Next(Keys.Length)]);
                if (value[key].IsUndefined)
                {
                    members[key] = Ground(1);
                }
            }

            return members.ToValue();
        }

        return value;
    }

    private Value Any(int depth) =>
        random.Next(8) switch
        {
            0 => Unknown(),
            1 or 2 when depth > 0 => Array(depth - 1),
            3 or 4 when depth > 0 => Object(depth - 1),
            _ => Scalar(),
        };

    private Value Array(int depth)
    {
        var items = new ArrayBuilder { Open = random.Next(4) == 0 ? new OpenMark("lost page") : null };
        for (var i = random.Next(4); i > 0; i--)
        {
            items.Add(Any(depth));
        }

        return items.Build();
    }

    private Value Object(int depth)
    {
        var members = new ObjectBuilder { Open = random.Next(5) == 0 ? new OpenMark("denied") : null };
        for (var i = random.Next(4); i > 0; i--)
        {
            members[Keys[random.Next(Keys.Length)]] = Any(depth);
        }

        return members.ToValue();
    }

    private Value Unknown()
    {
        if (_unknowns.Count > 0 && random.Next(5) == 0)
        {
            return Value.Of(_unknowns[random.Next(_unknowns.Count)].Unknown);
        }

        var kind = random.Next(6) switch
        {
            0 => ValueKind.Boolean,
            1 => ValueKind.Number,
            2 => ValueKind.String,
            3 => ValueKind.Array,
            _ => (ValueKind?)null,
        };
        var unknown = new Unknown
        {
            Id = $"u{_unknowns.Count}",
            Cause = "variable",
            Present = random.Next(2) == 0,
            Kind = kind,
            Min = kind == ValueKind.Number && random.Next(2) == 0 ? (Number)1 : null,
            Max = kind == ValueKind.Number && random.Next(2) == 0 ? (Number)2 : null,
            Prefix = kind == ValueKind.String && random.Next(2) == 0 ? new Utf8("x") : (Utf8?)null,
        };
        _unknowns.Add((unknown, default));
        return Value.Of(unknown);
    }

    private Value ValueFor(Unknown unknown)
    {
        switch (unknown.Kind)
        {
            case ValueKind.Boolean:
                return random.Next(2) == 0;
            case ValueKind.Number:
                var (low, high) = (unknown.Min is null ? 0 : 1, unknown.Max is null ? 3 : 2);
                return (long)random.Next(low, high + 1);
            case ValueKind.String:
                return (unknown.Prefix is null ? Pick("", "x", "z") : "x") + Pick("", "y");
            case ValueKind.Array:
                return GroundArray(1);
            default:
                return Ground(2);
        }
    }

    private Value Ground(int depth) =>
        random.Next(6) switch
        {
            0 when depth > 0 => GroundArray(depth - 1),
            1 when depth > 0 => GroundObject(depth - 1),
            _ => Scalar(),
        };

    private Value GroundArray(int depth) =>
        Value.ArrayOf([.. Enumerable.Range(0, random.Next(3)).Select(_ => Ground(depth))]);

    private Value GroundObject(int depth)
    {
        var members = new ObjectBuilder();
        for (var i = random.Next(3); i > 0; i--)
        {
            members[Keys[random.Next(Keys.Length)]] = Ground(depth);
        }

        return members.ToValue();
    }

    private Value Scalar() =>
        random.Next(8) switch
        {
            0 => true,
            1 => false,
            2 => Value.Null,
            3 => 0,
            4 => 1,
            5 => 2,
            6 => "x",
            _ => "xy",
        };

    private string Pick(params string[] from) => from[random.Next(from.Length)];
}
