using Plumbline.Core;
using Plumbline.Values;

namespace Plumbline.Policies.Conftest;

/// <summary>All documents as one, for policies that compare them: <c>[{"path", "contents"}, …]</c>.</summary>
public static class Combination
{
    public const string Name = "Combined";

    /// <summary>In the order of their paths; documents of one file in theirs.</summary>
    public static Value Of(IEnumerable<(string Path, IReadOnlyList<Value> Documents)> files)
    {
        var all = new ArrayBuilder();
        foreach (var (path, documents) in files.OrderBy(f => f.Path, Ordinal.Comparer))
        {
            foreach (var document in documents)
            {
                all.Add(new ObjectBuilder { ["contents"] = document, ["path"] = path }.ToValue());
            }
        }

        return all.Build();
    }
}
