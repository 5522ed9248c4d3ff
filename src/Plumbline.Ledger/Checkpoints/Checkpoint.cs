using System.Globalization;
using System.Text;
using Plumbline.Ledger.Trees;

namespace Plumbline.Ledger.Checkpoints;

/// <summary>The head of a log: which log, how many entries, and the root over them.</summary>
/// <remarks>
/// C2SP tlog-checkpoint, of which exactly three lines are taken:
/// <code>
/// origin                 a key name
/// size                   decimal, no leading zeros, below 2^63
/// base64 of the root     44 characters
/// </code>
/// Extension lines are refused: nobody can audit them.
/// </remarks>
public sealed record Checkpoint
{
    /// <exception cref="LedgerException">The origin is no key name, the size negative, or the root of size 0 another's.</exception>
    public Checkpoint(string origin, long size, TreeHash root)
    {
        if (!StrictText.IsKeyName(origin))
        {
            throw LedgerException.Malformed($"expected an origin without spaces and `+`, got `{origin}`");
        }

        if (size < 0 || (size == 0 && root != TreeHash.Empty))
        {
            throw LedgerException.Malformed($"no tree has the size {size} and the root {root}");
        }

        Origin = origin;
        Size = size;
        Root = root;
    }

    public string Origin { get; }

    public long Size { get; }

    public TreeHash Root { get; }

    /// <summary>Reads the text of a note.</summary>
    /// <exception cref="LedgerException">It is not these three lines.</exception>
    public static Checkpoint Parse(ReadOnlySpan<byte> text)
    {
        var rest = text;
        if (
            !StrictText.IsPlain(text)
            || !StrictText.TryLine(ref rest, out var origin)
            || !StrictText.TryLine(ref rest, out var size)
            || !StrictText.TryLine(ref rest, out var root)
            || !rest.IsEmpty
        )
        {
            throw LedgerException.Malformed("a checkpoint has three lines: origin, size and root");
        }

        if (!StrictText.TryCount(size, out var count))
        {
            throw LedgerException.Malformed($"expected a size below 2^63, got `{Encoding.UTF8.GetString(size)}`");
        }

        return TreeHash.TryReadBase64(root, out var hash)
            ? new Checkpoint(Encoding.UTF8.GetString(origin), count, hash)
            : throw LedgerException.Malformed(
                $"expected a root of 32 bytes in base64, got `{Encoding.UTF8.GetString(root)}`"
            );
    }

    /// <summary>The three lines, each with its line feed: what is signed.</summary>
    public byte[] ToText() =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Root.ToBase64()}\n"));
}
