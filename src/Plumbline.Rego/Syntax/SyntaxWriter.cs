using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using Plumbline.Values;

namespace Plumbline.Rego.Syntax;

/// <summary>Writes trees as Rego again: what it writes parses to the same tree, comments and places aside.</summary>
/// <remarks>
/// One statement to a line in the bodies of rules, everything inside them on that line. Parentheses stand where the tree
/// needs them, and around every <c>|</c>, which at the start of a list or body would begin a comprehension.
/// </remarks>
public static class SyntaxWriter
{
    public static string Write(Module module)
    {
        var writer = new TreeWriter(module.Dialect);
        writer.Module(module);
        return writer.ToString();
    }

    public static string Write(Rule rule, Dialect dialect)
    {
        var writer = new TreeWriter(dialect);
        writer.Rule(rule);
        return writer.ToString();
    }

    /// <summary>The statements of a query or body, e.g. <c>x := input.n; x > 1</c>.</summary>
    public static string Write(Body body)
    {
        var writer = new TreeWriter(Dialect.V1);
        writer.Statements(body);
        return writer.ToString();
    }

    public static string Write(Statement statement)
    {
        var writer = new TreeWriter(Dialect.V1);
        writer.Statement(statement);
        return writer.ToString();
    }

    public static string Write(Term term)
    {
        var writer = new TreeWriter(Dialect.V1);
        writer.Term(term, Operators.Membership);
        return writer.ToString();
    }

    /// <summary>e.g. <c>data.lib["k8s-core"].f</c>.</summary>
    public static string Write(ImmutableArray<string> path)
    {
        var writer = new TreeWriter(Dialect.V1);
        writer.Path(path);
        return writer.ToString();
    }
}

/// <summary>One text being written.</summary>
internal sealed class TreeWriter(Dialect dialect)
{
    /// <summary>Stronger than any operator: what has one stands in parentheses.</summary>
    private const int Primary = Operators.Product + 1;

    private readonly StringBuilder _text = new();

    public override string ToString() => _text.ToString();

    public void Module(Module module)
    {
        _text.Append("package ");
        Path(module.Package);
        _text.Append('\n');
        foreach (var import in module.Imports)
        {
            _text.Append("\nimport ");
            Path(import.Path);
            if (import.Alias != import.Path[^1])
            {
                _text.Append(" as ").Append(import.Alias);
            }
        }

        _text.Append(module.Imports.IsEmpty ? "" : "\n");
        foreach (var rule in module.Rules)
        {
            _text.Append('\n');
            Rule(rule);
            _text.Append('\n');
        }
    }

    public void Rule(Rule rule)
    {
        _text.Append(rule.IsDefault ? "default " : "");
        Head(rule.Head, hasBody: !rule.Body.Statements.IsEmpty);
        RuleBody(rule.Body);
        foreach (var branch in rule.Else)
        {
            _text.Append(" else");
            if (branch.Value is { } value)
            {
                _text.Append(" := ");
                Term(value, Operators.Membership);
            }

            RuleBody(branch.Body);
        }
    }

    private void Head(RuleHead head, bool hasBody)
    {
        var isSet = head.Kind == RuleKind.PartialSet;
        var isOldSet = isSet && dialect == Dialect.V0 && head is { Name.Length: 1, Keys.Length: 1 };
        var isNewSet = isSet && !isOldSet;
        Path(head.Name);
        foreach (var key in isNewSet ? head.Keys[..^1] : head.Keys)
        {
            Operand(key);
        }

        if (head.Kind == RuleKind.Function)
        {
            Items('(', head.Parameters, ')');
        }

        if (isNewSet)
        {
            _text.Append(" contains ");
            Term(head.Keys[^1], Operators.Membership);
        }
        else if (head.Value is { } value && !CanOmit(head, value, hasBody))
        {
            _text.Append(head.IsAssigned ? " := " : " = ");
            Term(value, Operators.Membership);
        }
    }

    /// <summary><c>true</c> goes without saying before a body, except where v0 would then read a set.</summary>
    private bool CanOmit(RuleHead head, Term value, bool hasBody) =>
        value is Literal { Value.IsTrue: true }
        && !head.IsAssigned
        && (
            head.Kind == RuleKind.Function
            || (hasBody && (dialect == Dialect.V1 || head.Name.Length + head.Keys.Length != 2))
        );

    private void RuleBody(Body body)
    {
        if (body.Statements.IsEmpty)
        {
            return;
        }

        _text.Append(dialect == Dialect.V1 ? " if {\n\t" : " {\n\t");
        Statements(body, "\n\t");
        _text.Append("\n}");
    }

    public void Statements(Body body) => Statements(body, "; ");

    private void Statements(Body body, string separator)
    {
        for (var i = 0; i < body.Statements.Length; i++)
        {
            var end = _text.Length;
            if (i > 0)
            {
                _text.Append(separator);
            }

            var start = _text.Length;
            Statement(body.Statements[i]);

            // A sign at the start of a line would go on with the line above.
            if (i > 0 && _text[start] == '-' && separator[0] != ';')
            {
                _text.Insert(end, ';');
            }
        }
    }

    public void Statement(Statement statement)
    {
        switch (statement)
        {
            case ExpressionStatement expression:
                Term(expression.Term, Operators.Assignment);
                break;
            case SomeDeclaration declaration:
                _text.Append("some ").AppendJoin(", ", declaration.Variables.Select(v => v.Written));
                break;
            case SomeIn some:
                _text.Append("some ");
                Pair(some.Key, some.Value, some.Collection);
                break;
            case Every every:
                _text.Append("every ");
                Pair(every.Key, every.Value, every.Domain);
                InBraces(every.Body);
                break;
            case Not not:
                Negation(not);
                break;
        }

        foreach (var with in statement.With)
        {
            _text.Append(" with ");
            Term(with.Target, Primary);
            _text.Append(" as ");
            Term(with.Value, Operators.Membership);
        }
    }

    private void Pair(Term? key, Term value, Term collection)
    {
        if (key is not null)
        {
            Term(key, Operators.Relation);
            _text.Append(", ");
        }

        Term(value, Operators.Relation);
        _text.Append(" in ");
        Term(collection, Operators.Relation);
    }

    private void Negation(Not not)
    {
        _text.Append("not");
        switch (not.Body.Statements)
        {
            case var _ when not.IsBlock:
                InBraces(not.Body);
                break;
            // Braces after `not` may be read as a body.
            case [
                ExpressionStatement
                {
                    With.IsEmpty: true,
                    Term: SetTerm or ObjectTerm or SetComprehension or ObjectComprehension
                } braced,
            ]:
                _text.Append(" (");
                Term(braced.Term, Operators.Membership);
                _text.Append(')');
                break;
            case [ExpressionStatement { With.IsEmpty: true } plain]:
                _text.Append(' ');
                Statement(plain);
                break;
            default:
                InBraces(not.Body);
                break;
        }
    }

    private void InBraces(Body body)
    {
        _text.Append(" { ");
        Statements(body);
        _text.Append(" }");
    }

    /// <param name="weakest">An operator that binds less is put in parentheses.</param>
    public void Term(Term term, int weakest)
    {
        switch (term)
        {
            case Literal literal:
                _text.Append(literal.Value.ToString());
                break;
            case Variable variable:
                _text.Append(variable.Written);
                break;
            case Reference reference:
                Term(reference.Head, Primary);
                foreach (var operand in reference.Path)
                {
                    Operand(operand);
                }

                break;
            case ArrayTerm array:
                Items('[', array.Items, ']');
                break;
            case SetTerm { Items.IsEmpty: true }:
                _text.Append("set()");
                break;
            case SetTerm set:
                Items('{', set.Items, '}');
                break;
            case ObjectTerm map:
                Members(map);
                break;
            case ArrayComprehension comprehension:
                Comprehension('[', null, comprehension.Item, comprehension.Body, ']');
                break;
            case SetComprehension comprehension:
                Comprehension('{', null, comprehension.Item, comprehension.Body, '}');
                break;
            case ObjectComprehension comprehension:
                Comprehension('{', comprehension.Key, comprehension.Value, comprehension.Body, '}');
                break;
            case Call { IsInfix: true } call:
                Infix(call, weakest);
                break;
            case Call call:
                Path(call.Name);
                Items('(', call.Arguments, ')');
                break;
            case TemplateString template:
                Template(template);
                break;
        }
    }

    private void Infix(Call call, int weakest)
    {
        var (sign, precedence) = Operators.Of(call.Name);
        var isPair = call.Arguments.Length == 3;
        var inParentheses = precedence < weakest || precedence == Operators.Union || (isPair && weakest > 0);
        _text.Append(inParentheses ? "(" : "");
        if (isPair)
        {
            Pair(call.Arguments[0], call.Arguments[1], call.Arguments[2]);
        }
        else
        {
            // Assignments do not nest, so neither of their sides may be one.
            Term(call.Arguments[0], Math.Max(precedence, Operators.Membership));
            _text.Append(' ').Append(sign).Append(' ');
            Term(call.Arguments[1], precedence + 1);
        }

        _text.Append(inParentheses ? ")" : "");
    }

    private void Operand(Term operand)
    {
        if (operand is Literal { Value: { IsString: true } name } && IsName(name.Utf8.Span))
        {
            _text.Append('.').Append(name.Utf8.ToString());
            return;
        }

        _text.Append('[');
        Term(operand, Operators.Membership);
        _text.Append(']');
    }

    public void Path(ImmutableArray<string> path)
    {
        _text.Append(path[0]);
        foreach (var name in path.AsSpan()[1..])
        {
            Operand(new Literal(default, Value.Of(name)));
        }
    }

    private static bool IsName(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && !char.IsAsciiDigit((char)text[0]) && !text.ContainsAnyExcept(NameCharacters);

    private static readonly SearchValues<byte> NameCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"u8
    );

    private void Items(char open, ImmutableArray<Term> items, char close)
    {
        _text.Append(open);
        for (var i = 0; i < items.Length; i++)
        {
            _text.Append(i == 0 ? "" : ", ");
            Term(items[i], Operators.Membership);
        }

        _text.Append(close);
    }

    private void Members(ObjectTerm map)
    {
        _text.Append('{');
        for (var i = 0; i < map.Members.Length; i++)
        {
            _text.Append(i == 0 ? "" : ", ");
            Term(map.Members[i].Key, Operators.Membership);
            _text.Append(": ");
            Term(map.Members[i].Value, Operators.Membership);
        }

        _text.Append('}');
    }

    private void Comprehension(char open, Term? key, Term item, Body body, char close)
    {
        _text.Append(open);
        if (key is not null)
        {
            Term(key, Primary);
            _text.Append(": ");
        }

        Term(item, Primary);
        _text.Append(" | ");
        Statements(body);
        _text.Append(close);
    }

    private void Template(TemplateString template)
    {
        _text.Append("$\"");
        foreach (var part in template.Parts)
        {
            if (part is Literal { Value.IsString: true } text)
            {
                var quoted = text.Value.ToString();
                _text.Append(quoted[1..^1].Replace("{", @"\{"));
            }
            else
            {
                _text.Append('{');
                Term(part, Operators.Membership);
                _text.Append('}');
            }
        }

        _text.Append('"');
    }
}
