using System.Collections.Immutable;
using System.Text;
using Plumbline.Rego.Syntax;
using Plumbline.Values;

namespace Plumbline.Policies.Tests.Checks;

/// <summary>A policy with one thing in it changed.</summary>
/// <param name="Line">Of the file as it is written.</param>
/// <param name="Rule">The rule that was changed.</param>
/// <param name="Change">What stood there and what stands there now, e.g. <c>`user > 0` → `user >= 0`</c>.</param>
/// <param name="Text">The whole file with the change.</param>
internal sealed record Mutant(string File, int Line, string Rule, string Change, byte[] Text)
{
    /// <summary>Names the mutant where lines have moved.</summary>
    public string Name => $"{File}: {Rule}: {Change}";

    public override string ToString() => $"{File}:{Line}: {Rule}: {Change}";
}

/// <summary>Makes every mutant of a file from its syntax tree.</summary>
/// <remarks>
/// <code>
/// rule, else          dropped
/// statement           dropped (the only one of a body becomes `true`), negated, un-negated
/// comparison          == ↔ !=, &lt; ↔ &lt;=, > ↔ >=
/// number              one more, one less
/// string              a character more; one that is a regular expression also less each of its characters
/// boolean, null       flipped, false
/// list, set, object   without each member
/// </code>
/// In heads, bodies and terms, wherever they stand; the rest of the file stays as it is written.
/// </remarks>
internal static class Mutants
{
    private static readonly ImmutableArray<(string, string)> Comparisons =
    [
        ("equal", "neq"),
        ("neq", "equal"),
        ("lt", "lte"),
        ("lte", "lt"),
        ("gt", "gte"),
        ("gte", "gt"),
    ];

    /// <summary>A part of the tree with one change in it.</summary>
    private sealed record Change<T>(SourceSpan At, string What, T Tree)
    {
        public Change<TOuter> In<TOuter>(Func<T, TOuter> around) => new(At, What, around(Tree));
    }

    public static IEnumerable<Mutant> Of(string file, Module module)
    {
        var seen = new Dictionary<string, int>();
        foreach (var rule in module.Rules)
        {
            var name = string.Join('.', rule.Head.Name);
            yield return Written(new Change<Rule?>(rule.Span, $"{Quoted(FirstLine(rule))} dropped", null));
            foreach (var change in Of(rule))
            {
                yield return Written(change.In(r => (Rule?)r));
            }

            Mutant Written(Change<Rule?> change)
            {
                var bytes = module.Source.Bytes;
                byte[] now = change.Tree is null
                    ? []
                    : Encoding.UTF8.GetBytes(SyntaxWriter.Write(change.Tree, module.Dialect));
                byte[] text = [.. bytes[..rule.Span.Start], .. now, .. bytes[rule.Span.End..]];
                var nth = seen[$"{name}: {change.What}"] = seen.GetValueOrDefault($"{name}: {change.What}") + 1;
                var what = nth == 1 ? change.What : $"{change.What} #{nth}";
                return new Mutant(file, change.At.Line, name, what, text);
            }
        }

        string FirstLine(Rule rule) => module.Source.Text(rule.Span).Split('\n')[0];
    }

    private static IEnumerable<Change<Rule>> Of(Rule rule) =>
        [
            .. Each(rule.Head.Keys, Of).Select(c => c.In(k => rule with { Head = rule.Head with { Keys = k } })),
            .. Maybe(rule.Head.Value).Select(c => c.In(v => rule with { Head = rule.Head with { Value = v } })),
            .. Of(rule.Body).Select(c => c.In(b => rule with { Body = b })),
            .. Each(rule.Else, Of).Select(c => c.In(e => rule with { Else = e })),
            .. Without(rule.Else, e => e.Span, _ => "else").Select(c => c.In(e => rule with { Else = e })),
        ];

    private static IEnumerable<Change<ElseBranch>> Of(ElseBranch branch) =>
        [
            .. Maybe(branch.Value).Select(c => c.In(v => branch with { Value = v })),
            .. Of(branch.Body).Select(c => c.In(b => branch with { Body = b })),
        ];

    private static IEnumerable<Change<Body>> Of(Body body)
    {
        for (var i = 0; i < body.Statements.Length; i++)
        {
            var (at, statement) = (i, body.Statements[i]);
            foreach (var change in Replacements(statement))
            {
                yield return change.In(now =>
                    body with
                    {
                        Statements = [.. body.Statements[..at], .. OrTrue(now), .. body.Statements[(at + 1)..]],
                    }
                );
            }

            ImmutableArray<Statement> OrTrue(ImmutableArray<Statement> now) =>
                now.IsEmpty && body.Statements.Length == 1
                    ? [new ExpressionStatement(statement.Span, new Literal(statement.Span, Value.True))]
                    : now;
        }
    }

    /// <summary>What may stand in the place of a statement: nothing, its opposite, itself with a change inside.</summary>
    private static IEnumerable<Change<ImmutableArray<Statement>>> Replacements(Statement statement)
    {
        var text = Quoted(SyntaxWriter.Write(statement));
        yield return new(statement.Span, $"{text} dropped", []);
        yield return statement is Not not
            ? new(statement.Span, $"{text} → without its `not`", not.Body.Statements)
            : new(statement.Span, $"{text} → `not {{ … }}`", [Negation(statement)]);
        foreach (var change in Of(statement))
        {
            yield return change.In(s => ImmutableArray.Create(s));
        }
    }

    private static Not Negation(Statement statement) =>
        new(statement.Span, new Body(statement.Span, [statement with { With = [] }])) { With = statement.With };

    private static IEnumerable<Change<Statement>> Of(Statement statement) =>
        [
            .. statement switch
            {
                ExpressionStatement e => Of(e.Term).Select(c => c.In(t => (Statement)(e with { Term = t }))),
                SomeIn some => Of(some.Collection).Select(c => c.In(t => (Statement)(some with { Collection = t }))),
                Not not => Of(not.Body).Select(c => c.In(b => (Statement)(not with { Body = b }))),
                Every every =>
                [
                    .. Of(every.Domain).Select(c => c.In(t => (Statement)(every with { Domain = t }))),
                    .. Of(every.Body).Select(c => c.In(b => (Statement)(every with { Body = b }))),
                ],
                _ => [],
            },
            .. Each(statement.With, w => Of(w.Value).Select(c => c.In(v => w with { Value = v })))
                .Select(c => c.In(w => statement with { With = w })),
        ];

    private static IEnumerable<Change<Term>> Maybe(Term? term) => term is null ? [] : Of(term);

    private static IEnumerable<Change<Term>> Of(Term term) =>
        term switch
        {
            Literal literal => OtherValues(literal.Value).Select(v => Swap(term, literal with { Value = v })),
            Reference reference =>
            [
                .. Of(reference.Head).Select(c => c.In(h => (Term)(reference with { Head = h }))),
                .. Each(reference.Path, Of).Select(c => c.In(p => (Term)(reference with { Path = p }))),
            ],
            ArrayTerm array => Items(array.Items).Select(c => c.In(i => (Term)(array with { Items = i }))),
            SetTerm set => Items(set.Items).Select(c => c.In(i => (Term)(set with { Items = i }))),
            ObjectTerm map => Members(map.Members).Select(c => c.In(m => (Term)(map with { Members = m }))),
            ArrayComprehension list =>
            [
                .. Of(list.Item).Select(c => c.In(i => (Term)(list with { Item = i }))),
                .. Of(list.Body).Select(c => c.In(b => (Term)(list with { Body = b }))),
            ],
            SetComprehension set =>
            [
                .. Of(set.Item).Select(c => c.In(i => (Term)(set with { Item = i }))),
                .. Of(set.Body).Select(c => c.In(b => (Term)(set with { Body = b }))),
            ],
            ObjectComprehension map =>
            [
                .. Of(map.Key).Select(c => c.In(k => (Term)(map with { Key = k }))),
                .. Of(map.Value).Select(c => c.In(v => (Term)(map with { Value = v }))),
                .. Of(map.Body).Select(c => c.In(b => (Term)(map with { Body = b }))),
            ],
            Call call =>
            [
                .. Comparisons
                    .Where(c => call.IsInfix && call.Operator == c.Item1)
                    .Select(c => Swap(call, call with { Name = [c.Item2] })),
                .. Patterns(call),
                .. Each(call.Arguments, Of).Select(c => c.In(a => (Term)(call with { Arguments = a }))),
            ],
            TemplateString text => Each(text.Parts, Of).Select(c => c.In(p => (Term)(text with { Parts = p }))),
            _ => [],
        };

    private static IEnumerable<Value> OtherValues(Value value)
    {
        if (value.IsNumber)
        {
            var number = value.AsNumber.ToDouble();
            yield return Value.Of(Number.FromDouble(number + 1));
            yield return Value.Of(Number.FromDouble(number - 1));
        }
        else
        {
            yield return value.IsString ? $"{value.Utf8}-"
            : value.IsBoolean ? !value.IsTrue
            : false;
        }
    }

    /// <summary>A regular expression without each of its characters: each is a condition of its own.</summary>
    private static IEnumerable<Change<Term>> Patterns(Call call)
    {
        if (call is not { Name: ["regex", ..], Arguments: [Literal { Value.IsString: true } pattern, ..] })
        {
            yield break;
        }

        var text = pattern.Value.Utf8.ToString();
        for (var i = 0; i < text.Length; i++)
        {
            var shorter = Swap(pattern, pattern with { Value = text.Remove(i, 1) });
            yield return shorter.In(p => (Term)(call with { Arguments = call.Arguments.SetItem(0, p) }));
        }
    }

    private static IEnumerable<Change<ImmutableArray<Term>>> Items(ImmutableArray<Term> items) =>
        [.. Without(items, i => i.Span, i => SyntaxWriter.Write(i)), .. Each(items, Of)];

    private static IEnumerable<Change<ImmutableArray<(Term Key, Term Value)>>> Members(
        ImmutableArray<(Term Key, Term Value)> members
    ) =>
        [
            .. Without(members, m => m.Key.Span, m => SyntaxWriter.Write(m.Key)),
            .. Each(
                members,
                m =>
                    [
                        .. Of(m.Key).Select(c => c.In(k => (Key: k, m.Value))),
                        .. Of(m.Value).Select(c => c.In(v => (m.Key, Value: v))),
                    ]
            ),
        ];

    private static IEnumerable<Change<ImmutableArray<T>>> Each<T>(
        ImmutableArray<T> items,
        Func<T, IEnumerable<Change<T>>> of
    ) => items.SelectMany((item, i) => of(item).Select(c => c.In(now => items.SetItem(i, now))));

    private static IEnumerable<Change<ImmutableArray<T>>> Without<T>(
        ImmutableArray<T> items,
        Func<T, SourceSpan> span,
        Func<T, string> text
    ) =>
        items.Select(
            (item, i) => new Change<ImmutableArray<T>>(span(item), $"{Quoted(text(item))} dropped", items.RemoveAt(i))
        );

    private static Change<Term> Swap(Term was, Term now) =>
        new(was.Span, $"{Quoted(SyntaxWriter.Write(was))} → {Quoted(SyntaxWriter.Write(now))}", now);

    private static string Quoted(string text) => $"`{text}`";
}
