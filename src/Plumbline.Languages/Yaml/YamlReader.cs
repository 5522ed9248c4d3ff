using System.Runtime.CompilerServices;
using Plumbline.Values;

namespace Plumbline.Languages.Yaml;

/// <summary>YAML as JSON documents, with the line and column of every key and value.</summary>
/// <remarks>
/// A stream is cut into documents first (<see cref="DocumentSplitter"/>), so memory is bounded by one document, and a
/// fault in one costs none of the others. Columns count bytes, as everywhere (<see cref="SourceSpan.Column"/>).
/// </remarks>
public static class YamlReader
{
    /// <summary>The documents of a stream, in order; those without any content are passed over.</summary>
    /// <remarks>Reads <paramref name="stream"/> as far as it is enumerated; a stream above the limit ends with a fault.</remarks>
    public static async IAsyncEnumerable<YamlDocument> ReadAsync(
        Stream stream,
        YamlOptions options,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var number = 0;
        using var splitter = new DocumentSplitter(stream, options.Limits);
        await foreach (var text in splitter.ReadAsync(cancel))
        {
            foreach (var document in ReadText(text, options))
            {
                yield return document with
                {
                    Number = ++number,
                };
            }
        }
    }

    /// <summary>Reads a text of exactly one document, such as a configuration file; one without content is null.</summary>
    public static bool TryRead(byte[] utf8, YamlOptions options, out Document? document, out TextFault? fault)
    {
        var read = ReadText(WholeText(utf8, options.Limits), options).Take(2).ToList();
        document = null;
        fault = read switch
        {
            [] => null,
            [{ Fault: { } first }, ..] => first,
            [_, { Fault: { } second }] => second,
            [_, { } second] => new TextFault(TextFaults.Syntax, "expected one document, got a second one", second.At),
            _ => null,
        };
        if (fault is not null)
        {
            return false;
        }

        document = read is [{ Document: { } only }] ? only : Null();
        return true;
    }

    private static SplitText WholeText(byte[] utf8, YamlLimits limits)
    {
        if (SourceBytes.ForeignEncoding(utf8) is { } encoding)
        {
            return new SplitText(default, 1, SourceBytes.EncodingFault(encoding));
        }

        return utf8.Length > limits.MaxDocumentBytes
            ? new SplitText(default, 1, DocumentSplitter.TooLarge(limits, 1))
            : new SplitText(utf8.AsMemory(SourceBytes.MarkLength(utf8)), 1, null);
    }

    private static IEnumerable<YamlDocument> ReadText(SplitText text, YamlOptions options)
    {
        var start = new Position(text.FirstLine, 1);
        if (text.Fault is not null)
        {
            yield return new YamlDocument(0, text.Fault.At, null, text.Fault);
            yield break;
        }

        NodeReader? reader = null;
        while (true)
        {
            Document? document = null;
            TextFault? fault = null;
            try
            {
                reader ??= new NodeReader(text, options);
                if (!reader.ReadDocument())
                {
                    yield break;
                }

                start = reader.Start;
                document = new NodeExpander(reader, options).Build();
            }
            catch (TextFaultException refused)
            {
                fault = refused.Fault;
            }

            yield return new YamlDocument(0, start, document, fault) { Text = text.Bytes };
            if (fault is not null)
            {
                yield break;
            }
        }
    }

    private static Document Null()
    {
        var builder = new DocumentBuilder(keepsPositions: true);
        builder.Null(new Position(1, 1));
        return builder.Build();
    }
}
