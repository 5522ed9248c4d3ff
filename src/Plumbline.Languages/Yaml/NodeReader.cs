using System.Runtime.InteropServices;
using Plumbline.Values;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using Mark = YamlDotNet.Core.Mark;

namespace Plumbline.Languages.Yaml;

internal enum NodeKind : byte
{
    Scalar,

    /// <summary>A scalar without quotes, whose kind its text decides.</summary>
    PlainScalar,
    Sequence,
    Mapping,
    Alias,
}

/// <summary>A node as written: collections are followed by what is in them.</summary>
/// <param name="Text">Of a scalar; of an alias the name of its anchor.</param>
/// <param name="Tag">As resolved by the parser, else null.</param>
/// <param name="End">Index after the last node in it; of an alias the index of the node it names.</param>
internal readonly record struct Node(NodeKind Kind, string? Text, string? Tag, int End, Position At);

/// <summary>Reads the nodes of one text, document by document, from the parser's events; nothing is expanded.</summary>
internal sealed class NodeReader
{
    private readonly Parser _parser;
    private readonly Scanner _scanner;
    private readonly PositionMap _positions;
    private readonly YamlLimits _limits;
    private readonly List<Node> _nodes = [];
    private readonly Dictionary<string, int> _anchors = [];
    private readonly Stack<int> _open = new();
    private readonly Queue<int> _percents;
    private int _aliases;

    /// <exception cref="TextFaultException">The bytes are no text.</exception>
    public NodeReader(SplitText source, YamlOptions options)
    {
        var text = SourceBytes.Decode(source.Bytes.Span, source.FirstLine);
        _positions = new PositionMap(text, source.FirstLine);
        _limits = options.Limits;
        _percents = new Queue<int>(ReservedDirectives(text));
        _scanner = new Scanner(new StringReader(text));
        _parser = new Parser(new DepthLimit(_scanner, _limits.MaxDepth));
    }

    /// <summary>The nodes of the document that was read; the first one is its root.</summary>
    public ReadOnlySpan<Node> Nodes => CollectionsMarshal.AsSpan(_nodes);

    public Position Start => _nodes[0].At;

    /// <summary>Reads the next document that has content; false at the end.</summary>
    /// <exception cref="TextFaultException">What follows is no YAML, or costs too much.</exception>
    public bool ReadDocument()
    {
        do
        {
            _nodes.Clear();
            _anchors.Clear();
            _aliases = 0;
            if (!ReadNodes())
            {
                return false;
            }
        } while (HasNoContent);

        return true;
    }

    private bool HasNoContent => _nodes is [{ Kind: NodeKind.PlainScalar, Text: "", Tag: null }] && _anchors.Count == 0;

    private bool ReadNodes()
    {
        while (Next() is { } parsed)
        {
            switch (parsed)
            {
                case SequenceStart start:
                    Open(NodeKind.Sequence, start);
                    break;
                case MappingStart start:
                    Open(NodeKind.Mapping, start);
                    break;
                case SequenceEnd or MappingEnd:
                    Close();
                    break;
                case Scalar scalar:
                    var kind = scalar.Style == ScalarStyle.Plain ? NodeKind.PlainScalar : NodeKind.Scalar;
                    Add(kind, scalar.Value, scalar);
                    break;
                case AnchorAlias alias:
                    AddAlias(alias);
                    break;
                case DocumentEnd end:
                    RefuseDirectives(before: end.End.Index);
                    return true;
                case StreamEnd end:
                    RefuseDirectives(before: end.End.Index + 1);
                    break;
            }
        }

        return false;
    }

    /// <summary>The next event; null at the end of the stream.</summary>
    private ParsingEvent? Next()
    {
        try
        {
            return _parser.MoveNext() ? _parser.Current : null;
        }
        catch (TooDeepException deep)
        {
            throw TooDeep(_limits, At(deep.At));
        }
        catch (YamlException refused)
        {
            var mark = refused.Start.Equals(Mark.Empty) ? _scanner.CurrentPosition : refused.Start;
            throw new TextFaultException(TextFaults.Syntax, Sentence(refused.Message), At(mark));
        }
        catch (Exception refused) when (refused is ArgumentException or InvalidOperationException)
        {
            // The parser lets these out for an escape above U+10FFFF and for a `...` before any document.
            throw new TextFaultException(TextFaults.Syntax, "expected YAML", At(_scanner.CurrentPosition));
        }
    }

    public static TextFaultException TooDeep(YamlLimits limits, Position at) =>
        new(TextFaults.TooDeep, $"expected at most {limits.MaxDepth} nested collections", at);

    public static TextFaultException TooMany(YamlLimits limits, Position at) =>
        new(TextFaults.TooMany, $"expected at most {limits.MaxNodes:N0} keys and values, aliases expanded", at);

    private void Open(NodeKind kind, NodeEvent start)
    {
        _open.Push(_nodes.Count);
        Add(kind, null, start);
    }

    private void Close()
    {
        var index = _open.Pop();
        _nodes[index] = _nodes[index] with { End = _nodes.Count };
    }

    private void Add(NodeKind kind, string? text, NodeEvent read)
    {
        if (_nodes.Count == _limits.MaxNodes)
        {
            throw TooMany(_limits, At(read.Start));
        }

        if (text is not null)
        {
            RefuseDirectives(before: read.Start.Index);
            while (_percents.TryPeek(out var percent) && percent < read.End.Index)
            {
                _percents.Dequeue();
            }
        }

        if (!read.Anchor.IsEmpty)
        {
            _anchors[read.Anchor.Value] = _nodes.Count;
        }

        _nodes.Add(new Node(kind, text, read.Tag.IsEmpty ? null : read.Tag.Value, _nodes.Count + 1, At(read.Start)));
    }

    private void AddAlias(AnchorAlias alias)
    {
        var at = At(alias.Start);
        if (++_aliases > _limits.MaxAliases)
        {
            throw new TextFaultException(
                TextFaults.TooMany,
                $"expected at most {_limits.MaxAliases:N0} aliases in a document",
                at
            );
        }

        var name = alias.Value.Value;
        if (!_anchors.TryGetValue(name, out var target))
        {
            throw new TextFaultException(
                TextFaults.Alias,
                $"expected an anchor `&{name}` before its alias, got none",
                at
            );
        }

        if (_open.Contains(target))
        {
            throw new TextFaultException(
                TextFaults.Alias,
                $"expected an alias of something else, got `*{name}` inside `&{name}`",
                at
            );
        }

        _nodes.Add(new Node(NodeKind.Alias, name, null, target, at));
    }

    /// <summary>
    /// Refuses lines that start with <c>%</c> outside any scalar. The parser passes over them as directives that it
    /// does not know, even in the middle of a document, where other readers fail.
    /// </summary>
    private void RefuseDirectives(long before)
    {
        if (_percents.TryPeek(out var percent) && percent < before)
        {
            throw new TextFaultException(
                TextFaults.Syntax,
                "expected no directive but `%YAML` and `%TAG`, got another `%`",
                _positions.At(percent)
            );
        }
    }

    private static IEnumerable<int> ReservedDirectives(string text)
    {
        for (var at = text.IndexOf('%'); at >= 0; at = text.IndexOf('%', at + 1))
        {
            var name = text.AsSpan(at + 1);
            var isKnown = name.StartsWith("YAML ") || name.StartsWith("TAG ");
            if (!isKnown && (at == 0 || text[at - 1] is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029'))
            {
                yield return at;
            }
        }
    }

    private Position At(Mark mark) => _positions.At(mark.Index);

    /// <summary>The parser's message in the form of ours: lower case, without a stop.</summary>
    private static string Sentence(string message) =>
        message.Length == 0 ? "expected YAML" : char.ToLowerInvariant(message[0]) + message[1..].TrimEnd('.');
}
