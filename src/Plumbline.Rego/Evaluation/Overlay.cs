using System.Collections.Immutable;
using Plumbline.Values;

namespace Plumbline.Rego.Evaluation;

/// <summary>One path below <c>data</c> replaced by <c>with</c>, and those replaced around it.</summary>
internal sealed record Overlay(ImmutableArray<string> Path, Overlay? Outer)
{
    /// <summary>Whether a path at or above <paramref name="path"/> was replaced: base documents hold what stands there now.</summary>
    public bool Covers(ImmutableArray<string> path)
    {
        for (var overlay = this; overlay is not null; overlay = overlay.Outer)
        {
            if (IsPrefix(overlay.Path, path))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The document of the rules at <paramref name="path"/> with what was replaced inside it.</summary>
    public Value Patch(Value document, ImmutableArray<string> path, Value data)
    {
        for (var overlay = this; overlay is not null; overlay = overlay.Outer)
        {
            if (overlay.Path.Length > path.Length && IsPrefix(path, overlay.Path))
            {
                document = Paths.Replace(document, overlay.Path.AsSpan(path.Length..), Paths.Find(data, overlay.Path));
            }
        }

        return document;
    }

    private static bool IsPrefix(ImmutableArray<string> prefix, ImmutableArray<string> path) =>
        prefix.Length <= path.Length
        && prefix.AsSpan().SequenceEqual(path.AsSpan(0, prefix.Length), StringComparer.Ordinal);
}

/// <summary>Members at the end of a path of names.</summary>
internal static class Paths
{
    /// <summary>Undefined where there is none.</summary>
    public static Value Find(Value value, ImmutableArray<string> path)
    {
        foreach (var name in path)
        {
            value = value[name];
        }

        return value;
    }

    /// <summary>Puts a value at a path, copying the objects on the way; what is no object on the way is replaced by one.</summary>
    public static Value Replace(Value target, ReadOnlySpan<string> path, Value value)
    {
        if (path.Length == 0)
        {
            return value;
        }

        var members = new ObjectBuilder { Open = target.IsObject ? target.Open : null };
        for (var i = 0; i < target.Count && target.IsObject; i++)
        {
            members[target.KeyAt(i)] = target[i];
        }

        members[path[0]] = Replace(target.IsObject ? target[path[0]] : default, path[1..], value);
        return members.ToValue();
    }
}
