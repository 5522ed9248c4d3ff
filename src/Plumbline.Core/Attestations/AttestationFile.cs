using System.Collections.Immutable;
using Plumbline.Core.Authored;
using Plumbline.Core.Frameworks;
using Plumbline.Core.Waivers;

namespace Plumbline.Core.Attestations;

/// <summary>Reads <c>attestations.yaml</c>: people's signed statements for what no program can check. Every fault is reported, with its place.</summary>
/// <remarks>
/// <code>
/// attestations:
///   - id: AT-3
///     framework: soc2
///     requirement: CC1.1
///     statement: Every employee has signed the code of conduct in the last year
///     by: ines@acme.example
///     expires: 2027-06-30            # from the first second of that day, UTC
///     signature: …                   # namespace plumbline-attestation, over JCS of the entry less this key
/// </code>
/// </remarks>
public static class AttestationFile
{
    public const string Name = "attestations.yaml";

    private const string List = "attestations";
    private const string SignatureKey = "signature";

    /// <param name="file">Path as the user knows it.</param>
    /// <returns>False where there is a fault; nothing is attested then.</returns>
    public static bool TryRead(
        string file,
        byte[] utf8,
        IReadOnlyCollection<Framework> frameworks,
        out ImmutableArray<AttestationEntry> entries,
        out ImmutableArray<FileFault> faults
    )
    {
        var text = new AuthoredFile(file, utf8);
        entries = text.IsReadable ? Read(text.Fields(), frameworks) : [];
        faults = text.Faults;
        entries = faults.IsEmpty ? entries : [];
        return faults.IsEmpty;
    }

    private static ImmutableArray<AttestationEntry> Read(Fields head, IReadOnlyCollection<Framework> frameworks)
    {
        var entries = ImmutableArray.CreateBuilder<AttestationEntry>();
        head.Require(List);
        foreach (var fields in head.Items(List))
        {
            var entry = ReadEntry(fields);
            if (entries.Any(e => e.Id == entry.Id))
            {
                fields.Fault("id", FileFaults.Duplicate, $"the id `{entry.Id}` stands here twice");
            }

            RefuseUnknown(fields, entry, frameworks);
            entries.Add(entry);
        }

        head.End();
        return entries.ToImmutable();
    }

    private static AttestationEntry ReadEntry(Fields fields)
    {
        var entry = new AttestationEntry(fields.Text("id"), fields.Time("expires"))
        {
            Framework = fields.Text("framework"),
            Requirement = fields.Text("requirement"),
            Statement = fields.Text("statement"),
            By = fields.Text("by"),
            Signature = fields.OptionalText(SignatureKey) ?? "",
            Signed = WaiverFile.SignedOf(fields.Mapping, SignatureKey),
            Line = fields.Line,
        };
        fields.End();
        return entry;
    }

    private static void RefuseUnknown(Fields fields, AttestationEntry entry, IReadOnlyCollection<Framework> frameworks)
    {
        if (frameworks.FirstOrDefault(f => f.Id == entry.Framework) is not { } framework)
        {
            var hint = Nearest.Hint(entry.Framework, frameworks.Select(f => f.Id));
            fields.Fault("framework", FileFaults.Reference, $"there is no framework `{entry.Framework}`{hint}");
            return;
        }

        var demands = framework.Demands.Select(d => d.Id).ToList();
        if (!demands.Contains(entry.Requirement))
        {
            var hint = Nearest.Hint(entry.Requirement, demands);
            fields.Fault(
                "requirement",
                FileFaults.Reference,
                $"`{entry.Framework}` demands no `{entry.Requirement}`{hint}"
            );
        }
    }
}
