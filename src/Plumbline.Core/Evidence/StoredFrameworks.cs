using Plumbline.Core.Frameworks;
using Plumbline.Values;

namespace Plumbline.Core.Evidence;

/// <summary>A framework's catalogue and rows, as evidence keeps them.</summary>
/// <remarks>
/// <code>
/// {"file", "id", "license", "mappings": [{"by", "check", "on", "primary", "requirement", "reviewed", "source"}, …], "publisher",
///  "requirements": [{"cadence"?, "coverage"?, "id", "level"?, "methods"?, "parent"?, "retention"?, "title", "withdrawn"?}, …], "text", "title"}
/// </code>
/// <c>file</c> is the digest of the file it was read from. It changes with the file only, so that the store keeps it once.
/// </remarks>
internal static class StoredFrameworks
{
    public static byte[] ToBytes(Framework framework) =>
        Jcs.ToBytes(
            new ObjectBuilder
            {
                ["file"] = framework.Digest,
                ["id"] = framework.Id,
                ["license"] = framework.License,
                ["mappings"] = StoredValue.List(framework.Mappings.Select(ToValue)),
                ["publisher"] = framework.Publisher,
                ["requirements"] = StoredValue.List(framework.Requirements.Select(ToValue)),
                ["text"] = framework.Text,
                ["title"] = framework.Title,
            }.ToValue()
        );

    /// <exception cref="FormatException">The bytes are no stored framework.</exception>
    public static Framework Parse(byte[] utf8)
    {
        var framework = StoredObject.Parse(utf8, "framework");
        return new Framework
        {
            Id = framework.Text("id"),
            Title = framework.Text("title"),
            Publisher = framework.Text("publisher"),
            Text = framework.Text("text"),
            License = framework.Text("license"),
            Requirements = [.. framework.Objects("requirements").Select(ReadRequirement)],
            Mappings = [.. framework.Objects("mappings").Select(ReadRow)],
            Digest = framework.Text("file"),
        };
    }

    private static Value ToValue(Requirement requirement)
    {
        var value = new ObjectBuilder { ["id"] = requirement.Id, ["title"] = requirement.Title };
        value.AddUnlessNull("cadence", requirement.Cadence);
        value.AddUnlessNull("coverage", requirement.Coverage is { } coverage ? Words<Coverage>.Of(coverage) : null);
        value.AddUnlessNull("level", requirement.Level);
        value.AddUnlessEmpty("methods", StoredValue.Texts(requirement.Methods));
        value.AddUnlessNull("parent", requirement.Parent);
        value.AddUnlessNull("retention", requirement.Retention);
        value.AddUnlessNull("withdrawn", requirement.Withdrawn);
        return value.ToValue();
    }

    private static Requirement ReadRequirement(StoredObject requirement) =>
        new(requirement.Text("id"), requirement.Text("title"))
        {
            Cadence = requirement.OptionalText("cadence"),
            Coverage = requirement.OptionalText("coverage") is { } coverage ? Words<Coverage>.Parse(coverage) : null,
            Level = requirement.OptionalText("level"),
            Methods = requirement.Texts("methods"),
            Parent = requirement.OptionalText("parent"),
            Retention = requirement.OptionalText("retention"),
            Withdrawn = requirement.OptionalText("withdrawn"),
        };

    private static Value ToValue(MappingRow row) =>
        new ObjectBuilder
        {
            ["by"] = row.By,
            ["check"] = row.Check,
            ["on"] = row.On,
            ["primary"] = row.Primary,
            ["requirement"] = row.Requirement,
            ["reviewed"] = row.IsReviewed,
            ["source"] = row.Source,
        }.ToValue();

    private static MappingRow ReadRow(StoredObject row) =>
        new(row.Text("requirement"), row.Text("check"), row.Flag("primary"), row.Flag("reviewed"))
        {
            By = row.Text("by"),
            On = row.Text("on"),
            Source = row.Text("source"),
        };
}
