using System.Collections.Immutable;
using Plumbline.Rego.Builtins;
using Plumbline.Rego.Plans;
using Plumbline.Values;

namespace Plumbline.Rego.Evaluation;

/// <summary>Holds a value against a pattern and binds its variables; the frame says afterwards whether it surely fits.</summary>
internal delegate bool Match(Frame frame, Value value);

/// <summary>Turns patterns into matches; expressions inside are the back end's.</summary>
internal static class Matching
{
    public static Match Compile(Pattern pattern, Func<Expr, Eval> compile)
    {
        switch (pattern)
        {
            case AnyPattern:
                return static (_, _) => true;
            case BindPattern bind:
                var slot = bind.Slot;
                return (frame, value) =>
                {
                    frame.Slots[slot] = value;
                    return true;
                };
            case EqualPattern equal:
                var expected = compile(equal.Value);
                return (frame, value) => Reading.AreEqual(frame, expected(frame), value);
            case ArrayPattern array:
                return CompileArray([.. array.Items.Select(i => Compile(i, compile))]);
            case ObjectPattern map:
                return CompileObject(
                    [.. map.Members.Select(m => compile(m.Key))],
                    [.. map.Members.Select(m => Compile(m.Value, compile))]
                );
            default:
                throw new InvalidOperationException($"no pattern: {pattern.GetType().Name}");
        }
    }

    private static Match CompileArray(ImmutableArray<Match> items) =>
        (frame, value) =>
        {
            if (frame.Tracks && (value.IsUnknown || value.IsOpen))
            {
                return MayBe(frame, value, ValueKind.Array, items.Length)
                    && items.All(m => m(frame, Reading.Fresh(Unknowns.CauseOf([value]))));
            }

            if (!value.IsArray || value.Count != items.Length)
            {
                return false;
            }

            for (var i = 0; i < items.Length; i++)
            {
                if (!items[i](frame, value[i]))
                {
                    return false;
                }
            }

            return true;
        };

    private static Match CompileObject(ImmutableArray<Eval> keys, ImmutableArray<Match> values) =>
        (frame, value) =>
        {
            if (frame.Tracks && value.IsUnknown)
            {
                return MayBe(frame, value, ValueKind.Object, keys.Length)
                    && values.All(m => m(frame, Reading.Fresh(Unknowns.CauseOf([value]))));
            }

            if (!value.IsObject || !HasOnly(frame, value, keys))
            {
                return false;
            }

            for (var i = 0; i < keys.Length; i++)
            {
                var member = Reading.Member(frame, value, keys[i](frame));
                if (member.IsUndefined || !values[i](frame, member))
                {
                    return false;
                }
            }

            return true;
        };

    private static bool MayBe(Frame frame, Value value, ValueKind kind, int count)
    {
        if (
            (value.AsUnknown is { Kind: { } known } && known != kind)
            || (!value.IsUnknown && (value.Kind != kind || value.Count > count))
        )
        {
            return false;
        }

        frame.Doubting(UnknownRules.Equality, Unknowns.CauseOf([value]));
        return true;
    }

    /// <summary>Whether the object has no member but those under <paramref name="keys"/>; a member that may be absent, or an open object, makes it possible.</summary>
    private static bool HasOnly(Frame frame, Value map, ImmutableArray<Eval> keys)
    {
        if (!frame.Tracks || !map.HasUnknowns)
        {
            return map.Count == keys.Length;
        }

        if (map.Open is { } open)
        {
            frame.Doubting(UnknownRules.Equality, open.Cause);
        }

        for (var i = 0; i < map.Count; i++)
        {
            var key = map.KeyAt(i);
            if (keys.Any(k => k(frame).Equals(key)))
            {
                continue;
            }

            if (!Unknowns.MayBeAbsent(map[i]))
            {
                return false;
            }

            frame.Doubting(UnknownRules.Equality, map[i].AsUnknown!.Cause);
        }

        return true;
    }
}
