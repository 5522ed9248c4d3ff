using System.Collections.Immutable;
using Plumbline.Policies.Conftest;
using Plumbline.Values;

namespace Plumbline.Cli.Foreign.Conftest;

/// <summary>A list of <c>{"filename", "namespace", "successes", "skipped"?, "warnings"?, "failures"?, "exceptions"?}</c>.</summary>
internal static class JsonOutput
{
    public static void Write(IReadOnlyList<CheckResult> results, OutputOptions options, TextWriter output) =>
        output.WriteLine(GoJson.Indented(Value.ArrayOf([.. results.Select(ToValue)]), "\t", sorts: false));

    private static Value ToValue(CheckResult result)
    {
        var value = new ObjectBuilder
        {
            ["filename"] = result.FileName == "-" ? "" : result.FileName,
            ["namespace"] = result.Namespace,
            ["successes"] = result.Successes,
        };
        Add(value, "skipped", result.Skipped);
        Add(value, "warnings", result.Warnings);
        Add(value, "failures", result.Failures);
        Add(value, "exceptions", result.Exceptions);
        return value.ToValue();
    }

    private static void Add(ObjectBuilder to, string name, ImmutableArray<ResultMessage> messages)
    {
        if (!messages.IsEmpty)
        {
            to[name] = Value.ArrayOf([.. messages.Select(ToValue)]);
        }
    }

    private static Value ToValue(ResultMessage message)
    {
        var value = new ObjectBuilder { ["msg"] = message.Message };
        if (message.Location is { } at)
        {
            value["loc"] = ToValue(at);
        }

        if (message.Metadata.IsDefined)
        {
            value["metadata"] = message.Metadata;
        }

        return value.ToValue();
    }

    private static Value ToValue(ResultLocation at)
    {
        var value = new ObjectBuilder();
        if (at.File.Length > 0)
        {
            value["file"] = at.File;
        }

        if (at.Line.Length > 0)
        {
            value["line"] = Json.Parse(at.Line);
        }

        return value.ToValue();
    }
}
