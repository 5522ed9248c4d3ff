using System.Collections.Immutable;
using Plumbline.Values;

namespace Plumbline.Rego.Reads;

/// <summary>Where a value may come from: what <see cref="ReadAnalysis"/> knows of an expression without evaluating it.</summary>
/// <remarks>
/// A value is a place in a document (<see cref="Paths"/>), one of a few constants, something with such values inside, or anything
/// else that was computed (<see cref="IsComputed"/>), in which no place is left: what it was computed from was read then.
/// </remarks>
internal sealed record Origin
{
    private static readonly ImmutableSortedDictionary<string, Origin> NoFields = ImmutableSortedDictionary<
        string,
        Origin
    >.Empty.WithComparers(StringComparer.Ordinal);

    public static Origin Nothing { get; } = new();

    public static Origin Computed { get; } = new() { IsComputed = true };

    public ImmutableHashSet<ReadPath> Paths { get; init; } = [];

    public ImmutableHashSet<Value> Constants { get; init; } = [];

    /// <summary>Values under names that are constants.</summary>
    public ImmutableSortedDictionary<string, Origin> Fields { get; init; } = NoFields;

    /// <summary>Values of all other members; null where there are none.</summary>
    public Origin? Members { get; init; }

    public bool IsComputed { get; init; }

    public static Origin Of(ReadPath path) => new() { Paths = [path] };

    public static Origin Of(Value constant) => new() { Constants = [constant] };

    public static Origin OfMembers(Origin members) => new() { Members = members };

    public static Origin OfField(string name, Origin value) => new() { Fields = NoFields.Add(name, value) };

    /// <summary>The names that this may be when it is used as a key; null where it may be any.</summary>
    public IEnumerable<Value>? Names =>
        IsComputed || Paths.Count > 0 || Fields.Count > 0 || Members is not null ? null : Constants;

    public Origin Or(Origin other)
    {
        if (ReferenceEquals(this, other) || ReferenceEquals(other, Nothing))
        {
            return this;
        }

        var fields = Fields;
        foreach (var (name, value) in other.Fields)
        {
            fields = fields.SetItem(name, fields.TryGetValue(name, out var own) ? own.Or(value) : value);
        }

        return new Origin
        {
            Paths = Paths.Union(other.Paths),
            Constants = Constants.Union(other.Constants),
            Fields = fields,
            Members =
                Members is null ? other.Members
                : other.Members is null ? Members
                : Members.Or(other.Members),
            IsComputed = IsComputed || other.IsComputed,
        };
    }

    /// <summary>The member under a key; of any key, all members.</summary>
    public Origin Member(Origin key)
    {
        var names = key.Names?.ToList();
        var member = Members ?? Nothing;
        foreach (var path in Paths)
        {
            IEnumerable<string?> steps = names is null ? [null] : names.Select(StepOf);
            member = steps.Aggregate(member, (m, step) => m.Or(Of(path.Below(step))));
        }

        foreach (var (name, value) in Fields)
        {
            if (names is null || names.Any(n => n.IsString && n.Utf8 == name))
            {
                member = member.Or(value);
            }
        }

        foreach (var constant in Constants.Where(c => c.IsCollection))
        {
            var values = names is null ? MembersOf(constant) : names.Select(n => constant[n]).Where(v => v.IsDefined);
            member = values.Aggregate(member, (m, v) => m.Or(Of(v)));
        }

        return IsComputed ? member.Or(Computed) : member;
    }

    /// <summary>What a scan gives for the keys of this.</summary>
    public Origin Keys()
    {
        var keys = Fields.Keys.Aggregate(Nothing, (k, name) => k.Or(Of(Value.Of(name))));
        foreach (var constant in Constants.Where(c => c.IsCollection))
        {
            keys = Enumerable.Range(0, constant.Count).Aggregate(keys, (k, i) => k.Or(Of(constant.KeyAt(i))));
        }

        return Paths.Count > 0 || Members is not null || IsComputed ? keys.Or(Computed) : keys;
    }

    private static string? StepOf(Value name) =>
        name.IsString ? name.Utf8.ToString()
        : name.IsNumber ? name.ToString()
        : null;

    private static IEnumerable<Value> MembersOf(Value constant) =>
        Enumerable.Range(0, constant.Count).Select(i => constant[i]);
}
