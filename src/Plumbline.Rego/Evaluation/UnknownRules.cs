namespace Plumbline.Rego.Evaluation;

/// <summary>The rules of unknown values, by their numbers there, that decided something in an evaluation.</summary>
/// <remarks>Noted where what is not told is met, so that an evaluation without unknowns pays nothing; read by the tests that count them.</remarks>
[Flags]
internal enum UnknownRules
{
    None = 0,

    /// <summary>Members that may be absent, open collections, iteration.</summary>
    Reading = 1 << 4,

    /// <summary>Equality and order.</summary>
    Equality = 1 << 5,

    /// <summary>A bare expression.</summary>
    Truth = 1 << 6,

    /// <summary><c>not</c>.</summary>
    Negation = 1 << 7,

    /// <summary><c>every</c>.</summary>
    Universal = 1 << 8,

    /// <summary><c>x in c</c> and look-up in a set.</summary>
    Membership = 1 << 9,

    /// <summary>Comprehensions.</summary>
    Comprehension = 1 << 10,

    /// <summary>Any other builtin.</summary>
    Builtin = 1 << 11,

    /// <summary>Rules and functions.</summary>
    Rule = 1 << 12,
}
