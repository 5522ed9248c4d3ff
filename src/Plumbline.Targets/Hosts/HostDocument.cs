using System.Collections.Immutable;
using Plumbline.Core;
using Plumbline.Core.Resources;
using Plumbline.Targets.Files;
using Plumbline.Values;

namespace Plumbline.Targets.Hosts;

/// <summary>Makes a resource of what a collector found: unknowns get their ids, gaps their places, secrets go.</summary>
internal static class HostDocument
{
    public static Resource ToResource(
        ResourceKey key,
        Basis basis,
        Value found,
        HostReading reading,
        Observation observed
    )
    {
        var redacted = ImmutableSortedDictionary.CreateBuilder<string, string>(Ordinal.Comparer);
        var builder = new DocumentBuilder();
        builder.Add(
            found,
            (into, at, value) =>
            {
                if (value.Open is { } open)
                {
                    reading.MissingOf(open.Cause)?.Affects(key, at);
                }

                return value.IsUnknown
                    ? Name(into, key, at, value.AsUnknown!, reading)
                    : value.IsString
                        && Redactors.Match(value.Utf8) is { } redactor
                        && Redact(into, key, at, redactor, redacted);
            }
        );
        return Resource.Of(key, basis, builder.Build().Root, observed, redacted.ToImmutable());
    }

    private static bool Name(
        DocumentBuilder into,
        ResourceKey key,
        JsonPointer at,
        Unknown unknown,
        HostReading reading
    )
    {
        reading.MissingOf(unknown.Cause)?.Affects(key, at);
        into.Unknown(
            new Unknown
            {
                Id = key.Text + at.Text,
                Cause = unknown.Cause,
                Present = unknown.Present,
                Kind = unknown.Kind,
            }
        );
        return true;
    }

    private static bool Redact(
        DocumentBuilder into,
        ResourceKey key,
        JsonPointer at,
        string redactor,
        ImmutableSortedDictionary<string, string>.Builder redacted
    )
    {
        redacted[at.Text] = redactor;
        into.Unknown(
            new Unknown
            {
                Id = key.Text + at.Text,
                Cause = "redacted",
                Present = true,
                Kind = ValueKind.String,
            }
        );
        return true;
    }
}
