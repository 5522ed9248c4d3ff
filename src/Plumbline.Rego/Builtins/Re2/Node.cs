using System.Collections.Immutable;

namespace Plumbline.Rego.Builtins.Re2;

/// <summary>A regular expression as a tree. Flags are resolved: a set holds all cases, a dot what it matches.</summary>
internal abstract record Node;

/// <summary>One code point of a set, e.g. <c>a</c>, <c>.</c>, <c>[^0-9]</c>.</summary>
internal sealed record OneOf(RuneSet Set) : Node;

/// <summary>All in a row; of nothing, the empty text.</summary>
internal sealed record Sequence(ImmutableArray<Node> Parts) : Node;

/// <summary>The first that leads to a match, e.g. <c>a|b</c>.</summary>
internal sealed record Choice(ImmutableArray<Node> Options) : Node;

/// <summary>A part again and again, e.g. <c>a{2,5}?</c>.</summary>
/// <remarks><see cref="Max"/> is null where there is no end.</remarks>
internal sealed record Repeat(Node Part, int Min, int? Max, bool IsLazy) : Node;

/// <summary>A part whose text is kept, e.g. <c>(a)</c>; groups are numbered by their opening parenthesis.</summary>
internal sealed record Capture(Node Part) : Node;

/// <summary>A place, e.g. <c>^</c>.</summary>
internal sealed record At(Place Place) : Node;

internal enum Place
{
    TextStart,
    TextEnd,
    LineStart,
    LineEnd,
    WordBoundary,
    NoWordBoundary,
}
