using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Plumbline.Rego.Syntax;
using Plumbline.Values;

namespace Plumbline.Rego.Tests.Syntax;

/// <summary>A tree as text, every property of it but the places: equal texts are equal trees.</summary>
/// <remarks>
/// Wildcards are numbered anew in each rule, since a text that is written otherwise counts them otherwise. With
/// <paramref name="onlyMeaning"/> two trees are equal that OPA does not tell apart: how a call or a head was written, and
/// <c>true</c> as a body, or as the value of an <c>else</c>, against none.
/// </remarks>
internal sealed class TreeDump(bool onlyMeaning)
{
    private readonly StringBuilder _text = new();
    private readonly Dictionary<string, int> _wildcards = [];

    public static string Of(object tree, bool onlyMeaning = false)
    {
        var dump = new TreeDump(onlyMeaning);
        dump.Write(tree, 0);
        return dump._text.ToString();
    }

    /// <summary>A module's meaning: its package, imports and rules.</summary>
    public static string Of(Module module) =>
        string.Join('\n', module.Package) + Of((ITuple)(module.Imports, module.Rules));

    private void Write(object? value, int depth)
    {
        switch (value)
        {
            case null:
                _text.Append("null");
                break;
            case Variable { IsWildcard: true } wildcard:
                _wildcards.TryAdd(wildcard.Name, _wildcards.Count);
                _text.Append(CultureInfo.InvariantCulture, $"_{_wildcards[wildcard.Name]}");
                break;
            case string or bool or Enum or Value:
                _text.Append(value);
                break;
            case ITuple tuple:
                WriteAll(Enumerable.Range(0, tuple.Length).Select(i => tuple[i]), depth);
                break;
            case IEnumerable items:
                WriteAll(items.Cast<object?>(), depth);
                break;
            case Body { Statements: [ExpressionStatement { Term: Literal { Value.IsTrue: true }, With: [] }] } body
                when onlyMeaning:
                Write(body with { Statements = [] }, depth);
                break;
            case ElseBranch { Value: null } branch when onlyMeaning:
                Write(branch with { Value = new Literal(default, Value.True) }, depth);
                break;
            case Rule rule:
                _wildcards.Clear();
                WriteRecord(rule, depth);
                break;
            default:
                WriteRecord(value, depth);
                break;
        }
    }

    private void WriteAll(IEnumerable<object?> items, int depth)
    {
        _text.Append('[');
        foreach (var item in items)
        {
            NewLine(depth + 1);
            Write(item, depth + 1);
        }

        _text.Append(']');
    }

    private void WriteRecord(object value, int depth)
    {
        var type = value.GetType();
        _text.Append(type.Name);
        foreach (var property in type.GetProperties().Where(p => p.CanWrite && !IsLeftOut(p)))
        {
            NewLine(depth + 1);
            _text.Append(property.Name).Append(": ");
            Write(property.GetValue(value), depth + 1);
        }
    }

    private bool IsLeftOut(System.Reflection.PropertyInfo property) =>
        property.PropertyType == typeof(SourceSpan)
        || (onlyMeaning && property.Name is nameof(Call.IsInfix) or nameof(RuleHead.IsAssigned));

    private void NewLine(int depth) => _text.Append('\n').Append(' ', depth);
}
