using System.Collections.Immutable;

namespace Plumbline.Values;

/// <summary>What stands in <c>marks</c> for one place: an unknown, or that a collection is open.</summary>
public sealed record Mark
{
    private static readonly ImmutableArray<(ValueKind Kind, string Name)> Kinds =
    [
        (ValueKind.Boolean, "boolean"),
        (ValueKind.Number, "number"),
        (ValueKind.String, "string"),
        (ValueKind.Array, "array"),
        (ValueKind.Object, "object"),
    ];

    private static readonly ImmutableArray<string> OfUnknown =
    [
        "cause",
        "id",
        "kind",
        "max",
        "min",
        "prefix",
        "present",
    ];

    private static readonly ImmutableArray<string> OfOpen = ["cause", "open"];

    public Unknown? Unknown { get; private init; }

    public OpenMark? Open { get; private init; }

    public static Mark Of(Unknown unknown) => new() { Unknown = unknown };

    public static Mark Of(OpenMark open) => new() { Open = open };

    public Value ToValue()
    {
        if (Open is not null)
        {
            return new ObjectBuilder { ["cause"] = Open.Cause, ["open"] = true }.ToValue();
        }

        var mark = new ObjectBuilder { ["cause"] = Unknown!.Cause };
        Put("id", Unknown.Id is { } id ? id : default(Value));
        Put("kind", Unknown.Kind is { } kind ? Kinds.First(k => k.Kind == kind).Name : default(Value));
        Put("max", Unknown.Max is { } max ? max : default(Value));
        Put("min", Unknown.Min is { } min ? min : default(Value));
        Put("prefix", Unknown.Prefix is { } prefix ? prefix : default(Value));
        Put("present", Unknown.Present ? true : default(Value));
        return mark.ToValue();

        void Put(string name, Value value)
        {
            if (value.IsDefined)
            {
                mark[name] = value;
            }
        }
    }

    /// <exception cref="FormatException">It is no mark.</exception>
    public static Mark Parse(Value mark)
    {
        var cause = Member(mark, "cause", ValueKind.String);
        if (cause.IsUndefined)
        {
            throw new FormatException("mark: expected a string under `cause`");
        }

        if (Member(mark, "open", ValueKind.Boolean).IsTrue)
        {
            RefuseOthers(mark, OfOpen, "mark");
            return Of(new OpenMark(cause.Utf8.ToString()));
        }

        RefuseOthers(mark, OfUnknown, "mark");
        var id = Member(mark, "id", ValueKind.String);
        var min = Member(mark, "min", ValueKind.Number);
        var max = Member(mark, "max", ValueKind.Number);
        var prefix = Member(mark, "prefix", ValueKind.String);
        return Of(
            new Unknown
            {
                Cause = cause.Utf8.ToString(),
                Id = id.IsDefined ? id.Utf8.ToString() : null,
                Kind = KindOf(Member(mark, "kind", ValueKind.String)),
                Min = min.IsDefined ? min.AsNumber : null,
                Max = max.IsDefined ? max.AsNumber : null,
                Prefix = prefix.IsDefined ? prefix.Utf8 : (Utf8?)null,
                Present = Member(mark, "present", ValueKind.Boolean).IsTrue,
            }
        );
    }

    /// <exception cref="FormatException">There is a member beside <paramref name="known"/>.</exception>
    internal static void RefuseOthers(Value value, ImmutableArray<string> known, string what)
    {
        for (var i = 0; i < value.Count; i++)
        {
            if (!known.Contains(value.KeyAt(i).Utf8.ToString()))
            {
                throw new FormatException($"{what}: expected no member `{value.KeyAt(i).Utf8}`");
            }
        }
    }

    private static ValueKind? KindOf(Value name)
    {
        if (name.IsUndefined)
        {
            return null;
        }

        var text = name.Utf8.ToString();
        foreach (var kind in Kinds)
        {
            if (kind.Name == text)
            {
                return kind.Kind;
            }
        }

        throw new FormatException($"mark: expected a kind such as `string`, got `{text}`");
    }

    private static Value Member(Value mark, string name, ValueKind kind)
    {
        var member = mark[name];
        return member.IsUndefined || member.Kind == kind
            ? member
            : throw new FormatException($"mark: expected a {kind} under `{name}`, got `{member}`");
    }
}
