using System.Collections.Immutable;
using Plumbline.Core.Resources;
using Plumbline.Values;

namespace Plumbline.Core.Checks;

/// <summary>One question put to resources of some types (CONTRACTS §1).</summary>
public sealed record Check
{
    /// <summary>AEACI: what every framework asks for, in one order or another.</summary>
    public static ImmutableArray<string> Families { get; } = ["access", "encryption", "audit", "change", "incident"];

    /// <summary>What the ids of foreign packages begin with: their own name in Rego, which no check of ours has.</summary>
    public const string ForeignPrefix = "data.";

    /// <summary>File name and key of mappings, e.g. <c>k8s-privileged-container</c>; of a foreign package its name, <c>data.main</c>.</summary>
    public required string Id { get; init; }

    /// <summary>A package of somebody's own policies, which is asked about every document.</summary>
    public bool IsForeign => Id.StartsWith(ForeignPrefix, StringComparison.Ordinal);

    /// <summary>The oldest id it ever had: what fingerprints are made of.</summary>
    public required string Uid { get; init; }

    /// <summary>What is wanted, as a sentence.</summary>
    public required string Title { get; init; }

    public string Description { get; init; } = "";

    /// <summary>Types it is asked of, e.g. <c>k8s/apps/Deployment</c>; of a foreign policy perhaps <c>k8s/*</c> or <c>*</c>.</summary>
    public required ImmutableArray<string> Resources { get; init; }

    public required Impact Impact { get; init; }

    /// <summary>One of <see cref="Families"/>; empty for a foreign package that names none.</summary>
    public required string Family { get; init; }

    public required string Rationale { get; init; }

    public required string Fix { get; init; }

    /// <summary>Rule of the package that gives JSON Patch operations, where the fix is mechanical.</summary>
    public string? Patch { get; init; }

    /// <summary>Rises when a verdict may change for the same document.</summary>
    public required int Revision { get; init; }

    /// <summary>Types whose resources in the same scope it reads besides its own.</summary>
    public ImmutableArray<string> Needs { get; init; } = [];

    /// <summary>In the order of the file; their defaults are the instance <see cref="CheckInstance.DefaultName"/>.</summary>
    public ImmutableArray<Parameter> Parameters { get; init; } = [];

    /// <summary>The value must be written; defaults of the provider are not applied.</summary>
    public bool Explicit { get; init; }

    /// <summary>What repairs live resources, where there is something.</summary>
    public string? Remediation { get; init; }

    /// <summary>The same question in other tools, e.g. <c>checkov:CKV_K8S_16</c>.</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    /// <summary>Ids that it had before, the oldest first.</summary>
    public ImmutableArray<string> Formerly { get; init; } = [];

    /// <summary>Where it is written, for people.</summary>
    public required string File { get; init; }

    /// <summary>What is asked where nobody has set parameters.</summary>
    public CheckInstance Default
    {
        get
        {
            var parameters = new ObjectBuilder();
            foreach (var parameter in Parameters)
            {
                parameters[parameter.Name] = parameter.Default;
            }

            return new CheckInstance(this, CheckInstance.DefaultName, parameters.ToValue());
        }
    }

    /// <summary>Whether it is asked of resources of this type.</summary>
    public bool AsksAbout(string type) => Resources.Any(p => TypePattern.Matches(p, type));

    /// <summary>Whether resources that it would be asked of may be missing.</summary>
    public bool MayMiss(Gap gap) =>
        gap.Affects.Any(a => a.Pointer is null && Resources.Any(p => TypePattern.Overlap(p, a.What)));
}

/// <summary>A check with a named set of parameters: levels, environments and constraints ask the same check twice.</summary>
public sealed record CheckInstance(Check Check, string Name, Value Parameters)
{
    public const string DefaultName = "default";

    /// <summary>By check id, then by name.</summary>
    public static IComparer<CheckInstance> Comparer { get; } =
        Comparer<CheckInstance>.Create(
            (a, b) =>
                Ordinal.Compare(a.Check.Id, b.Check.Id) is var byId and not 0 ? byId : Ordinal.Compare(a.Name, b.Name)
        );

    /// <summary><c>id</c>, or <c>id[name]</c> for a parameter set that has a name of its own.</summary>
    public string Label => Name == DefaultName ? Check.Id : $"{Check.Id}[{Name}]";

    public override string ToString() => Label;
}

/// <summary>How bad a failure is, from 0 to 1, on InSpec's scale.</summary>
public readonly record struct Impact(double Value) : IComparable<Impact>
{
    /// <summary>InSpec's words and what each stands for (<c>lib/inspec/impact.rb</c>).</summary>
    public static ImmutableArray<(string Word, double Value)> Words { get; } =
    [("none", 0), ("low", 0.1), ("medium", 0.4), ("high", 0.7), ("critical", 0.9)];

    /// <summary>Reads one of <see cref="Words"/>, in upper or lower case: <c>impact 'High'</c> is high.</summary>
    /// <remarks>InSpec lower-cases a word to check it and not to look it up, so that there <c>'High'</c> is no impact at all.</remarks>
    public static bool TryParse(string word, out Impact impact)
    {
        var found = Words.FirstOrDefault(w => w.Word.Equals(word, StringComparison.OrdinalIgnoreCase));
        impact = new Impact(found.Value);
        return found.Word is not null;
    }

    public Severity Severity =>
        Value switch
        {
            >= 0.9 => Severity.Critical,
            >= 0.7 => Severity.High,
            >= 0.4 => Severity.Medium,
            >= 0.1 => Severity.Low,
            _ => Severity.None,
        };

    public int CompareTo(Impact other) => Value.CompareTo(other.Value);
}

public enum Severity
{
    None,
    Low,
    Medium,
    High,
    Critical,
}
