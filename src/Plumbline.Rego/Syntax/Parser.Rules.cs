using System.Collections.Immutable;
using Plumbline.Values;

namespace Plumbline.Rego.Syntax;

/// <summary>Rules: heads by name and by reference, bodies with and without <c>if</c>, <c>else</c>, <c>default</c>.</summary>
internal sealed partial class Parser
{
    /// <summary>What stands before a body, before it is known what that makes of it.</summary>
    private struct HeadParts
    {
        public SourceSpan Span;
        public string First;
        public ImmutableArray<Term> Operands;
        public bool IsFunction;
        public ImmutableArray<Term> Parameters;
        public Term? Member;
        public Term? Value;
        public bool IsAssigned;
    }

    private void ParseRule()
    {
        var start = Current.Span;
        var isDefault = AtKeyword(TokenKind.Default);
        if (isDefault)
        {
            Advance();
        }

        if (!IsName)
        {
            RefuseAsHead();
            return;
        }

        var parts = ParseHead();
        if (_failed)
        {
            return;
        }

        if (isDefault)
        {
            AddDefault(start, parts);
            return;
        }

        // v0 reads `p[x] { … }` and `p.x { … }` as a set, v1's `p[x] if { … }` as an object.
        var isOldSet =
            (_kind != TokenKind.If || StartsNextLine)
            && parts is { IsFunction: false, Member: null, Value: null, Operands.Length: 1 };
        var head = MakeHead(parts, isOldSet);
        switch (_kind)
        {
            case TokenKind.If when !StartsNextLine:
                _newRules++;
                AdvanceKeyword();
                AddRules(start, head, ParseIfBody(isElse: false));
                break;
            case TokenKind.LeftBrace:
                _oldRules++;
                RequireKeywords(start, head, isOldSet, hasOldBody: true);
                AddRules(start, head, ParseBraces());
                break;
            default:
                AddFact(start, parts, head, isOldSet);
                break;
        }
    }

    /// <summary>e.g. <c>deny contains msg</c>, <c>roles[name] := grants</c>, <c>a.b.f(x) = y</c>.</summary>
    private HeadParts ParseHead()
    {
        var parts = new HeadParts { First = _names[Current], Parameters = [] };
        var start = Current.Span;
        Advance();

        // Only in a head may space stand before the first bracket: `deny [msg] { … }`.
        var mark = _terms.Mark;
        if (_kind is TokenKind.Dot or TokenKind.LeftBracket)
        {
            do
            {
                _terms.Add(ParseOperand());
            } while (IsAdjacent && _kind is TokenKind.Dot or TokenKind.LeftBracket);
        }

        parts.Operands = _terms.Take(mark);
        if (_kind == TokenKind.LeftParen && (IsAdjacent || parts.Operands.IsEmpty))
        {
            // OPA takes `f() = x { … }` for `f = x { … }`, and policies rely on it.
            parts.Parameters = ParseParameters();
            parts.IsFunction = !parts.Parameters.IsEmpty;
        }

        var nameEnd = Previous.Span;
        switch (_kind)
        {
            case TokenKind.Contains when StartsNextLine:
                break;
            case TokenKind.Contains when parts.IsFunction:
                Unexpected(
                    "the contains keyword can only be used with multi-value rule definitions (e.g., p contains <VALUE> { ... })"
                );
                break;
            case TokenKind.Contains:
                _newRules++;
                AdvanceKeyword();
                RequireTerm(start.To(nameEnd), "expected rule key term (e.g., {0} contains <VALUE>)");
                parts.Member = ParseTerm(pair: true);
                break;
            case TokenKind.Assign or TokenKind.Unify:
                parts.IsAssigned = _kind == TokenKind.Assign;
                Advance();
                RequireTerm(start.To(nameEnd), "expected rule value term (e.g., {0} := <VALUE>)");
                parts.Value = ParseTerm(pair: true);
                break;
        }

        parts.Span = start.To(Previous.Span);
        return parts;
    }

    private ImmutableArray<Term> ParseParameters()
    {
        var mark = _terms.Mark;
        Advance();
        ParseItems(TokenKind.RightParen);
        var parameters = _terms.Take(mark);
        if (IsAdjacent && _kind is TokenKind.Dot or TokenKind.LeftBracket or TokenKind.LeftParen)
        {
            Unexpected("nothing follows the arguments in the head of a function");
        }

        return parameters;
    }

    private void RequireTerm(SourceSpan name, string expected)
    {
        if (!_failed && !StartsTerm(_at))
        {
            Unexpected(expected.Replace("{0}", _source.Text(name)));
        }
    }

    private RuleHead MakeHead(HeadParts parts, bool isOldSet)
    {
        var constant = 0;
        while (
            !isOldSet
            && constant < parts.Operands.Length
            && parts.Operands[constant] is Literal { Value.IsString: true }
        )
        {
            constant++;
        }

        var name = ImmutableArray.CreateBuilder<string>(constant + 1);
        name.Add(parts.First);
        foreach (var operand in parts.Operands.AsSpan()[..constant])
        {
            name.Add(((Literal)operand).Value.Utf8.ToString());
        }

        var keys = parts.Operands[constant..];
        if (parts.IsFunction && !keys.IsEmpty)
        {
            Fail(
                keys[0].Span,
                $"unexpected {NameOf(keys[0])} token: expecting string",
                "the name of a function is constant"
            );
        }

        var isSet = isOldSet || parts.Member is not null;
        var kind =
            isSet ? RuleKind.PartialSet
            : parts.IsFunction ? RuleKind.Function
            : keys.IsEmpty ? RuleKind.Complete
            : RuleKind.PartialObject;
        return new RuleHead(parts.Span, kind, name.MoveToImmutable())
        {
            Parameters = parts.Parameters,
            Keys = parts.Member is { } member ? keys.Add(member) : keys,
            Value = isSet ? null : parts.Value ?? new Literal(EmptyAt(parts.Span), Value.True),
            IsAssigned = parts.IsAssigned,
        };
    }

    private static SourceSpan EmptyAt(SourceSpan span) => span with { Length = 0 };

    /// <summary>What v1 asks of a rule that v0 does not.</summary>
    private void RequireKeywords(SourceSpan place, RuleHead head, bool isOldSet, bool hasOldBody)
    {
        if (_dialect == Dialect.V0)
        {
            return;
        }

        if (hasOldBody)
        {
            var what = head.Kind == RuleKind.Function ? "function" : "rule";
            Report(place, $"`if` keyword is required before {what} body", "write `if {` where the body begins");
        }

        if (isOldSet)
        {
            Report(
                place,
                "`contains` keyword is required for partial set rules",
                $"write `{head.Name[0]} contains …` for `{head.Name[0]}[…]`"
            );
        }
    }

    /// <summary>A rule without a body.</summary>
    private void AddFact(SourceSpan start, HeadParts parts, RuleHead head, bool isOldSet)
    {
        if (_kind == TokenKind.With && !StartsNextLine)
        {
            Fail("expressions using with keyword cannot be used for rule head");
        }
        else if (_kind == TokenKind.Semicolon)
        {
            Fail("multiple expressions cannot be used for rule head", "rules stand on lines of their own");
        }
        else if (_kind.IsOperator || (_kind == TokenKind.In && !StartsNextLine))
        {
            Unexpected(
                "expected rule value or body",
                _kind == TokenKind.Equal ? $"write `{parts.First} := …` to give `{parts.First}` a value" : null
            );
        }
        else if (parts is { IsFunction: false, Member: null, Value: null, Operands.IsEmpty: true })
        {
            Fail(
                parts.Span,
                "var cannot be used for rule name",
                NewRuleInOldFile() ?? $"expected a value (`{parts.First} := …`) or a body"
            );
        }
        else
        {
            if (isOldSet)
            {
                _oldRules++;
                RequireKeywords(start, head, isOldSet, hasOldBody: false);
            }
            else if (_dialect == Dialect.V1 && parts is { IsFunction: false, Member: null, Value: null })
            {
                Report(start, "rule must have value assignment and/or body declaration", null);
            }

            _rules.Add(new Rule(start.To(Previous.Span), head, EmptyBody()));
        }
    }

    private string? NewRuleInOldFile() =>
        Current is { Kind: TokenKind.If or TokenKind.Contains, AfterNewline: false } ? MissingKeyword() : null;

    private Body EmptyBody() =>
        new(EmptyAt(Previous.Span) with { Start = Previous.End, Column = Previous.Column + Previous.Length }, []);

    private void AddDefault(SourceSpan start, HeadParts parts)
    {
        var head = MakeHead(parts, isOldSet: false);
        if (parts.Value is null)
        {
            Fail(start, "illegal default rule (must have a value)", $"write `default {parts.First} := …`");
        }
        else if (NotConstant(parts.Value) is { } part)
        {
            Fail(part.Span, $"illegal default rule (value cannot contain {NameOf(part)})");
        }
        else if (!head.Keys.IsEmpty && head.Keys.FirstOrDefault(k => NotConstant(k) is not null) is { } key)
        {
            Fail(key.Span, $"illegal default rule (reference cannot contain {NameOf(key)})");
        }
        else
        {
            CheckDefaultParameters(parts.Parameters);
            _rules.Add(new Rule(start.To(Previous.Span), head, EmptyBody()) { IsDefault = true });
        }
    }

    private void CheckDefaultParameters(ImmutableArray<Term> parameters)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var parameter in parameters)
        {
            if (parameter is not Variable variable)
            {
                Fail(parameter.Span, $"illegal default rule (arguments cannot contain {NameOf(parameter)})");
            }
            else if (!seen.Add(variable.Name))
            {
                Fail(parameter.Span, $"illegal default rule (arguments cannot be repeated {variable.Name})");
            }
        }
    }

    /// <summary>The first part that has no value of its own; what stands in comprehensions has.</summary>
    private static Term? NotConstant(Term term) =>
        term switch
        {
            Variable or Reference or Call => term,
            ArrayTerm array => array.Items.Select(NotConstant).FirstOrDefault(t => t is not null),
            SetTerm set => set.Items.Select(NotConstant).FirstOrDefault(t => t is not null),
            ObjectTerm map => map
                .Members.Select(m => NotConstant(m.Key) ?? NotConstant(m.Value))
                .FirstOrDefault(t => t is not null),
            TemplateString template => template.Parts.Select(NotConstant).FirstOrDefault(t => t is not null),
            _ => null,
        };

    /// <summary>The rule itself, its <c>else</c> branches, and further bodies, each of which is a rule with the same head.</summary>
    private void AddRules(SourceSpan start, RuleHead head, Body body)
    {
        if (_kind == TokenKind.Else && !StartsReference(_at))
        {
            var branches = ParseElse(head);
            _rules.Add(new Rule(start.To(Previous.Span), head, body) { Else = branches });
            if (_kind == TokenKind.LeftBrace)
            {
                Fail("expected else keyword");
            }

            return;
        }

        _rules.Add(new Rule(start.To(Previous.Span), head, body));
        while (_kind == TokenKind.LeftBrace)
        {
            var next = ParseBraces();
            _rules.Add(new Rule(next.Span, head, next));
        }
    }

    private ImmutableArray<ElseBranch> ParseElse(RuleHead head)
    {
        if (head.Kind == RuleKind.PartialSet)
        {
            Fail("else keyword cannot be used on multi-value rules");
        }
        else if (head.Keys.Any(k => NotConstant(k) is not null))
        {
            Fail("else keyword cannot be used on rules with variables in head");
        }

        var branches = ImmutableArray.CreateBuilder<ElseBranch>();
        var hasBody = true;
        while (hasBody && _kind == TokenKind.Else && !StartsReference(_at))
        {
            branches.Add(ParseBranch(head, out hasBody));
        }

        return branches.ToImmutable();
    }

    /// <param name="hasBody">A branch without one always holds, so none may follow it.</param>
    private ElseBranch ParseBranch(RuleHead head, out bool hasBody)
    {
        var start = Current.Span;
        Advance();
        Term? value = null;
        if (_kind is TokenKind.Assign or TokenKind.Unify)
        {
            Advance();
            value = ParseTerm(pair: true);
        }

        hasBody = _kind is TokenKind.If or TokenKind.LeftBrace;
        Body body;
        switch (_kind)
        {
            case TokenKind.If:
                AdvanceKeyword();
                body = ParseIfBody(isElse: true);
                break;
            case TokenKind.LeftBrace:
                RequireKeywords(start, head, isOldSet: false, hasOldBody: true);
                body = ParseBraces();
                break;
            default:
                if (value is null)
                {
                    Unexpected("expected else value term or rule body");
                }

                body = EmptyBody();
                break;
        }

        return new ElseBranch(start.To(Previous.Span), value, body);
    }

    /// <summary>After <c>if</c>: one statement, or a body in braces.</summary>
    /// <param name="isElse">Braces after <c>else … if</c> are a body whatever else they could be, as in OPA.</param>
    private Body ParseIfBody(bool isElse)
    {
        if (_kind == TokenKind.LeftBrace && !(isElse ? IsOperand(_at) : IsBraceTerm(_at)))
        {
            return ParseBraces();
        }

        if (_kind == TokenKind.End)
        {
            Unexpected("rule body expected");
        }

        var statement = ParseStatement();
        return new Body(statement.Span, [statement]);
    }

    /// <summary>Names what stands where a rule should begin.</summary>
    private void RefuseAsHead()
    {
        switch (_kind)
        {
            case TokenKind.Not:
                Fail("negated expressions cannot be used for rule head");
                break;
            case TokenKind.Some:
                Fail("'some' declarations cannot be used for rule head");
                break;
            case TokenKind.Number:
                Fail("number cannot be used for rule name");
                break;
            case TokenKind.String or TokenKind.RawString:
                Fail("string cannot be used for rule name");
                break;
            case TokenKind.True or TokenKind.False:
                Fail("boolean cannot be used for rule name");
                break;
            case TokenKind.Null:
                Fail("null cannot be used for rule name");
                break;
            default:
                Unexpected(
                    hint: _kind.IsOptionalKeyword ? $"`{_kind.Word}` is a keyword and cannot name a rule" : null
                );
                break;
        }
    }
}
