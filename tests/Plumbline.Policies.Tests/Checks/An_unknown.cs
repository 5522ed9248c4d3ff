using System.Collections.Immutable;
using System.Text;
using Plumbline.Core.Judging;
using Plumbline.Core.Resources;
using Plumbline.Values;

namespace Plumbline.Policies.Tests.Checks;

/// <summary>CONTRACTS §4 over the shipped checks: what is not told may cost certainty and never makes any.</summary>
/// <remarks>
/// In every case, each value in turn is not told, or only a little of it, and each collection may have more members: the
/// document as it was is one completion of that, so the verdict stays or becomes unknown. Then other completions of the same:
/// what was certain holds in them. One case in five, and all of them where long tests are wanted.
/// </remarks>
public sealed class An_unknown
{
    private static readonly ShippedLibrary Shipped = ShippedLibrary.Instance;

    /// <summary>Values that a completion may put where nothing is known; undefined for none at all.</summary>
    private static readonly ImmutableArray<Value> Anything =
    [
        default,
        Value.Null,
        true,
        false,
        0,
        1,
        420,
        "",
        "windows",
        "app:1.2",
        "64Mi",
        Value.EmptyArray,
        Value.EmptyObject,
    ];

    [Fact]
    public void Never_makes_a_verdict() =>
        EachMark(
            (test, pointer, mark) =>
            {
                var told = test.Judge(Shipped.All.Checks).Verdict;
                var untold = test.Judge(Shipped.All.Checks, Marked(test, pointer, mark)).Verdict;
                return untold == told || untold == Verdict.Unknown ? null : $"{told} became {untold}";
            }
        );

    [Fact]
    public void Never_hides_what_a_completion_would_show() =>
        EachMark(
            (test, pointer, mark) =>
            {
                if (mark.Unknown is not { Present: false })
                {
                    return null;
                }

                var verdict = test.Judge(Shipped.All.Checks, Marked(test, pointer, mark)).Verdict;
                return verdict == Verdict.Unknown
                    ? null
                    : Anything
                        .Where(value =>
                            value.IsDefined || (!pointer.IsRoot && pointer.Parent.Resolve(test.Document).IsObject)
                        )
                        .Select(value => test.ResourceOf(Completed(test.Document, pointer, value)))
                        .Select(completed => (completed.Document, test.Judge(Shipped.All.Checks, completed).Verdict))
                        .Where(completed => completed.Verdict != verdict)
                        .Select(completed => $"{verdict} is {completed.Verdict} of {completed.Document}")
                        .FirstOrDefault();
            }
        );

    private static void EachMark(Func<CheckCase, JsonPointer, Mark, string?> refute)
    {
        var faults = new StringBuilder();
        var marks = 0;
        Parallel.ForEach(
            Shipped.Cases.Where((_, i) => Long.Wanted || i % 5 == 0),
            test =>
            {
                foreach (var (pointer, mark) in Marks(test.Document, JsonPointer.Root))
                {
                    Interlocked.Increment(ref marks);
                    if (refute(test, pointer, mark) is { } fault)
                    {
                        lock (faults)
                        {
                            faults.AppendLine($"{test}: {mark.ToValue()} at `{pointer}`: {fault}");
                        }
                    }
                }
            }
        );
        TestContext.Current.TestOutputHelper?.WriteLine($"{marks} marks in {Shipped.Cases.Length} cases");
        Assert.True(faults.Length == 0, faults.ToString());
    }

    /// <summary>What could have been not told of a document, one thing at a time.</summary>
    private static IEnumerable<(JsonPointer, Mark)> Marks(Value value, JsonPointer at)
    {
        if (value.IsUnknown)
        {
            yield break;
        }

        yield return (at, Mark.Of(new Unknown { Id = "var.it", Cause = "variable" }));
        yield return (
            at,
            Mark.Of(
                new Unknown
                {
                    Id = "var.it",
                    Cause = "variable",
                    Present = true,
                }
            )
        );
        yield return (at, Mark.Of(AlmostTold(value)));
        if (value.IsCollection && !value.IsOpen)
        {
            yield return (at, Mark.Of(new OpenMark("lost page")));
        }

        for (var i = 0; i < value.Count; i++)
        {
            var inside = value.IsArray ? at.Append(i) : at.Append(value.KeyAt(i).Utf8.ToString());
            foreach (var mark in Marks(value[i], inside))
            {
                yield return mark;
            }
        }
    }

    private static Unknown AlmostTold(Value value) =>
        new()
        {
            Id = "var.it",
            Cause = "variable",
            Present = true,
            Kind = value.IsNull ? null : value.Kind,
            Min = value.IsNumber ? value.AsNumber : null,
            Max = value.IsNumber ? value.AsNumber : null,
            Prefix = value.IsString
                ? new Utf8(value.Utf8.ToString()[..(value.Utf8.ToString().Length / 2)])
                : (Utf8?)null,
        };

    private static Resource Marked(CheckCase test, JsonPointer pointer, Mark mark) =>
        test.ResourceOf(
            DocumentFile.WithMarks(test.Document, ImmutableDictionary<JsonPointer, Mark>.Empty.Add(pointer, mark))
        );

    private static Value Completed(Value document, JsonPointer pointer, Value value) =>
        JsonPatch.With(document, [.. pointer.Segments], value);
}
