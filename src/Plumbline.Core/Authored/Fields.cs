using System.Collections.Immutable;
using System.Globalization;
using Plumbline.Values;

namespace Plumbline.Core.Authored;

/// <summary>One mapping of an <see cref="AuthoredFile"/>. Each field that is asked for is known; <see cref="End"/> reports the others.</summary>
/// <remarks>What is missing or wrong is reported to the file and answered with something harmless, so that reading goes on.</remarks>
internal sealed class Fields
{
    private static readonly string[] TimePatterns = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK"];

    private readonly AuthoredFile _file;
    private readonly Value _mapping;
    private readonly List<string> _known = [];

    public Fields(AuthoredFile file, Value mapping, JsonPointer at)
    {
        _file = file;
        _mapping = mapping;
        At = at;
        if (!mapping.IsObject)
        {
            file.Fault(at, FileFaults.Value, $"expected a mapping, got {Got(mapping)}");
        }
    }

    public JsonPointer At { get; }

    /// <summary>As it is written.</summary>
    public Value Mapping => _mapping;

    /// <summary>Undefined where it is missing or written as nothing.</summary>
    public Value this[string name]
    {
        get
        {
            _known.Add(name);
            var value = _mapping[name];
            return value.IsNull ? default : value;
        }
    }

    /// <summary>The names that are written, in the order of the file: for mappings whose keys are data.</summary>
    public IEnumerable<string> Names =>
        _mapping.IsObject ? Enumerable.Range(0, _mapping.Count).Select(i => _mapping.KeyAt(i).Utf8.ToString()) : [];

    /// <summary>A text that must be there and not be blank; empty where it is not.</summary>
    public string Text(string name)
    {
        if (!Require(name))
        {
            return "";
        }

        var text = OptionalText(name);
        if (text is not null && string.IsNullOrWhiteSpace(text))
        {
            Fault(name, FileFaults.Value, $"expected a text under `{name}`, got an empty one");
        }

        return text ?? "";
    }

    public string? OptionalText(string name)
    {
        var value = this[name];
        if (value.IsUndefined || value.IsString)
        {
            return value.IsString ? value.Utf8.ToString() : null;
        }

        Fault(name, FileFaults.Value, $"expected a text under `{name}`, got {Got(value)}");
        return null;
    }

    /// <summary>A day, from whose first second in UTC on it counts, or a time with its zone; it must be there.</summary>
    public DateTimeOffset Time(string name)
    {
        var text = Text(name);
        if (
            DateTimeOffset.TryParseExact(
                text,
                TimePatterns,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var time
            )
        )
        {
            return time;
        }

        if (text.Length > 0)
        {
            Fault(
                name,
                FileFaults.Value,
                $"expected a day such as `2027-01-31` or a time such as `2027-01-31T12:00:00Z` under `{name}`, got `{text}`"
            );
        }

        return DateTimeOffset.MinValue;
    }

    public bool? OptionalFlag(string name)
    {
        var value = this[name];
        if (value.IsUndefined || value.IsBoolean)
        {
            return value.IsBoolean ? value.IsTrue : null;
        }

        Fault(name, FileFaults.Value, $"expected `true` or `false` under `{name}`, got {Got(value)}");
        return null;
    }

    public bool Flag(string name) => Require(name) && OptionalFlag(name) == true;

    /// <summary>One of the words given, else null and a fault that lists them; without a fault where it is missing.</summary>
    public T? OptionalWord<T>(string name, params ReadOnlySpan<(string Word, T Meaning)> words)
        where T : struct
    {
        var value = this[name];
        if (value.IsUndefined)
        {
            return null;
        }

        foreach (var (word, meaning) in words)
        {
            if (value.IsString && value.Utf8 == word)
            {
                return meaning;
            }
        }

        var expected = string.Join(", ", words.ToArray().Select(w => $"`{w.Word}`"));
        var hint = value.IsString ? Nearest.Hint(value.Utf8.ToString(), [.. words.ToArray().Select(w => w.Word)]) : "";
        Fault(name, FileFaults.Value, $"expected one of {expected} under `{name}`, got {Got(value)}{hint}");
        return null;
    }

    public T? Word<T>(string name, params ReadOnlySpan<(string Word, T Meaning)> words)
        where T : struct => Require(name) ? OptionalWord(name, words) : null;

    /// <summary>A list of texts, no two alike; empty where it is missing.</summary>
    public ImmutableArray<string> Texts(string name)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (value, at) in List(name))
        {
            if (!value.IsString || value.Utf8.Length == 0)
            {
                _file.Fault(at, FileFaults.Value, $"expected a text in `{name}`, got {Got(value)}");
            }
            else if (!seen.Add(value.Utf8.ToString()))
            {
                _file.Fault(at, FileFaults.Duplicate, $"`{value.Utf8}` stands in `{name}` twice");
            }
            else
            {
                texts.Add(value.Utf8.ToString());
            }
        }

        return texts.ToImmutable();
    }

    /// <summary>The mappings of a list; none where it is missing.</summary>
    public IEnumerable<Fields> Items(string name) => List(name).Select(item => new Fields(_file, item.Value, item.At));

    /// <summary>The mapping under a name; null where it is missing.</summary>
    public Fields? Inner(string name) =>
        this[name] is { IsDefined: true } value ? new Fields(_file, value, At.Append(name)) : null;

    /// <summary>Reports a field that is missing; false where it is.</summary>
    public bool Require(string name)
    {
        if (this[name].IsDefined)
        {
            return true;
        }

        if (_mapping.IsObject)
        {
            _file.Fault(At.Append(name), FileFaults.Missing, $"expected the key `{name}`, got none");
        }

        return false;
    }

    public void Fault(string name, string code, string message) => _file.Fault(At.Append(name), code, message);

    public int Line => _file.LineOf(At);

    /// <summary>Reports the keys that nobody has asked for.</summary>
    public void End()
    {
        foreach (var name in Names.Where(n => !_known.Contains(n)))
        {
            var known = _known.Distinct().Order(Ordinal.Comparer).ToList();
            var expected = string.Join(", ", known.Select(k => $"`{k}`"));
            var hint = Nearest.Hint(name, known);
            Fault(name, FileFaults.UnknownKey, $"expected one of {expected}, got the key `{name}`{hint}");
        }
    }

    /// <summary>A value as a message names it, with its kind: the text `true` is not `true`.</summary>
    public static string Got(Value value) =>
        value.Kind switch
        {
            ValueKind.Undefined or ValueKind.Null => "nothing",
            ValueKind.Array => "a list",
            ValueKind.Object => "a mapping",
            ValueKind.String => $"the text `{value.Utf8}`",
            ValueKind.Number => $"the number `{value}`",
            _ => $"`{value}`",
        };

    private IEnumerable<(Value Value, JsonPointer At)> List(string name)
    {
        var list = this[name];
        if (list.IsUndefined || list.IsArray)
        {
            return Enumerable.Range(0, list.Count).Select(i => (list[i], At.Append(name).Append(i)));
        }

        Fault(name, FileFaults.Value, $"expected a list under `{name}`, got {Got(list)}");
        return [];
    }
}
