using Plumbline.Values;

namespace Plumbline.Languages.Yaml;

/// <summary>Builds the document from the nodes as written: aliases and merge keys expanded and counted, tags and scalars resolved.</summary>
/// <remarks>
/// An expanded alias stands where the alias is written; what is inside it stands where it was written once.
/// Recursion is as deep as the document may be (<see cref="YamlLimits.MaxDepth"/>).
/// </remarks>
internal ref struct NodeExpander(NodeReader reader, YamlOptions options)
{
    private const string MergeTag = "tag:yaml.org,2002:merge";
    private const string MapTag = "tag:yaml.org,2002:map";
    private const string SequenceTag = "tag:yaml.org,2002:seq";

    private readonly ReadOnlySpan<Node> _nodes = reader.Nodes;
    private readonly YamlLimits _limits = options.Limits;
    private readonly DocumentBuilder _builder = new(keepsPositions: true);
    private int _count;

    /// <summary>Where the outermost alias stands that is being expanded.</summary>
    private Position? _expanding;

    /// <exception cref="TextFaultException">The document costs too much, repeats a key, or holds what JSON cannot.</exception>
    public Document Build()
    {
        AddNode(0, _nodes[0].At, 0);
        return _builder.Build();
    }

    /// <returns>Index of the node after this one.</returns>
    private int AddNode(int index, Position at, int depth)
    {
        ref readonly var node = ref _nodes[index];
        Count(at);
        if (node.Kind == NodeKind.Alias)
        {
            var outer = _expanding;
            _expanding ??= at;
            AddNode(node.End, at, depth);
            _expanding = outer;
            return index + 1;
        }

        if (depth > _limits.MaxDepth)
        {
            throw NodeReader.TooDeep(_limits, _expanding ?? at);
        }

        if (node.Tag is not null && options.Tags.TryGetValue(node.Tag, out var member))
        {
            _builder.Start(at);
            _builder.Key(System.Text.Encoding.UTF8.GetBytes(member), at);
            AddContent(index, null, at, depth + 1);
            _builder.EndObject();
        }
        else
        {
            AddContent(index, node.Tag, at, depth);
        }

        return Math.Max(node.End, index + 1);
    }

    private void AddContent(int index, string? tag, Position at, int depth)
    {
        ref readonly var node = ref _nodes[index];
        switch (node.Kind)
        {
            case NodeKind.Sequence:
                Expect(tag, SequenceTag, at);
                _builder.Start(at);
                for (var item = index + 1; item < node.End; )
                {
                    item = AddNode(item, _nodes[item].At, depth + 1);
                }

                _builder.EndArray();
                break;
            case NodeKind.Mapping:
                Expect(tag, MapTag, at);
                AddMapping(index, at, depth);
                break;
            default:
                AddScalar(Scalars.Resolve(options.Schema, node.Text!, node.Kind == NodeKind.PlainScalar, tag, at), at);
                break;
        }
    }

    private void AddMapping(int index, Position at, int depth)
    {
        _builder.Start(at);
        foreach (var (key, member) in Members(index, depth))
        {
            _builder.String(key, member.At);
            AddNode(member.Value, _nodes[member.Value].At, depth + 1);
        }

        _builder.EndObject();
    }

    /// <summary>A member of a mapping: where its key stands, and the index of its value.</summary>
    private readonly record struct Member(Position At, int Value);

    /// <summary>The members that a mapping writes, and those that it merges in.</summary>
    /// <remarks>
    /// What the mapping writes itself wins over what it merges, and an earlier merge over a later one. Clients of
    /// Kubernetes go by the order alone: whatever comes later replaces what was there.
    /// </remarks>
    private Dictionary<string, Member> Members(int index, int depth)
    {
        var written = new Dictionary<string, Member>();
        Dictionary<string, Member>? merged = null;
        var goesByOrder = options.Schema == YamlSchema.Kubernetes;
        for (var key = index + 1; key < _nodes[index].End; key = After(After(key)))
        {
            Count(_nodes[key].At);
            if (IsMergeKey(key))
            {
                merged ??= goesByOrder ? new(written) : [];
                Merge(After(key), merged, depth + 1);
                continue;
            }

            var name = AddWritten(key, written);
            if (goesByOrder && merged is not null)
            {
                merged[name] = written[name];
            }
        }

        if (merged is null || goesByOrder)
        {
            return merged ?? written;
        }

        foreach (var (name, member) in merged)
        {
            written.TryAdd(name, member);
        }

        return written;
    }

    private readonly string AddWritten(int key, Dictionary<string, Member> written)
    {
        var name = KeyOf(key);
        var at = _nodes[key].At;
        if (!written.TryAdd(name, new Member(at, After(key))))
        {
            var first = written[name].At;
            throw new TextFaultException(
                TextFaults.DuplicateKey,
                $"expected a key once in a mapping, got `{name}` again: it stands in line {first.Line}, column {first.Column} already",
                at
            );
        }

        return name;
    }

    private readonly bool IsMergeKey(int key)
    {
        ref readonly var node = ref _nodes[key];
        return node is { Kind: NodeKind.PlainScalar, Text: "<<", Tag: null or MergeTag };
    }

    /// <summary>Merges a mapping, or a list of mappings of which the first one that has a member decides it.</summary>
    private void Merge(int value, Dictionary<string, Member> merged, int depth)
    {
        if (depth > _limits.MaxDepth)
        {
            throw NodeReader.TooDeep(_limits, _expanding ?? _nodes[value].At);
        }

        List<int> sources = [value];
        if (_nodes[value].Kind == NodeKind.Sequence)
        {
            sources.Clear();
            for (var item = value + 1; item < _nodes[value].End; item = After(item))
            {
                sources.Add(item);
            }
        }

        if (options.Schema == YamlSchema.Kubernetes)
        {
            sources.Reverse(); // there the last one decides
        }

        foreach (var source in sources)
        {
            MergeMapping(source, merged, depth);
        }
    }

    private void MergeMapping(int source, Dictionary<string, Member> merged, int depth)
    {
        var at = _nodes[source].At;
        if (_nodes[Target(source)].Kind != NodeKind.Mapping)
        {
            throw new TextFaultException(
                TextFaults.Alias,
                "expected a mapping, or a list of mappings, to merge with `<<`",
                at
            );
        }

        foreach (var (name, member) in Members(Target(source), depth))
        {
            Count(at);
            if (!merged.TryAdd(name, member) && options.Schema == YamlSchema.Kubernetes)
            {
                merged[name] = member;
            }
        }
    }

    private readonly string KeyOf(int key)
    {
        ref readonly var node = ref _nodes[Target(key)];
        if (node.Kind is NodeKind.Sequence or NodeKind.Mapping)
        {
            throw new TextFaultException(
                TextFaults.NotJson,
                "expected a scalar as key, got a collection",
                _nodes[key].At
            );
        }

        var isPlain = node.Kind == NodeKind.PlainScalar;
        return Scalars.Resolve(options.Schema, node.Text!, isPlain, node.Tag, node.At).AsKey(options.Schema)
            ?? throw new TextFaultException(TextFaults.NotJson, "expected a string as key, got null", _nodes[key].At);
    }

    /// <summary>The node that an alias names; any other node itself.</summary>
    private readonly int Target(int index) => _nodes[index].Kind == NodeKind.Alias ? _nodes[index].End : index;

    private readonly int After(int index) => _nodes[index].Kind == NodeKind.Alias ? index + 1 : _nodes[index].End;

    private readonly void AddScalar(ResolvedScalar scalar, Position at)
    {
        switch (scalar.Kind)
        {
            case ValueKind.Null:
                _builder.Null(at);
                break;
            case ValueKind.Boolean:
                _builder.Boolean(scalar.IsTrue, at);
                break;
            case ValueKind.Number:
                _builder.Number(System.Text.Encoding.ASCII.GetBytes(scalar.Text), at);
                break;
            default:
                _builder.String(scalar.Text, at);
                break;
        }
    }

    private static void Expect(string? tag, string expected, Position at)
    {
        if (tag is not null && tag != expected)
        {
            throw Scalars.UnreadTag(tag, at);
        }
    }

    private void Count(Position at)
    {
        if (++_count > _limits.MaxNodes)
        {
            throw NodeReader.TooMany(_limits, _expanding ?? at);
        }
    }
}
