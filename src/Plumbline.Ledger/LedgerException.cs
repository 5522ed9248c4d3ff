namespace Plumbline.Ledger;

/// <summary>A log, a note, a key or a proof is not what it must be; the message says where and what was expected.</summary>
/// <remarks>The only exception that reading a stranger's bytes can end in.</remarks>
public sealed class LedgerException(LedgerFault fault, string message) : Exception(message)
{
    public LedgerFault Fault { get; } = fault;

    internal static LedgerException Malformed(string message) => new(LedgerFault.Malformed, message);
}

/// <summary>What kind of answer a <see cref="LedgerException"/> gives.</summary>
public enum LedgerFault
{
    /// <summary>The bytes do not follow the format.</summary>
    Malformed,

    /// <summary>A tile or bundle that the tree's size demands is not there.</summary>
    Missing,

    /// <summary>No known key signed, or a known key's signature does not hold.</summary>
    Untrusted,

    /// <summary>What is stored does not hash to what was signed.</summary>
    Altered,

    /// <summary>Two signed heads cannot both belong to one append-only log: a fork or a rollback.</summary>
    Inconsistent,
}
