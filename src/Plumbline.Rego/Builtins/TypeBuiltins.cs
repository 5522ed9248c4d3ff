using Plumbline.Values;

namespace Plumbline.Rego.Builtins;

/// <summary>The "Types" functions of the Rego reference. Of an unknown they know what its kind tells.</summary>
internal static class TypeBuiltins
{
    public static readonly Builtin[] All =
    [
        Is("is_null", ValueKind.Null),
        Is("is_boolean", ValueKind.Boolean),
        Is("is_number", ValueKind.Number),
        Is("is_string", ValueKind.String),
        Is("is_array", ValueKind.Array),
        Is("is_object", ValueKind.Object),
        Is("is_set", ValueKind.Set),
        Builtin
            .Of<Value>("type_name", v => TypeNames.Of(v))
            .AsTotal(
                (_, o) =>
                    UnknownAnswer.Certain(
                        Unknowns.KindOf(o[0]) is { } kind ? TypeNames.Of(kind) : Unknowns.Fresh(o, ValueKind.String)
                    )
            ),
    ];

    private static Builtin Is(string name, ValueKind wanted) =>
        Builtin
            .Of<Value>(name, v => v.Kind == wanted)
            .AsTotal(
                (_, o) =>
                    UnknownAnswer.Certain(
                        Unknowns.KindOf(o[0]) is { } kind ? kind == wanted : Unknowns.Fresh(o, ValueKind.Boolean)
                    )
            );
}
