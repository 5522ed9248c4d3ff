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

        if (finding.Verdict == Verdict.Fail && Repair.Of(library, test) is { } repair)
        {
            foreach (var operation in repair.Operations)
            {
                var value = operation["value"].IsDefined ? $" {operation["value"]}" : "";
                text.Append($"  patch: {operation["op"].Utf8} {JsonPatch.PathOf(operation)}{value}\n");
            }
        }

        return text.ToString();
    }
}
