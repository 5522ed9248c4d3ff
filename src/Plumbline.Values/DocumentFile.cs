using System.Buffers;
using System.Collections.Immutable;

namespace Plumbline.Values;

/// <summary>A document as it is stored, hashed and judged (CONTRACTS §6, "Document on disk").</summary>
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
    public static byte[] ToBytes(Value document)
    {
        var marks = new ObjectBuilder();
        if (document.HasUnknowns)
        {
            CollectMarks(document, JsonPointer.Root, marks);
        }

        var file = new ObjectBuilder { ["document"] = document, ["marks"] = marks.ToValue() };
        var buffer = new ArrayBufferWriter<byte>();
        if (Jcs.Write(Value.Of(file.Build()), buffer))
        {
            var again = new ObjectBuilder
            {
                ["document"] = document,
                ["marks"] = marks.ToValue(),
                ["profile"] = "decimal",
            };
            buffer.Clear();
            Jcs.Write(Value.Of(again.Build()), buffer);
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

        var document = file!.Root["document"];
        var marks = file.Root["marks"];
        if (document.IsUndefined || !marks.IsObject)
        {
            throw new FormatException("stored document: expected the members `document` and `marks`");
        }

        return marks.Count == 0 ? document : WithMarks(document, ReadMarks(marks));
    }

    /// <summary>The same document with unknowns and open collections at the given places.</summary>
    public static Value WithMarks(Value document, ImmutableDictionary<JsonPointer, Mark> marks)
    {
        var builder = new DocumentBuilder();
        builder.Add(document, (b, at, value) => Replace(b, at, value, marks));
        return builder.Build().Root;
    }

    private static bool Replace(
        DocumentBuilder builder,
        JsonPointer at,
        Value value,
        ImmutableDictionary<JsonPointer, Mark> marks
    )
    {
        if (!marks.TryGetValue(at, out var mark))
        {
            return false;
        }

        if (mark.Unknown is { } unknown)
        {
            builder.Unknown(unknown);
            return true;
        }

        builder.Start();
        for (var i = 0; i < value.Count; i++)
        {
            var inner = value.IsObject ? at.Append(value.KeyAt(i).Utf8.ToString()) : at.Append(i);
            if (value.IsObject)
            {
                builder.Key(value.KeyAt(i).Utf8.Span);
            }

            builder.Add(value[i], (b, below, v) => Replace(b, JsonPointer.Parse(inner.Text + below.Text), v, marks));
        }

        if (value.IsObject)
        {
            builder.EndObject(mark.Open);
        }
        else
        {
            builder.EndArray(mark.Open);
        }

        return true;
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
            CollectMarks(value[i], value.IsObject ? at.Append(value.KeyAt(i).Utf8.ToString()) : at.Append(i), marks);
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
        if (!mark["cause"].IsString)
        {
            throw new FormatException("mark: expected a string under `cause`");
        }

        var cause = mark["cause"].Utf8.ToString();
        if (mark["open"].IsTrue)
        {
            return Of(new OpenMark(cause));
        }

        var kind = mark["kind"].Utf8.ToString();
        return Of(
            new Unknown
            {
                Cause = cause,
                Id = mark["id"].IsString ? mark["id"].Utf8.ToString() : null,
                Kind = mark["kind"].IsString ? Kinds.First(k => k.Name == kind).Kind : null,
                Min = mark["min"].IsNumber ? mark["min"].AsNumber : null,
                Max = mark["max"].IsNumber ? mark["max"].AsNumber : null,
                Prefix = mark["prefix"].IsString ? mark["prefix"].Utf8 : (Utf8?)null,
                Present = mark["present"].IsTrue,
            }
        );
    }
}
