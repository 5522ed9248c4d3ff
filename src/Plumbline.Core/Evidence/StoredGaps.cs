using Plumbline.Core.Resources;
using Plumbline.Values;

namespace Plumbline.Core.Evidence;

/// <summary>A gap as snapshot and statement hold it (CONTRACTS §6, "Gap").</summary>
/// <remarks>
/// <code>
/// {"affects": [{"pointer"?, "what", "where"}, …], "code", "operation", "permission", "reason"}
/// </code>
/// </remarks>
internal static class StoredGaps
{
    public static Value ToValue(IEnumerable<Gap> gaps) => StoredValue.List(gaps.Select(ToValue));

    public static Gap Read(StoredObject gap) =>
        new(gap.Text("operation"), gap.Text("permission"), gap.Text("reason"))
        {
            Code = gap.Text("code"),
            Affects = [.. gap.Objects("affects").Select(ReadScope)],
        };

    private static Value ToValue(Gap gap) =>
        new ObjectBuilder
        {
            ["affects"] = StoredValue.List(gap.Affects.Select(ToValue)),
            ["code"] = gap.Code,
            ["operation"] = gap.Operation,
            ["permission"] = gap.Permission,
            ["reason"] = gap.Reason,
        }.ToValue();

    private static Value ToValue(GapScope scope)
    {
        var value = new ObjectBuilder { ["what"] = scope.What, ["where"] = scope.Where };
        value.AddUnlessNull("pointer", scope.Pointer?.Text);
        return value.ToValue();
    }

    private static GapScope ReadScope(StoredObject scope) =>
        new(
            scope.Text("what"),
            scope.Text("where"),
            scope.OptionalText("pointer") is { } pointer ? JsonPointer.Parse(pointer) : null
        );
}
