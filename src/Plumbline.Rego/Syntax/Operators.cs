using System.Collections.Immutable;

namespace Plumbline.Rego.Syntax;

/// <summary>Operators, the builtins they call, and how strongly they bind; all are left-associative.</summary>
internal static class Operators
{
    /// <summary><c>:=</c>, <c>=</c>: only at the top of a statement.</summary>
    public const int Assignment = 0;

    /// <summary><c>x in xs</c>, <c>k, v in xs</c>.</summary>
    public const int Membership = 1;
    public const int Relation = 2;
    public const int Union = 3;
    public const int Intersection = 4;
    public const int Sum = 5;
    public const int Product = 6;

    public static ImmutableArray<string> Member { get; } = ["internal", "member_2"];
    public static ImmutableArray<string> MemberWithKey { get; } = ["internal", "member_3"];

    private static readonly (TokenKind Kind, string Sign, ImmutableArray<string> Name, int Precedence)[] Table =
    [
        (TokenKind.Assign, ":=", ["assign"], Assignment),
        (TokenKind.Unify, "=", ["eq"], Assignment),
        (TokenKind.Equal, "==", ["equal"], Relation),
        (TokenKind.NotEqual, "!=", ["neq"], Relation),
        (TokenKind.Less, "<", ["lt"], Relation),
        (TokenKind.LessOrEqual, "<=", ["lte"], Relation),
        (TokenKind.Greater, ">", ["gt"], Relation),
        (TokenKind.GreaterOrEqual, ">=", ["gte"], Relation),
        (TokenKind.Bar, "|", ["or"], Union),
        (TokenKind.Ampersand, "&", ["and"], Intersection),
        (TokenKind.Plus, "+", ["plus"], Sum),
        (TokenKind.Minus, "-", ["minus"], Sum),
        (TokenKind.Star, "*", ["mul"], Product),
        (TokenKind.Slash, "/", ["div"], Product),
        (TokenKind.Percent, "%", ["rem"], Product),
    ];

    /// <summary>-1 where the token is no operator between terms.</summary>
    public static int PrecedenceOf(TokenKind kind) =>
        kind is >= TokenKind.Equal and <= TokenKind.Percent ? Row(kind).Precedence : -1;

    public static ImmutableArray<string> NameOf(TokenKind kind) => Row(kind).Name;

    /// <summary>Sign and strength of the operator that calls the builtin <paramref name="name"/>.</summary>
    public static (string Sign, int Precedence) Of(ImmutableArray<string> name)
    {
        if (name.Length == 2)
        {
            return ("in", Membership);
        }

        var (_, sign, _, precedence) = Array.Find(Table, row => row.Name[0] == name[0]);
        return (sign, precedence);
    }

    private static (TokenKind Kind, string Sign, ImmutableArray<string> Name, int Precedence) Row(TokenKind kind) =>
        Table[kind - TokenKind.Assign];
}
