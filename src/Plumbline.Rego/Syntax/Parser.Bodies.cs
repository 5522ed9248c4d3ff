using System.Collections.Immutable;
using Plumbline.Values;

namespace Plumbline.Rego.Syntax;

/// <summary>Bodies and their statements: expressions, <c>some</c>, <c>every</c>, <c>not</c>, <c>with</c>, <c>and</c>, <c>or</c>.</summary>
internal sealed partial class Parser
{
    /// <summary><c>import future.keywords.not</c>: braces after <c>not</c> are a body, whatever they could be besides.</summary>
    private bool _negatesBodies;

    private bool HasLogic => (_enabled & (Bit(TokenKind.And) | Bit(TokenKind.Or))) != 0;

    /// <summary>e.g. <c>{ input.on; x > 1 }</c>, from brace to brace.</summary>
    private Body ParseBraces()
    {
        var open = Current.Span;
        if (!Accept(TokenKind.LeftBrace))
        {
            Unexpected("expected {");
        }

        var body = ParseStatements(TokenKind.RightBrace);
        Advance();
        return body with { Span = open.To(Previous.Span) };
    }

    /// <summary>Statements up to <paramref name="end"/>, which stays the current token.</summary>
    private Body ParseStatements(TokenKind end) => ParseStatements(end, orList: false)!;

    /// <param name="orList">
    /// Where a comma ends a statement the whole is the beginning of a list: <c>[a | b, c]</c>, and the answer is null.
    /// </param>
    private Body? ParseStatements(TokenKind end, bool orList)
    {
        if (_kind == end)
        {
            Fail("found empty body");
        }

        if (++_depth > MaxDepth)
        {
            FailAsTooDeep();
        }

        var mark = _statements.Mark;
        var height = 0;
        var start = Current.Span;
        while (true)
        {
            _statements.Add(ParseStatement());
            height = Math.Max(height, _height);
            if (_failed)
            {
                break;
            }

            if (Accept(TokenKind.Semicolon))
            {
                continue;
            }

            if (_kind == end)
            {
                break;
            }

            if (orList && _kind == TokenKind.Comma)
            {
                _statements.Take(mark);
                _depth--;
                return null;
            }

            if (!Current.AfterNewline)
            {
                Unexpected(end == TokenKind.End ? @"expected \n or ;" : $@"expected \n or ; or {Sign(end)}");
                break;
            }
        }

        _depth--;
        _height = height;
        return new Body(start.To(Previous.Span), _statements.Take(mark));
    }

    private static char Sign(TokenKind closing) =>
        closing switch
        {
            TokenKind.RightBracket => ']',
            TokenKind.RightParen => ')',
            _ => '}',
        };

    private Statement ParseStatement()
    {
        var statement = HasLogic ? ParseEither() : ParseOperandStatement();
        return AtKeyword(TokenKind.With) ? ParseWith(statement) : statement;
    }

    private Statement ParseWith(Statement statement)
    {
        var height = _height;
        var with = ImmutableArray.CreateBuilder<WithModifier>();
        while (AtKeyword(TokenKind.With))
        {
            var start = Current.Span;
            Advance();
            if (!IsName)
            {
                Unexpected("expected ident");
            }

            var target = ParsePrimary();
            if (target is not (Variable or Reference))
            {
                Fail(target.Span, $"unexpected {NameOf(target)}: expected with target path");
            }

            if (!Accept(TokenKind.As))
            {
                Unexpected("expected as keyword");
            }

            var value = ParseTerm(pair: true);
            height = Math.Max(height, _height);
            with.Add(new WithModifier(start.To(Previous.Span), target, value));
        }

        // Replacements written inside parentheses are made after those outside, and win.
        with.AddRange(statement.With);
        _height = height;
        return statement with { Span = statement.Span.To(Previous.Span), With = with.ToImmutable() };
    }

    private Statement ParseOperandStatement()
    {
        switch (_kind)
        {
            case TokenKind.Not when !StartsReference(_at):
                return ParseNot();
            case TokenKind.Some when !StartsReference(_at):
                return ParseSome();
            case TokenKind.Every when !StartsReference(_at):
                return ParseEvery();
            default:
                return ParseExpression();
        }
    }

    /// <summary>e.g. <c>x := 1</c>, <c>[a, b] = pair</c>, <c>count(xs) > 1</c>.</summary>
    private ExpressionStatement ParseExpression()
    {
        var left = ParseTerm(pair: true);
        if (_kind is TokenKind.Assign or TokenKind.Unify)
        {
            var name = Operators.NameOf(_kind);
            var height = _height;
            Advance();
            left = Infix(name, height, left, ParseTerm(pair: true));
        }

        return new ExpressionStatement(left.Span, left);
    }

    private Statement ParseNot()
    {
        var start = Current.Span;
        if (++_depth > MaxDepth)
        {
            FailAsTooDeep();
        }

        Advance();
        if (_kind is TokenKind.Some or TokenKind.Every && !StartsReference(_at))
        {
            Unexpected(
                $"illegal negation of '{_kind.Word}'",
                "put the statement into a rule of its own and negate that"
            );
        }

        var isBlock = _kind == TokenKind.LeftBrace && IsNegatedBody(_at);
        var body =
            isBlock ? ParseBraces()
            : HasLogic && IsGroup(_at) ? ParseGroup()
            : Single(ParseExpression());
        _depth--;
        _height++;
        return new Not(start.To(Previous.Span), body) { IsBlock = isBlock || !IsPlain(body.Statements) };
    }

    private static bool IsPlain(ImmutableArray<Statement> statements) =>
        statements is [ExpressionStatement { With.IsEmpty: true }];

    private static Body Single(Statement statement) => new(statement.Span, [statement]);

    /// <summary>e.g. <c>some x, y</c>; <c>some k, v in xs</c>.</summary>
    private Statement ParseSome()
    {
        var start = Current.Span;
        Advance();
        if (IsDeclaration(_at))
        {
            return ParseDeclaration(start);
        }

        var term = ParseTerm(pair: true);
        if (term is Call { IsInfix: true } call)
        {
            var span = start.To(term.Span);
            if (call.Name == Operators.Member)
            {
                return new SomeIn(span, null, call.Arguments[0], call.Arguments[1]);
            }

            if (call.Name == Operators.MemberWithKey)
            {
                return new SomeIn(span, call.Arguments[0], call.Arguments[1], call.Arguments[2]);
            }
        }

        Fail(term.Span, "expected `x in xs` or `x, y in xs` expression", MissingKeyword());
        return new SomeDeclaration(start, []);
    }

    private SomeDeclaration ParseDeclaration(SourceSpan start)
    {
        var variables = ImmutableArray.CreateBuilder<Variable>();
        do
        {
            variables.Add(ParseVariable());
        } while (Accept(TokenKind.Comma));

        _height = 1;
        return new SomeDeclaration(start.To(Previous.Span), variables.ToImmutable());
    }

    /// <summary>Names with commas between them, and no <c>in</c> or anything else that continues a term.</summary>
    private bool IsDeclaration(int at)
    {
        while (KindAt(at) == TokenKind.Name)
        {
            var next = _tokens[at + 1];
            switch (KindAt(at + 1))
            {
                case TokenKind.Comma:
                    at += 2;
                    break;
                case TokenKind.Dot or TokenKind.LeftBracket or TokenKind.LeftParen when next.Start == _tokens[at].End:
                    return false;
                case TokenKind.In:
                    return false;
                default:
                    return !KindAt(at + 1).IsOperator;
            }
        }

        return false;
    }

    /// <summary>e.g. <c>every i, p in ports { p != 22 }</c>.</summary>
    private Every ParseEvery()
    {
        var start = Current.Span;
        AdvanceKeyword();
        var value = ParseEveryVariable("value");
        Variable? key = null;
        if (Accept(TokenKind.Comma))
        {
            key = value;
            value = ParseEveryVariable("value");
        }

        if (_kind != TokenKind.In)
        {
            Unexpected("expected `x[, y] in xs { ... }` expression");
        }
        else
        {
            AdvanceKeyword();
        }

        var domain = ParseOperators(ParsePrimary(), Operators.Relation);
        var height = _height;
        if (_kind != TokenKind.LeftBrace)
        {
            Unexpected("missing body");
        }

        var body = ParseBraces();
        _height = Math.Max(height, _height) + 1;
        return new Every(start.To(Previous.Span), key, value, domain, body);
    }

    private Variable ParseEveryVariable(string role)
    {
        if (_kind != TokenKind.Name)
        {
            Unexpected($"expected {role} to be a variable");
        }

        return ParseVariable();
    }

    // `and` and `or` (OPA's experimental keywords) ask whether their operands have solutions and bind nothing, which is
    // what `not` does; so they are written with it, and no stage after this one needs to know them:
    //   a or b  = not { not {a}; not {b} }
    //   a and b = not { not { not {not {a}}; not {not {b}} } }

    /// <returns>What was written where there is no such word, so one statement: braces alone are a term.</returns>
    private Statement ParseEither()
    {
        var left = ParseBoth();
        while (_kind == TokenKind.Or && !StartsNextLine)
        {
            AdvanceKeyword();
            var height = _height;
            var right = ParseBoth();
            left = Either(left, right, Math.Max(height, _height));
        }

        return left[0];
    }

    private ImmutableArray<Statement> ParseBoth()
    {
        var left = ParseLogicOperand();
        while (_kind == TokenKind.And && !StartsNextLine)
        {
            AdvanceKeyword();
            var height = _height;
            var right = ParseLogicOperand();
            left = Both(left, right, Math.Max(height, _height));
        }

        return left;
    }

    /// <summary>One statement, or those of an operand in braces.</summary>
    private ImmutableArray<Statement> ParseLogicOperand()
    {
        if (IsGroup(_at))
        {
            return ParseGroup().Statements;
        }

        if (_kind == TokenKind.LeftBrace && IsBodyOperand(_at))
        {
            return ParseBraces().Statements;
        }

        return [ParseOperandStatement()];
    }

    private ImmutableArray<Statement> Either(
        ImmutableArray<Statement> left,
        ImmutableArray<Statement> right,
        int height
    )
    {
        SetHeight(height + 2);
        return [Negation([Negation(left), Negation(right)])];
    }

    private ImmutableArray<Statement> Both(ImmutableArray<Statement> left, ImmutableArray<Statement> right, int height)
    {
        SetHeight(height + 4);
        return [Negation([Negation([Negation([Negation(left)]), Negation([Negation(right)])])])];
    }

    private static Not Negation(ImmutableArray<Statement> statements)
    {
        var span = statements[0].Span.To(statements[^1].Span);
        return new Not(span, new Body(span, statements)) { IsBlock = !IsPlain(statements) };
    }

    /// <summary>e.g. <c>(a or b with input as x)</c>.</summary>
    private Body ParseGroup()
    {
        var open = Current.Span;
        if (++_depth > MaxDepth)
        {
            FailAsTooDeep();
        }

        Advance();
        var statement = ParseStatement();
        if (!Accept(TokenKind.RightParen))
        {
            Unexpected("non-terminated expression");
        }

        _depth--;
        return new Body(open.To(Previous.Span), [statement]);
    }
}
