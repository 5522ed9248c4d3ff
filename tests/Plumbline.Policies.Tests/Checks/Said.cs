using System.Text;
using Plumbline.Core.Judging;

namespace Plumbline.Policies.Tests.Checks;

/// <summary>What a check says of its cases, as people read it.</summary>
internal static class Said
{
    public static string Of(LoadedChecks library, CheckCase test)
    {
        var finding = test.Judge(library.Checks);
        var text = new StringBuilder($"{test.Name}: {CheckCase.Word(finding.Verdict)}\n");
        foreach (var part in finding.Parts)
        {
            text.Append($"  {(part.IsCertain ? "" : "perhaps ")}{part.Key} at {part.Place}: {part.Message}\n");
        }

        if (finding.Verdict == Verdict.Fail && test.Instance(library.Checks) is { Check.Patch: not null } instance)
        {
            var operations = library.Operations(instance, test).Value;
            for (var i = 0; i < operations.Count; i++)
            {
                text.Append($"  patch: {operations[i]["op"].Utf8} {JsonPatch.PathOf(operations[i])} {operations[i]["value"]}\n");
            }
        }

        return text.ToString();
    }
}
