using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace Plumbline.Ledger.Notes;

/// <summary>A text that some keys signed. Nobody believes the text before <see cref="Verify"/> has answered.</summary>
/// <remarks>
/// C2SP signed-note, UTF-8 without control characters but the line feed:
/// <code>
/// text, ends with a line feed; may contain empty lines
///                                        the note's last empty line
/// — name base64(key id ‖ signature)      1 to 100 lines, each with its line feed, nothing after
/// </code>
/// Base64 has one spelling only, so that a note read and written again is the same bytes. Signatures by unknown keys are
/// kept and say nothing: that lets keys rotate and witnesses join.
/// </remarks>
public sealed class Note
{
    /// <summary>Room for the witnesses of a large installation, and an end for a hostile note.</summary>
    public const int MaxSignatures = 100;

    /// <summary>100 post-quantum signatures of 5 kB and a text fit in.</summary>
    public const int MaxBytes = 1_000_000;

    private Note(byte[] text, ImmutableArray<NoteSignature> signatures)
    {
        Text = text;
        Signatures = signatures;
    }

    /// <summary>What was signed, with its last line feed.</summary>
    public ReadOnlyMemory<byte> Text { get; }

    public ImmutableArray<NoteSignature> Signatures { get; }

    private static ReadOnlySpan<byte> Dash => "— "u8;

    /// <summary>Reads a note.</summary>
    /// <exception cref="LedgerException">It breaks the format; <see cref="LedgerFault.Malformed"/>.</exception>
    public static Note Parse(ReadOnlySpan<byte> note)
    {
        if (note.Length > MaxBytes)
        {
            throw LedgerException.Malformed($"a note has at most {MaxBytes} bytes, got {note.Length}");
        }

        if (!StrictText.IsPlain(note))
        {
            throw LedgerException.Malformed("a note is UTF-8 without control characters");
        }

        var end = note.LastIndexOf("\n\n"u8);
        if (end < 0)
        {
            throw LedgerException.Malformed("a note has an empty line between its text and its signatures");
        }

        return new Note(note[..(end + 1)].ToArray(), ParseSignatures(note[(end + 2)..]));
    }

    /// <summary>Has all signers sign the text.</summary>
    /// <exception cref="ArgumentException">The text is not what a note can hold.</exception>
    public static Note Sign(ReadOnlySpan<byte> text, IEnumerable<ISigner> signers)
    {
        if (!text.EndsWith("\n"u8) || !StrictText.IsPlain(text))
        {
            throw new ArgumentException(
                "a note's text is UTF-8 without control characters and ends its last line",
                nameof(text)
            );
        }

        var signatures = ImmutableArray.CreateBuilder<NoteSignature>();
        foreach (var signer in signers)
        {
            signatures.Add(new NoteSignature(signer.Key.Name, signer.Key.Id, signer.Sign(text)));
        }

        return new Note(text.ToArray(), signatures.ToImmutable());
    }

    /// <summary>The same note with one more signature line, such as a witness's.</summary>
    public Note With(NoteSignature signature) => new(Text.ToArray(), Signatures.Add(signature));

    /// <summary>Says which of the given keys signed the text.</summary>
    /// <returns>In the order of the lines, each key once; never empty.</returns>
    /// <exception cref="LedgerException">
    /// <see cref="LedgerFault.Untrusted"/>: none of the keys signed, or a line by one of them does not hold.
    /// </exception>
    public ImmutableArray<Endorsement> Verify(IReadOnlyCollection<VerifierKey> keys)
    {
        var endorsements = ImmutableArray.CreateBuilder<Endorsement>();
        foreach (var line in Signatures)
        {
            foreach (var key in keys.Where(key => key.IsNamedBy(line)))
            {
                if (!key.Accepts(Text, line))
                {
                    throw new LedgerException(
                        LedgerFault.Untrusted,
                        $"the signature of `{key.Name}` ({key.Id}) does not hold"
                    );
                }

                if (endorsements.All(known => known.Key != key))
                {
                    endorsements.Add(Endorsement.Of(key, line));
                }
            }
        }

        return endorsements.Count > 0
            ? endorsements.ToImmutable()
            : throw new LedgerException(LedgerFault.Untrusted, $"none of {keys.Count} known keys signed the note");
    }

    public byte[] ToBytes()
    {
        var lines = new StringBuilder().Append('\n');
        foreach (var signature in Signatures)
        {
            lines.Append(signature).Append('\n');
        }

        return [.. Text.Span, .. Encoding.UTF8.GetBytes(lines.ToString())];
    }

    private static ImmutableArray<NoteSignature> ParseSignatures(ReadOnlySpan<byte> rest)
    {
        var signatures = ImmutableArray.CreateBuilder<NoteSignature>();
        while (StrictText.TryLine(ref rest, out var line))
        {
            if (signatures.Count == MaxSignatures)
            {
                throw LedgerException.Malformed($"a note has at most {MaxSignatures} signatures");
            }

            signatures.Add(ParseSignature(line));
        }

        return rest.IsEmpty && signatures.Count > 0
            ? signatures.ToImmutable()
            : throw LedgerException.Malformed("a note ends with lines of signatures");
    }

    private static NoteSignature ParseSignature(ReadOnlySpan<byte> line)
    {
        var fields = line.StartsWith(Dash) ? line[Dash.Length..] : default;
        var space = Math.Max(fields.IndexOf((byte)' '), 0);
        var name = Encoding.UTF8.GetString(fields[..space]);
        if (
            !StrictText.IsKeyName(name)
            || !StrictText.TryBase64(fields[(space + 1)..], out var bytes)
            || bytes.Length <= KeyId.Size
        )
        {
            throw LedgerException.Malformed(
                $"expected a signature line `— name base64`, got `{Encoding.UTF8.GetString(line)}`"
            );
        }

        var id = new KeyId(BinaryPrimitives.ReadUInt32BigEndian(bytes));
        return new NoteSignature(name, id, bytes.AsMemory(KeyId.Size));
    }
}

/// <summary>A signature that held.</summary>
/// <param name="Time">A witness's time, seconds since 1970; other keys sign without one.</param>
public sealed record Endorsement(VerifierKey Key, long? Time)
{
    internal static Endorsement Of(VerifierKey key, NoteSignature line) =>
        new(key, key.Algorithm == NoteAlgorithm.CosignatureV1 ? Cosignature.Parse(line).Time : null);
}
