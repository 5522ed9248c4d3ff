using System.Collections.Immutable;
using System.Text;
using Plumbline.Values;

namespace Plumbline.Rego.Syntax;

/// <summary>Finds <c># METADATA</c> blocks: comments from column 1 on adjoining lines, up to the first line that is none.</summary>
/// <remarks>Section "Annotations" of OPA's policy language. The first line may stand further right, as in OPA.</remarks>
internal static class Metadata
{
    /// <param name="statements">Places of the package and the rules, in the order of the text.</param>
    public static ImmutableArray<Annotation> Find(TokenStream stream, IEnumerable<SourceSpan> statements)
    {
        var comments = stream.Comments;
        ImmutableArray<Annotation>.Builder? found = null;
        SourceSpan[]? targets = null;
        for (var i = 0; i < comments.Count; i++)
        {
            if (!IsStart(stream.Source, comments[i]))
            {
                continue;
            }

            var last = i;
            while (
                last + 1 < comments.Count
                && comments[last + 1].Line == comments[last].Line + 1
                && comments[last + 1].Column == 1
            )
            {
                last++;
            }

            var span = comments[i].To(comments[last]);
            found ??= ImmutableArray.CreateBuilder<Annotation>();
            targets ??= [.. statements];
            found.Add(new Annotation(span, Yaml(stream.Source, comments, i + 1, last), Target(targets, span)));
            i = last;
        }

        return found?.ToImmutable() ?? [];
    }

    private static bool IsStart(SourceText source, SourceSpan comment) =>
        source.Bytes.AsSpan(comment.Start + 1, comment.Length - 1).TrimStart(" \t"u8).StartsWith("METADATA"u8);

    private static string Yaml(SourceText source, IReadOnlyList<SourceSpan> comments, int first, int last)
    {
        var yaml = new StringBuilder();
        for (var i = first; i <= last; i++)
        {
            var text = source.Bytes.AsSpan(comments[i].Start + 1, comments[i].Length - 1);
            yaml.Append(Encoding.UTF8.GetString(text.StartsWith(" "u8) ? text[1..] : text)).Append('\n');
        }

        return yaml.ToString();
    }

    /// <summary>What follows the block; an empty place at its end where nothing does.</summary>
    private static SourceSpan Target(SourceSpan[] statements, SourceSpan block)
    {
        var (low, high) = (0, statements.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (statements[middle].Start < block.End)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low < statements.Length ? statements[low] : block with { Start = block.End, Length = 0 };
    }
}
