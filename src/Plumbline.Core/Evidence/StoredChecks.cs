using System.Collections.Immutable;
using Plumbline.Core.Checks;
using Plumbline.Values;

namespace Plumbline.Core.Evidence;

/// <summary>The instances that were asked, as evidence keeps them: all that a report says of a check, less where its file lies.</summary>
/// <remarks>
/// <code>
/// [{"check": {"aliases", "description", "explicit", "family", "fix", "formerly", "id", "impact", "needs", "parameters",
///             "patch"?, "rationale", "remediation"?, "resources", "revision", "title", "uid"}, "name", "parameters"}, …]
/// parameter of a check = {"default", "description", "maximum"?, "minimum"?, "name", "oneOf"?, "type"}
/// </code>
/// In the order of check id and name. The file is another one on another machine, so it hangs on the observation.
/// </remarks>
internal static class StoredChecks
{
    public static byte[] ToBytes(IEnumerable<CheckInstance> instances) =>
        Jcs.ToBytes(StoredValue.List(instances.Select(ToValue)));

    /// <param name="files">Where each check is written, by id.</param>
    /// <exception cref="FormatException">The bytes are no stored instances.</exception>
    public static ImmutableArray<CheckInstance> Parse(byte[] utf8, ImmutableSortedDictionary<string, string> files)
    {
        var list = Json.Parse(utf8);
        return
        [
            .. Enumerable
                .Range(0, list.Count)
                .Select(i => new StoredObject(list[i], "instance"))
                .Select(i => new CheckInstance(Read(i.Inner("check"), files), i.Text("name"), i.Value["parameters"])),
        ];
    }

    private static Value ToValue(CheckInstance instance) =>
        new ObjectBuilder
        {
            ["check"] = ToValue(instance.Check),
            ["name"] = instance.Name,
            ["parameters"] = instance.Parameters,
        }.ToValue();

    private static Value ToValue(Check check)
    {
        var value = new ObjectBuilder
        {
            ["aliases"] = StoredValue.Texts(check.Aliases),
            ["description"] = check.Description,
            ["explicit"] = check.Explicit,
            ["family"] = check.Family,
            ["fix"] = check.Fix,
            ["formerly"] = StoredValue.Texts(check.Formerly),
            ["id"] = check.Id,
            ["impact"] = Number.FromDouble(check.Impact.Value),
            ["needs"] = StoredValue.Texts(check.Needs),
            ["parameters"] = StoredValue.List(check.Parameters.Select(ToValue)),
            ["rationale"] = check.Rationale,
            ["resources"] = StoredValue.Texts(check.Resources),
            ["revision"] = check.Revision,
            ["title"] = check.Title,
            ["uid"] = check.Uid,
        };
        value.AddUnlessNull("patch", check.Patch);
        value.AddUnlessNull("remediation", check.Remediation);
        return value.ToValue();
    }

    private static Check Read(StoredObject check, ImmutableSortedDictionary<string, string> files) =>
        new()
        {
            Id = check.Text("id"),
            Uid = check.Text("uid"),
            Title = check.Text("title"),
            Description = check.Text("description"),
            Resources = check.Texts("resources"),
            Impact = new Impact(
                check.Value["impact"].IsNumber
                    ? check.Value["impact"].AsNumber.ToDouble()
                    : throw check.Expected("impact", "a number")
            ),
            Family = check.Text("family"),
            Rationale = check.Text("rationale"),
            Fix = check.Text("fix"),
            Patch = check.OptionalText("patch"),
            Revision = check.Count("revision"),
            Needs = check.Texts("needs"),
            Explicit = check.Flag("explicit"),
            Parameters = [.. check.Objects("parameters").Select(ReadParameter)],
            Remediation = check.OptionalText("remediation"),
            Aliases = check.Texts("aliases"),
            Formerly = check.Texts("formerly"),
            File = files.GetValueOrDefault(check.Text("id"), ""),
        };

    private static Value ToValue(Parameter parameter)
    {
        var value = new ObjectBuilder
        {
            ["default"] = parameter.Default,
            ["description"] = parameter.Description,
            ["name"] = parameter.Name,
            ["type"] = Words<ParameterType>.Of(parameter.Type),
        };
        value.AddUnlessEmpty("oneOf", StoredValue.Texts(parameter.OneOf));
        if (parameter.Minimum is { } minimum)
        {
            value["minimum"] = minimum;
        }

        if (parameter.Maximum is { } maximum)
        {
            value["maximum"] = maximum;
        }

        return value.ToValue();
    }

    private static Parameter ReadParameter(StoredObject parameter) =>
        new(parameter.Text("name"), parameter.Word<ParameterType>("type"), parameter.Value["default"])
        {
            Description = parameter.Text("description"),
            Minimum = parameter.Value["minimum"] is { IsNumber: true } minimum ? minimum.AsNumber : null,
            Maximum = parameter.Value["maximum"] is { IsNumber: true } maximum ? maximum.AsNumber : null,
            OneOf = parameter.Texts("oneOf"),
        };
}
