using Plumbline.Values;

namespace Plumbline.Rego.Builtins;

/// <summary>The "Objects" functions of the Rego reference; those that take paths are in <see cref="JsonPathBuiltins"/>.</summary>
internal static class ObjectBuiltins
{
    public static readonly Builtin[] All =
    [
        Builtin
            .Of<AnObject, Value, Value>("object.get", (o, key, other) => Get(o.Value, key, other))
            .WhenUnknown((_, o) => GetUnknown(o)),
        Builtin.Of<AnObject>("object.keys", Keys),
        Builtin.Of<AnObject, Value>("object.filter", (context, o, keys) => Select(context, o.Value, keys, keeps: true)),
        Builtin.Of<AnObject, Value>(
            "object.remove",
            (context, o, keys) => Select(context, o.Value, keys, keeps: false)
        ),
        Builtin.Of<AnObject, AnObject>("object.union", (context, a, b) => Union(context, a.Value, b.Value)),
        Builtin.Of<AnArray>("object.union_n", UnionAll),
        Builtin.Of<AnyCollection, AnyCollection>("object.subset", Subset),
    ];

    /// <summary>The member under the key, or under the path where the key is an array; else the other value.</summary>
    private static Answer Get(Value @object, Value key, Value other)
    {
        if (!key.IsArray)
        {
            return @object[key] is { IsDefined: true } member ? member : other;
        }

        var at = @object;
        for (var i = 0; i < key.Count && at.IsDefined; i++)
        {
            at = at.IsCollection ? at[key[i]] : Value.Undefined;
        }

        return at.IsDefined ? at : other;
    }

    /// <summary>Rule 11: what is surely there, or the other value where the member surely is not; else an unknown.</summary>
    private static UnknownAnswer GetUnknown(ReadOnlySpan<Value> operands)
    {
        var (at, key, other) = (operands[0], operands[1], operands[2]);
        if (!at.IsObject)
        {
            return new UnknownAnswer(Unknowns.Fresh(operands), Unknowns.KindOf(at) == ValueKind.Object);
        }

        if (key.IsUnknown || !key.IsArray && key.HasUnknowns || key is { IsArray: true, IsOpen: true })
        {
            return UnknownAnswer.Certain(Unknowns.Fresh(operands));
        }

        for (var i = 0; i < (key.IsArray ? key.Count : 1); i++)
        {
            var step = Step(at, key.IsArray ? key[i] : key);
            if (step is null)
            {
                return UnknownAnswer.Certain(Unknowns.Fresh(operands));
            }

            if (step.Value.IsUndefined)
            {
                return UnknownAnswer.Certain(other);
            }

            at = step.Value;
        }

        return UnknownAnswer.Certain(at);
    }

    /// <returns>Undefined where there surely is no such member, null where it is not known.</returns>
    private static Value? Step(Value at, Value key)
    {
        if (at.IsUnknown || key.HasUnknowns)
        {
            return null;
        }

        if (!at.IsCollection)
        {
            return Value.Undefined;
        }

        var member = at[key];
        var isSure = at.Kind switch
        {
            ValueKind.Set => UnknownEquality.Contains(at, key) != Tri.Possible,
            // Places in an open array are unknown.
            ValueKind.Array => !at.IsOpen,
            _ => member.IsDefined ? !Unknowns.MayBeAbsent(member) : !at.IsOpen && !MayHaveKey(at, key),
        };
        return isSure ? member : (Value?)null;
    }

    private static bool MayHaveKey(Value @object, Value key)
    {
        for (var i = 0; i < @object.Count; i++)
        {
            if (@object.KeyAt(i).HasUnknowns && UnknownEquality.Equal(@object.KeyAt(i), key) != Tri.No)
            {
                return true;
            }
        }

        return false;
    }

    private static Answer Keys(IBuiltinContext context, AnObject @object)
    {
        context.Charge(@object.Value.Count);
        var keys = new SetBuilder();
        for (var i = 0; i < @object.Value.Count; i++)
        {
            keys.Add(@object.Value.KeyAt(i));
        }

        return keys.ToValue();
    }

    /// <summary>The members whose key is among the keys (of an object: its keys), or those whose key is not.</summary>
    private static Answer Select(IBuiltinContext context, Value @object, Value keys, bool keeps)
    {
        if (!keys.IsCollection)
        {
            return Answer.WrongType(2, "one of {object, set, array}", keys);
        }

        context.Charge(@object.Count + keys.Count);
        var wanted = new SetBuilder();
        for (var i = 0; i < keys.Count; i++)
        {
            wanted.Add(keys.IsArray ? keys[i] : keys.KeyAt(i));
        }

        var result = new ObjectBuilder();
        for (var i = 0; i < @object.Count; i++)
        {
            if (wanted.Contains(@object.KeyAt(i)) == keeps)
            {
                result[@object.KeyAt(i)] = @object[i];
            }
        }

        return result.ToValue();
    }

    /// <summary>All members; where both have a key, objects are united and of anything else the right one stays.</summary>
    private static Value Union(IBuiltinContext context, Value left, Value right)
    {
        context.Charge(left.Count + right.Count);
        var result = new ObjectBuilder();
        for (var i = 0; i < left.Count; i++)
        {
            result[left.KeyAt(i)] = left[i];
        }

        for (var i = 0; i < right.Count; i++)
        {
            var (key, value) = (right.KeyAt(i), right[i]);
            var before = value.IsObject ? result[key] : Value.Undefined;
            result[key] = before.IsObject ? Union(context, before, value) : value;
        }

        return result.ToValue();
    }

    private static Answer UnionAll(IBuiltinContext context, AnArray objects)
    {
        var result = Value.EmptyObject;
        for (var i = 0; i < objects.Value.Count; i++)
        {
            if (!objects.Value[i].IsObject)
            {
                return Members.WrongMember(1, objects.Value, objects.Value[i], "object");
            }

            result = Union(context, result, objects.Value[i]);
        }

        return result;
    }

    private static Answer Subset(IBuiltinContext context, AnyCollection super, AnyCollection sub) =>
        (super.Value.Kind, sub.Value.Kind) switch
        {

            (ValueKind.Object, ValueKind.Object)
            or
            (ValueKind.Set, ValueKind.Set)
            or (ValueKind.Array, ValueKind.Array) => Includes(context, super.Value, sub.Value),
            (ValueKind.Array, ValueKind.Set) => IncludesEach(context, super.Value, sub.Value),
            _ => Answer.Invalid("both arguments object.subset must be of the same type or array and set"),
        };

    /// <summary>Objects member by member and deep, sets by their members, arrays as a run; anything else by equality.</summary>
    private static bool Includes(IBuiltinContext context, Value super, Value sub)
    {
        context.Charge(1 + sub.Count);
        if (super.Kind != sub.Kind || !super.IsCollection)
        {
            return super.Equals(sub);
        }

        if (super.IsArray)
        {
            return IncludesRun(context, super, sub);
        }

        for (var i = 0; i < sub.Count; i++)
        {
            var member = super[sub.KeyAt(i)];
            if (member.IsUndefined || (super.IsObject && !Includes(context, member, sub[i])))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IncludesRun(IBuiltinContext context, Value super, Value sub)
    {
        for (var start = 0; start + sub.Count <= super.Count; start++)
        {
            var length = 0;
            while (length < sub.Count && super[start + length].Equals(sub[length]))
            {
                length++;
            }

            context.Charge(1 + length);
            if (length == sub.Count)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IncludesEach(IBuiltinContext context, Value array, Value set)
    {
        context.Charge(array.Count);
        var members = new SetBuilder();
        for (var i = 0; i < array.Count; i++)
        {
            members.Add(array[i]);
        }

        for (var i = 0; i < set.Count; i++)
        {
            if (!members.Contains(set[i]))
            {
                return false;
            }
        }

        return true;
    }
}
