using System.Buffers.Text;
using System.Collections.Immutable;
using Plumbline.Values;

namespace Plumbline.Core.Evidence;

/// <summary>An object of stored JSON while it is read back. What is missing or of another kind than was written is a <see cref="FormatException"/>.</summary>
/// <param name="What">Names it in messages, e.g. <c>statement</c>.</param>
internal readonly record struct StoredObject(Value Value, string What)
{
    public static StoredObject Parse(ReadOnlySpan<byte> utf8, string what)
    {
        var value = Json.Parse(utf8);
        return value.IsObject ? new StoredObject(value, what) : throw Expected(what, "an object");
    }

    /// <summary>One object a line, each ended by a line feed.</summary>
    public static IEnumerable<StoredObject> ParseLines(ReadOnlyMemory<byte> utf8, string what)
    {
        while (!utf8.IsEmpty)
        {
            var end = utf8.Span.IndexOf((byte)'\n');
            if (end < 0)
            {
                throw Expected(what, "a line feed at the end of every line");
            }

            yield return Parse(utf8.Span[..end], what);
            utf8 = utf8[(end + 1)..];
        }
    }

    /// <exception cref="FormatException">It was written in another version of its form.</exception>
    public StoredObject OfVersion(int version) =>
        Count("v") == version ? this : throw Expected("v", $"version {version}");

    public string Text(string name) => OptionalText(name) ?? throw Expected(name, "a text");

    public string? OptionalText(string name) => Member(name, v => v.IsString, "a text")?.Utf8.ToString();

    public string Digest(string name) =>
        Text(name) is var text && ContentDigest.IsOne(text)
            ? text
            : throw Expected(name, "`sha256:` and 64 hex digits");

    public int Count(string name) =>
        Value[name].TryGetInt64(out var number) && number is >= 0 and <= int.MaxValue
            ? (int)number
            : throw Expected(name, "a count");

    public bool Flag(string name) => Member(name, v => v.IsBoolean, "`true` or `false`")?.IsTrue ?? false;

    /// <exception cref="FormatException">It is missing or no object.</exception>
    public StoredObject Inner(string name) =>
        Member(name, v => v.IsObject, "an object") is { } inner
            ? new StoredObject(inner, $"{What}, `{name}`")
            : throw Expected(name, "an object");

    /// <summary>The members of an array; none where it is missing.</summary>
    public IEnumerable<Value> Items(string name)
    {
        var items = Member(name, v => v.IsArray, "an array") ?? Value.EmptyArray;
        return Enumerable.Range(0, items.Count).Select(i => items[i]);
    }

    public IEnumerable<StoredObject> Objects(string name)
    {
        var (what, self) = ($"{What}, `{name}`", this);
        return Items(name).Select(v => v.IsObject ? new StoredObject(v, what) : throw self.Expected(name, "objects"));
    }

    public ImmutableArray<string> Texts(string name)
    {
        var self = this;
        return [.. Items(name).Select(v => v.IsString ? v.Utf8.ToString() : throw self.Expected(name, "texts"))];
    }

    /// <summary>An object whose names are data; empty where it is missing.</summary>
    public IEnumerable<KeyValuePair<string, Value>> Entries(string name)
    {
        var map = Member(name, v => v.IsObject, "an object") ?? Value.EmptyObject;
        return Enumerable.Range(0, map.Count).Select(i => KeyValuePair.Create(map.KeyAt(i).Utf8.ToString(), map[i]));
    }

    public IEnumerable<KeyValuePair<string, StoredObject>> ObjectEntries(string name)
    {
        var (what, self) = ($"{What}, `{name}`", this);
        return Entries(name)
            .Select(e =>
                e.Value.IsObject
                    ? KeyValuePair.Create(e.Key, new StoredObject(e.Value, what))
                    : throw self.Expected(name, "objects")
            );
    }

    public ImmutableSortedDictionary<string, string> Map(string name)
    {
        var self = this;
        return Entries(name)
            .ToImmutableSortedDictionary(
                e => e.Key,
                e => e.Value.IsString ? e.Value.Utf8.ToString() : throw self.Expected(name, "texts"),
                Ordinal.Comparer
            );
    }

    /// <summary>Bytes in base64url.</summary>
    public byte[] Bytes(string name)
    {
        try
        {
            return Base64Url.DecodeFromChars(Text(name));
        }
        catch (FormatException)
        {
            throw Expected(name, "base64url");
        }
    }

    /// <summary>Two maps that have no name in common.</summary>
    /// <exception cref="FormatException">They have.</exception>
    public ImmutableSortedDictionary<string, string> Joined(
        ImmutableSortedDictionary<string, string> left,
        IEnumerable<KeyValuePair<string, string>> right
    )
    {
        var joined = left.ToBuilder();
        foreach (var entry in right)
        {
            if (!joined.TryAdd(entry.Key, entry.Value))
            {
                throw Expected(entry.Key, "no second meaning");
            }
        }

        return joined.ToImmutable();
    }

    public DateTimeOffset Time(string name) => Instant.Parse(Text(name));

    public T Word<T>(string name)
        where T : struct, Enum => Words<T>.Parse(Text(name));

    public FormatException Expected(string name, string expected) =>
        new(
            $"{What}: expected {expected} under `{name}`, got {(Value[name].IsDefined ? $"`{Value[name]}`" : "nothing")}"
        );

    private static FormatException Expected(string what, string expected, string got = "something else") =>
        new($"{what}: expected {expected}, got {got}");

    private Value? Member(string name, Func<Value, bool> fits, string expected)
    {
        var value = Value[name];
        if (value.IsUndefined)
        {
            return null;
        }

        return fits(value) ? value : throw Expected(name, expected);
    }
}

/// <summary>Pieces of JSON that is stored.</summary>
internal static class StoredValue
{
    public static Value List(IEnumerable<Value> items)
    {
        var list = new ArrayBuilder();
        foreach (var item in items)
        {
            list.Add(item);
        }

        return list.Build();
    }

    public static Value Texts(IEnumerable<string> items) => List(items.Select(Value.Of));

    public static Value Map<T>(IEnumerable<KeyValuePair<string, T>> entries, Func<T, Value> value)
    {
        var map = new ObjectBuilder();
        foreach (var (key, entry) in entries)
        {
            map[key] = value(entry);
        }

        return map.ToValue();
    }

    public static Value Map(IEnumerable<KeyValuePair<string, string>> entries) => Map(entries, Value.Of);

    extension(ObjectBuilder builder)
    {
        /// <summary>Adds a list unless it is empty: rows are many, and say only what is so.</summary>
        public void AddUnlessEmpty(string name, Value value)
        {
            if (value.Count > 0)
            {
                builder[name] = value;
            }
        }

        public void AddUnlessNull(string name, string? text)
        {
            if (text is not null)
            {
                builder[name] = text;
            }
        }
    }
}
