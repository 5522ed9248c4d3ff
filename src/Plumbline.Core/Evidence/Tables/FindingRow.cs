using Plumbline.Core.Checks;
using Plumbline.Core.Evidence.Snapshots;
using Plumbline.Core.Judging;
using Plumbline.Core.Resources;
using Plumbline.Values;

namespace Plumbline.Core.Evidence.Tables;

/// <summary>What fails or is unknown, as a row of the tables says it.</summary>
/// <remarks>
/// <code>
/// {"cause"?, "causes"?: [text, …], "key", "notReplayable"?: true, "parts"?: [part, …], "verdict": "fail" | "unknown"}
/// part = {"causes"?, "enforcement", "key", "message", "place", "possible"?: true}
/// </code>
/// What is empty or false is left out. A part's fingerprint follows from check, instance, resource and part key, so it is not
/// written. An unknown pair without a row is one that was not judged, because the run was interrupted.
/// </remarks>
internal static class FindingRow
{
    public static Value ToValue(Finding finding)
    {
        var row = new ObjectBuilder
        {
            ["key"] = finding.Resource.Key.Text,
            ["verdict"] = Words<Verdict>.Of(finding.Verdict),
        };
        row.AddUnlessNull("cause", finding.Cause is { } cause ? Words<UnknownCause>.Of(cause) : null);
        row.AddUnlessEmpty("causes", StoredValue.Texts(finding.Causes));
        row.AddUnlessEmpty("parts", StoredValue.List(finding.Parts.Select(ToValue)));
        if (finding.IsNotReplayable)
        {
            row["notReplayable"] = true;
        }

        return row.ToValue();
    }

    public static ResourceKey ReadKey(StoredObject row) => ManifestRow.ReadKey(row);

    /// <exception cref="FormatException">The row is none, or contradicts itself.</exception>
    public static Finding Read(StoredObject row, CheckInstance instance, Resource resource)
    {
        var finding = new Finding
        {
            Instance = instance,
            Resource = resource,
            Verdict = row.Word<Verdict>("verdict"),
            Cause = row.OptionalText("cause") is { } cause ? Words<UnknownCause>.Parse(cause) : null,
            Causes = row.Texts("causes"),
            Parts = [.. row.Objects("parts").Select(p => ReadPart(p, instance, resource))],
            IsNotReplayable = row.Flag("notReplayable"),
        };
        try
        {
            finding.RefuseContradiction();
            return finding;
        }
        catch (ArgumentException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    private static Value ToValue(FindingPart part)
    {
        var value = new ObjectBuilder
        {
            ["enforcement"] = Words<Enforcement>.Of(part.Enforcement),
            ["key"] = part.Key,
            ["message"] = part.Message,
            ["place"] = part.Place.Text,
        };
        value.AddUnlessEmpty("causes", StoredValue.Texts(part.Causes));
        if (!part.IsCertain)
        {
            value["possible"] = true;
        }

        return value.ToValue();
    }

    private static FindingPart ReadPart(StoredObject part, CheckInstance instance, Resource resource) =>
        new(
            part.Text("key"),
            JsonPointer.Parse(part.Text("place")),
            part.Text("message"),
            part.Word<Enforcement>("enforcement"),
            IsCertain: !part.Flag("possible")
        )
        {
            Causes = part.Texts("causes"),
            Fingerprint = Fingerprint.Of(instance, resource.Key, part.Text("key")),
        };
}
