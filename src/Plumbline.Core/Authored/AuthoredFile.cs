using System.Collections.Immutable;
using Plumbline.Languages.Yaml;
using Plumbline.Values;

namespace Plumbline.Core.Authored;

/// <summary>A YAML text that somebody wrote, while it is read: the document, and all that turned out to be wrong with it.</summary>
internal sealed class AuthoredFile
{
    private readonly string _name;
    private readonly Document? _document;
    private readonly Position _offset;
    private readonly List<FileFault> _faults = [];

    /// <param name="name">As the user knows it.</param>
    /// <param name="offset">Lines and columns before the text where it is part of another file.</param>
    public AuthoredFile(string name, byte[] utf8, Position offset = default)
    {
        _name = name;
        _offset = offset;
        if (!YamlReader.TryRead(utf8, YamlOptions.Core, out _document, out var fault))
        {
            Add(fault!.Code, fault.At, fault.Message);
        }
    }

    /// <summary>False where the text is no YAML: then that is its one fault.</summary>
    public bool IsReadable => _document is not null;

    /// <summary>In the order of their places.</summary>
    public ImmutableArray<FileFault> Faults =>
        [.. _faults.OrderBy(f => f.At.Line).ThenBy(f => f.At.Column).ThenBy(f => f.Message, Ordinal.Comparer)];

    /// <summary>The whole text, which has to be a mapping.</summary>
    public Fields Fields() => new(this, _document!.Root, JsonPointer.Root);

    public void Fault(JsonPointer at, string code, string message) => Add(code, _document!.PositionOf(at), message);

    /// <param name="at">In the whole file.</param>
    public void Fault(Position at, string code, string message) => _faults.Add(new(code, _name, at, message));

    public int LineOf(JsonPointer at) => _document!.PositionOf(at).Line + _offset.Line;

    private void Add(string code, Position at, string message) =>
        Fault(new Position(at.Line + _offset.Line, at.Column + _offset.Column), code, message);
}
