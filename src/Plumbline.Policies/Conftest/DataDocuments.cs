using Plumbline.Values;

namespace Plumbline.Policies.Conftest;

/// <summary>Documents that policies read below <c>data</c>: what the files say, all merged into one.</summary>
/// <remarks>
/// A file counts for what it says and not for where it lies: <c>services: …</c> in any file of a data folder is <c>data.services</c>.
/// Two files may say parts of one object; two values for one place are a fault.
/// </remarks>
public static class DataDocuments
{
    private static readonly string[] Extensions = [".json", ".yaml", ".yml"];

    public static bool IsData(string name) => Extensions.Any(e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase));

    /// <exception cref="ConftestException">A file is no document, no object, or contradicts another one; every fault is in it.</exception>
    public static Value Merge(IEnumerable<InputFile> files)
    {
        var faults = new List<string>();
        var merged = Value.EmptyObject;
        foreach (var file in files)
        {
            try
            {
                var documents = ConfigParser.For(file.Path).Read(file.Path, file.Bytes);
                merged = documents switch
                {
                    [] => merged,
                    [{ IsObject: true } only] => Merge(merged, only, "data"),
                    [_] => throw new ConftestException($"expected an object, got another value"),
                    _ => throw new ConftestException($"expected one document, got {documents.Count}"),
                };
            }
            catch (ConftestException wrong)
            {
                faults.AddRange(
                    wrong.Faults.Select(f =>
                        f.StartsWith(file.Path, StringComparison.Ordinal) ? f : $"{file.Path}: {f}"
                    )
                );
            }
        }

        return faults.Count == 0 ? merged : throw new ConftestException([.. faults]);
    }

    private static Value Merge(Value left, Value right, string at)
    {
        var merged = new ObjectBuilder();
        for (var i = 0; i < left.Count; i++)
        {
            merged[left.KeyAt(i)] = left[i];
        }

        for (var i = 0; i < right.Count; i++)
        {
            var (key, value) = (right.KeyAt(i), right[i]);
            var place = $"{at}.{key.Utf8}";
            merged[key] = (left[key], value) switch
            {
                ({ IsUndefined: true }, _) => value,
                ({ IsObject: true } inner, { IsObject: true }) => Merge(inner, value, place),
                _ => throw new ConftestException(
                    $"expected a place of its own for `{place}`, which another file fills"
                ),
            };
        }

        return merged.ToValue();
    }
}
