using System.Collections.Immutable;
using Plumbline.Core.Checks;
using Plumbline.Core.Judging;
using Plumbline.Values;

namespace Plumbline.Policies.Tests.Checks;

/// <summary>What a check's patch makes of a case that fails.</summary>
/// <param name="Operations">JSON Patch; of a document that was not wholly told, those of them that are certain.</param>
/// <param name="Document">With them applied.</param>
internal sealed record Repair(CheckInstance Instance, CheckCase Case, ImmutableArray<Value> Operations, Value Document)
{
    /// <summary>Null for a check without a patch.</summary>
    /// <exception cref="FormatException">The operations do not fit the document.</exception>
    public static Repair? Of(LoadedChecks library, CheckCase test)
    {
        var instance = test.Instance(library.Checks);
        if (instance.Check.Patch is null)
        {
            return null;
        }

        var rule = library.Operations(instance, test);
        ImmutableArray<Value> told =
        [
            .. Enumerable.Range(0, rule.Count).Select(i => rule[i]).Where(operation => !operation.HasUnknowns),
        ];
        return new Repair(instance, test, told, JsonPatch.Apply(test.Resource.Document, told));
    }

    /// <summary>Null where it repairs what its check found and nothing else, else what is wrong with it.</summary>
    public string? Refute(IPolicySource checks)
    {
        var before = Case.Judge(checks);
        var repaired = Case.ResourceOf(Document);
        var after = Case.Judge(checks, repaired);
        var paths = Operations.Select(JsonPatch.PathOf).ToHashSet();
        var left = after.CertainParts.Where(p => paths.Any(path => path == p.Place || path.Parent == p.Place)).ToList();
        if (left.Count > 0 || (after.Verdict != Verdict.Pass && !Document.HasUnknowns))
        {
            return $"expected {string.Join(", ", Operations)} to repair it, got {after.Verdict}: {string.Join("; ", after.Parts.Select(p => p.Message))}";
        }

        var found = before.CertainParts.Select(p => p.Place).ToList();
        if (paths.FirstOrDefault(p => !found.Contains(p) && !found.Contains(p.Parent)) is { IsRoot: false } elsewhere)
        {
            return $"expected changes of what was found, got one at {elsewhere}";
        }

        var changed = JsonPatch.Differences(Case.Resource.Document, Document).ToHashSet();
        if (!changed.SetEquals(paths))
        {
            return $"expected changes at {string.Join(" ", paths)}, got some at {string.Join(" ", changed)}";
        }

        return checks
            .Instances.Where(i => i.Check.AsksAbout(Case.Resource.Key.Type) && i.Check != Instance.Check)
            .Where(i => Case.Judge(checks, i, Case.Resource).Verdict != Case.Judge(checks, i, repaired).Verdict)
            .Select(i => $"expected the verdict of {i} to stay, got another")
            .FirstOrDefault();
    }
}
