using System.Text;
using Plumbline.Rego.Builtins;
using Plumbline.Values;

namespace Plumbline.Rego.Evaluation;

/// <summary>Values of literals whose parts are not constant.</summary>
internal static class Literals
{
    public static Value SetOf(ReadOnlySpan<Value> items)
    {
        var set = new SetBuilder();
        foreach (var item in items)
        {
            set.Add(item);
        }

        return set.ToValue();
    }

    /// <summary>An object literal: of keys that are equal the last counts, as in OPA; unknown keys as rule 10 says.</summary>
    public static Value ObjectOf(Frame frame, ReadOnlySpan<Value> keysAndValues)
    {
        var members = new ObjectBuilder();
        for (var i = 0; i < keysAndValues.Length; i += 2)
        {
            var (key, value) = (keysAndValues[i], keysAndValues[i + 1]);
            if (!key.HasUnknowns)
            {
                members[key] = value;
            }
        }

        for (var i = 0; i < keysAndValues.Length && frame.Tracks; i += 2)
        {
            if (keysAndValues[i].HasUnknowns)
            {
                Loosen(members, keysAndValues[i]);
            }
        }

        return members.ToValue();
    }

    /// <summary>Strings as they are, other values as Rego writes them.</summary>
    public static Value Template(ReadOnlySpan<Value> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append(
                part.IsString ? part.Utf8.ToString()
                : part.IsUndefined ? "<undefined>"
                : part.ToString()
            );
        }

        return text.ToString();
    }

    /// <summary>A pair whose key was not told may be under any key that it might equal, or under one of its own.</summary>
    private static void Loosen(ObjectBuilder members, Value key)
    {
        var cause = Unknowns.CauseOf([key]);
        members.Open ??= new OpenMark(cause);
        for (var i = 0; i < members.Count; i++)
        {
            if (UnknownEquality.Equal(members.KeyAt(i), key) != Tri.No)
            {
                members[members.KeyAt(i)] = Reading.Fresh(cause);
            }
        }
    }
}
