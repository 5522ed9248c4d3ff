using System.Buffers;
using System.Text.Json;
using Plumbline.Values;

namespace Plumbline.Benchmarks;

/// <summary>Reading JSON and writing it canonically, beside <see cref="JsonDocument"/> of the runtime.</summary>
/// <remarks>
/// The peers do not do quite the same: <see cref="JsonDocument"/> checks neither UTF-8 nor lone surrogates and, as it
/// comes, no repeated names ("strict" does that), but has no values to hand out yet; <see cref="Utf8JsonWriter"/>
/// neither sorts names nor settles how a number is written. Both give the same values, which is checked before the race.
/// </remarks>
internal static class ValuesBenchmarks
{
    private const int Seed = 20261124;

    public static void Run()
    {
        var random = new Random(Seed);
        (string Name, byte[] Text)[] works =
        [
            ("a deployment", Manifests.Text(Manifests.Deployment(random))),
            ("a deployment, indented", Manifests.Text(Manifests.Deployment(random), indented: true)),
            ("a list of 300 deployments", Manifests.Text(Manifests.List(random, 300))),
            ("escapes, not only ASCII", Manifests.Text(Manifests.Messages(random, 100))),
            ("numbers", Manifests.Text(Manifests.Measurements(random, 200))),
        ];
        foreach (var (name, text) in works)
        {
            Compare(name, text);
        }
    }

    private static void Compare(string name, byte[] text)
    {
        using var document = JsonDocument.Parse(text);
        var value = Json.Parse(text);
        Check(value, document.RootElement);
        Show($"read {name}", text.Length, Race.Run(Readers(text)));
        Show($"write {name}", text.Length, Race.Run(Writers(value, document)));
    }

    private static Runner[] Readers(byte[] text)
    {
        var strict = new JsonDocumentOptions { AllowDuplicateProperties = false };
        return
        [
            new("JsonDocument", () => Read(text, default)),
            new("JsonDocument, strict", () => Read(text, strict)),
            new("Plumbline", () => Json.TryParse(text, JsonLimits.Intake, false, out var read, out _) ? read : null),
            new(
                "Plumbline, places",
                () => Json.TryParse(text, JsonLimits.Intake, true, out var read, out _) ? read : null
            ),
        ];
    }

    private static Runner[] Writers(Value value, JsonDocument document)
    {
        var theirs = new ArrayBufferWriter<byte>();
        var ours = new ArrayBufferWriter<byte>();
        var writer = new Utf8JsonWriter(theirs);
        return
        [
            new(
                "Utf8JsonWriter",
                () =>
                {
                    theirs.ResetWrittenCount();
                    writer.Reset(theirs);
                    document.RootElement.WriteTo(writer);
                    writer.Flush();
                    return theirs;
                }
            ),
            new(
                "Plumbline, canonical",
                () =>
                {
                    ours.ResetWrittenCount();
                    Jcs.Write(value, ours);
                    return ours;
                }
            ),
        ];
    }

    private static object? Read(byte[] text, JsonDocumentOptions options)
    {
        using var document = JsonDocument.Parse(text, options);
        return null;
    }

    /// <summary>Ratios are against the first runner; more is better.</summary>
    private static void Show(string work, int bytes, IReadOnlyList<Lap> laps)
    {
        Console.WriteLine($"\n{work}, {bytes:N0} bytes");
        foreach (var lap in laps)
        {
            Console.WriteLine(
                $"  {lap.Name, -22}{laps[0].Microseconds / lap.Microseconds, 6:F2} times{bytes / lap.Microseconds, 8:F0} MB/s"
                    + $"{lap.Microseconds, 10:F1} µs{lap.AllocatedBytes, 12:N0} bytes allocated"
            );
        }
    }

    /// <summary>Both readers have to have read the same.</summary>
    private static void Check(Value value, JsonElement element)
    {
        var same = element.ValueKind switch
        {
            JsonValueKind.Object => value.IsObject && value.Count == element.GetPropertyCount(),
            JsonValueKind.Array => value.IsArray && value.Count == element.GetArrayLength(),
            JsonValueKind.String => value.IsString && value.Utf8.ToString() == element.GetString(),
            JsonValueKind.Number => value.IsNumber && value.AsNumber.ToDouble().Equals(element.GetDouble()),
            JsonValueKind.Null => value.IsNull,
            _ => value == element.GetBoolean(),
        };
        if (!same)
        {
            throw new InvalidOperationException($"expected `{element}`, got `{value}`");
        }

        for (var i = 0; i < value.Count && value.IsArray; i++)
        {
            Check(value[i], element[i]);
        }

        for (var i = 0; i < value.Count && value.IsObject; i++)
        {
            Check(value[i], element.GetProperty(value.KeyAt(i).Utf8.ToString()));
        }
    }
}
