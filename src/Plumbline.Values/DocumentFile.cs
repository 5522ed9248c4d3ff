using System.Buffers;
using System.Collections.Immutable;

namespace Plumbline.Values;

/// <summary>A document as it is stored, hashed and judged (CONTRACTS §6, "Document on disk"; docs/formats/document.md).</summary>
/// <remarks>
/// <code>
/// {"document": …, "marks": {"/pointer": {…}}, "profile": "decimal"}      in canonical JSON
///
/// mark of an unknown            {"cause", "id"?, "kind"?, "max"?, "min"?, "prefix"?, "present"?}   null stands at its place
/// mark of an open collection    {"cause", "open": true}
/// </code>
/// Members that are not known are left out, <c>present</c> where it is false, <c>profile</c> where every number is a double's.
/// </remarks>
public static class DocumentFile
{
    private static readonly ImmutableArray<string> Members = ["document", "marks", "profile"];
    private static readonly JsonPointer Unmarked = JsonPointer.Root.Append("document");

    /// <summary>The bytes to store; sets are stored as arrays, in order.</summary>
    public static byte[] ToBytes(Value document)
    {
        document = Plain(document);
        var marks = new ObjectBuilder();
        if (document.HasUnknowns)
        {
            CollectMarks(document, JsonPointer.Root, marks);
        }

        var file = new ObjectBuilder { ["document"] = document, ["marks"] = marks.ToValue() };
        var buffer = new ArrayBufferWriter<byte>();
        if (Jcs.Write(Value.Of(file.Build()), buffer))
        {
            file["profile"] = "decimal";
            buffer.Clear();
            Jcs.Write(Value.Of(file.Build()), buffer);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The document with its marks in place.</summary>
    /// <exception cref="FormatException">The bytes are no stored document.</exception>
    public static Value Parse(byte[] utf8)
    {
        if (!Json.TryParse(utf8, JsonLimits.Stored, false, out var file, out var fault))
        {
            throw new FormatException($"stored document, column {fault!.At.Column}: {fault.Message}");
        }

        var root = file!.Root;
        var (document, marks, profile) = (root["document"], root["marks"], root["profile"]);
        if (document.IsUndefined || !marks.IsObject || (profile.IsDefined && profile != "decimal"))
        {
            throw new FormatException(
                "stored document: expected `document`, `marks` and perhaps the profile `decimal`"
            );
        }

        Mark.RefuseOthers(root, Members, "stored document");
        if (marks.Count == 0)
        {
            return document;
        }

        var read = ReadMarks(marks);
        if (read.Any(mark => mark.Value.Unknown is not null && !mark.Key.Resolve(document).IsNull))
        {
            throw new FormatException("stored document: expected `null` wherever a mark says that a value is unknown");
        }

        return new Marking(document, read).Apply()
            ?? throw new FormatException("stored document: a mark names no place");
    }

    /// <summary>What was parsed, with the places of the text that it was once made from: then that text can be let go.</summary>
    /// <param name="parsed">From <see cref="Parse"/>.</param>
    /// <param name="within">Where in <paramref name="text"/> it stood.</param>
    /// <returns>A document with places, and where in it the value stands; null where the text has other members than the value.</returns>
    public static (Document Document, JsonPointer At)? WithPlaces(Value parsed, Document text, JsonPointer within)
    {
        if (parsed.Owner is not { } owner)
        {
            return null;
        }

        var at = owner.Root.Same(parsed) ? JsonPointer.Root : Unmarked;
        return owner.WithPlaces(at, text, within) is { } placed ? (placed, at) : null;
    }

    /// <summary>The same document, places in its text included, with unknowns and open collections at the given places.</summary>
    /// <remarks>
    /// An unknown takes the place of what stood there, with all that was in it; where its parent is an object that has no
    /// such member, it is added. Only an array or an object can be open.
    /// </remarks>
    /// <exception cref="ArgumentException">A mark cannot be put where it should stand.</exception>
    public static Value WithMarks(Value document, ImmutableDictionary<JsonPointer, Mark> marks)
    {
        var marking = new Marking(document, marks);
        return marking.Apply()
            ?? throw new ArgumentException($"expected a place for a mark, got `{marking.Unplaced}`", nameof(marks));
    }

    /// <summary>The value without sets and without keys that are no strings, so that pointers name all of it.</summary>
    private static Value Plain(Value value)
    {
        if (!value.IsCollection || value.Owner is not null)
        {
            return value;
        }

        var builder = new DocumentBuilder();
        builder.Add(value);
        return builder.Build().Root;
    }

    private static void CollectMarks(Value value, JsonPointer at, ObjectBuilder marks)
    {
        if (value.AsUnknown is { } unknown)
        {
            marks[at.Text] = Mark.Of(unknown).ToValue();
            return;
        }

        if (value.Open is { } open)
        {
            marks[at.Text] = Mark.Of(open).ToValue();
        }

        for (var i = 0; i < value.Count; i++)
        {
            if (value[i].HasUnknowns)
            {
                CollectMarks(
                    value[i],
                    value.IsObject ? at.Append(value.KeyAt(i).Utf8.ToString()) : at.Append(i),
                    marks
                );
            }
        }
    }

    private static ImmutableDictionary<JsonPointer, Mark> ReadMarks(Value marks)
    {
        var found = ImmutableDictionary.CreateBuilder<JsonPointer, Mark>();
        for (var i = 0; i < marks.Count; i++)
        {
            found.Add(JsonPointer.Parse(marks.KeyAt(i).Utf8.ToString()), Mark.Parse(marks[i]));
        }

        return found.ToImmutable();
    }
}
