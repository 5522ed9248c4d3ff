using System.Collections.Immutable;
using System.Globalization;
using Plumbline.Values;

namespace Plumbline.Rego.Syntax;

/// <summary>Terms: operators by precedence, references, calls, collections, comprehensions.</summary>
internal sealed partial class Parser
{
    /// <summary>Bracketed terms read while it was open whether what holds them is a comprehension or a list.</summary>
    /// <remarks>Without it a text that nests such terms is read twice at each level, 2^n times at the nth.</remarks>
    private Dictionary<int, (Term Term, int Next, int Height)>? _cache;
    private int _undecided;

    /// <param name="pair">
    /// A comma may belong to <c>k, v in xs</c>; not so in lists, where it parts the items.
    /// </param>
    private Term ParseTerm(bool pair) => ParseMembership(ParseOperators(ParsePrimary(), Operators.Relation), pair);

    private Term ParseMembership(Term left, bool pair)
    {
        while (true)
        {
            if (pair && _kind == TokenKind.Comma && StartsTerm(_at + 1))
            {
                var (comma, height) = (_at, _height);
                var middle = ParseMiddle();
                if (_kind != TokenKind.In)
                {
                    MoveTo(comma);
                    _height = height;
                    return left;
                }

                AdvanceKeyword();
                height = Math.Max(height, _height);
                var right = ParseOperators(ParsePrimary(), Operators.Relation);
                SetHeight(Math.Max(height, _height) + 1);
                left = new Call(left.Span.To(right.Span), Operators.MemberWithKey, [left, middle, right])
                {
                    IsInfix = true,
                };
            }
            else if (_kind == TokenKind.In && !StartsNextLine)
            {
                var height = _height;
                AdvanceKeyword();
                left = Infix(Operators.Member, height, left, ParseOperators(ParsePrimary(), Operators.Relation));
            }
            else
            {
                return left;
            }
        }
    }

    /// <summary>What stands after a comma: it may turn out to be the next item of a list, and is then read again.</summary>
    private Term ParseMiddle()
    {
        _undecided++;
        Advance();
        var middle = ParseOperators(ParsePrimary(), Operators.Relation);
        _undecided--;
        return middle;
    }

    /// <summary>Precedence climbing from <paramref name="left"/>, which was just read, over operators of at least that strength.</summary>
    private Term ParseOperators(Term left, int weakest)
    {
        while (Operators.PrecedenceOf(_kind) is var precedence && precedence >= weakest)
        {
            var name = Operators.NameOf(_kind);
            var height = _height;
            Advance();
            left = Infix(name, height, left, ParseOperators(ParsePrimary(), precedence + 1));
        }

        return left;
    }

    /// <param name="leftHeight">Height of the left operand; the right one was just read.</param>
    private Call Infix(ImmutableArray<string> name, int leftHeight, Term left, Term right)
    {
        SetHeight(Math.Max(leftHeight, _height) + 1);
        return new Call(left.Span.To(right.Span), name, [left, right]) { IsInfix = true };
    }

    private void SetHeight(int height)
    {
        _height = height;
        if (height > MaxDepth)
        {
            FailAsTooDeep();
        }
    }

    private void FailAsTooDeep() =>
        Fail($"expected at most {MaxDepth} terms inside one another", "give parts of it names of their own");

    /// <summary>A term without operators around it, with all that hangs on it: <c>input.xs[i].f</c>, <c>f(x).y</c>, <c>(a + b)[0]</c>.</summary>
    private Term ParsePrimary()
    {
        if (_cache is not null && _cache.TryGetValue(_at, out var known) && !_failed)
        {
            MoveTo(known.Next);
            _height = known.Height;
            return known.Term;
        }

        var start = _at;
        if (++_depth > MaxDepth)
        {
            FailAsTooDeep();
        }

        var term = ParsePostfix(ParseHeadTerm(), start);
        _depth--;

        // Short terms are as quickly read again as remembered.
        if (_undecided > 0 && !_failed && _at - start > 8)
        {
            (_cache ??= [])[start] = (term, _at, _height);
        }

        return term;
    }

    private Term ParseHeadTerm()
    {
        _height = 1;
        if (IsName || _kind == TokenKind.Contains || IsLogicCall)
        {
            return ParseVariable();
        }

        switch (_kind)
        {
            case TokenKind.Null:
                return Constant(Value.Null);
            case TokenKind.True:
                return Constant(Value.True);
            case TokenKind.False:
                return Constant(Value.False);
            case TokenKind.Number or TokenKind.Minus or TokenKind.Dot:
                return ParseNumber();
            case TokenKind.String:
                return ParseString();
            case TokenKind.RawString:
                return Constant(Value.Of(new Utf8(_source.Bytes, Current.Start + 1, Current.Length - 2)));
            case TokenKind.Template or TokenKind.RawTemplate:
                return ParseTemplate();
            case TokenKind.LeftBracket:
                return ParseArray();
            case TokenKind.LeftBrace:
                return ParseBraceTerm();
            case TokenKind.LeftParen:
                return ParseParentheses();
            default:
                Unexpected();
                return Constant(Value.Null);
        }
    }

    /// <summary>The builtins of <c>|</c> and <c>&amp;</c> by name, also where their names are keywords.</summary>
    private bool IsLogicCall =>
        _kind is TokenKind.And or TokenKind.Or && Next.Kind == TokenKind.LeftParen && Next.Start == Current.End;

    /// <summary>Whether <see cref="ParseHeadTerm"/> would find something to read.</summary>
    private bool StartsTerm(int at) =>
        KindAt(at) switch
        {
            TokenKind.Name or TokenKind.Contains => true,
            TokenKind.Null or TokenKind.True or TokenKind.False => true,
            >= TokenKind.Number and <= TokenKind.RawTemplate => true,
            TokenKind.LeftBracket or TokenKind.LeftBrace or TokenKind.LeftParen => true,
            TokenKind.Minus or TokenKind.Dot => true,
            TokenKind.And or TokenKind.Or => true,
            var kind => kind.IsKeyword && StartsReference(at),
        };

    private Literal Constant(Value value)
    {
        var literal = new Literal(Current.Span, value);
        Advance();
        return literal;
    }

    private Variable ParseVariable()
    {
        var token = Current;
        var name =
            token.Length == 1 && _source.Bytes[token.Start] == '_'
                ? string.Create(CultureInfo.InvariantCulture, $"${++_wildcards}")
                : _names[token];
        Advance();
        return new Variable(token.Span, name);
    }

    private Term ParseParentheses()
    {
        Advance();
        var term = ParseTerm(pair: true);
        if (!Accept(TokenKind.RightParen))
        {
            Unexpected("non-terminated expression");
        }

        return term;
    }

    /// <summary>Dots, brackets and arguments that follow at once.</summary>
    private Term ParsePostfix(Term head, int start)
    {
        while (!_failed && IsAdjacent && _kind is TokenKind.Dot or TokenKind.LeftBracket or TokenKind.LeftParen)
        {
            if (_kind == TokenKind.LeftParen)
            {
                if (head is Call or ArrayTerm or ObjectTerm or SetTerm)
                {
                    break;
                }

                head = ParseCall(head, start);
            }
            else
            {
                head = ParseReference(head, start);
            }
        }

        return head;
    }

    private Reference ParseReference(Term head, int start)
    {
        if (head is Literal or TemplateString or Reference)
        {
            Fail(head.Span, $"illegal ref (head cannot be {NameOf(head)})");
        }

        var mark = _terms.Mark;
        var height = _height;
        do
        {
            _terms.Add(ParseOperand());
            height = Math.Max(height, _height);
        } while (!_failed && IsAdjacent && _kind is TokenKind.Dot or TokenKind.LeftBracket);

        SetHeight(height + 1);
        return new Reference(_tokens[start].Span.To(Previous.Span), head, _terms.Take(mark));
    }

    /// <summary>e.g. <c>.name</c>, <c>["name"]</c>, <c>[i]</c>.</summary>
    private Term ParseOperand()
    {
        if (Accept(TokenKind.LeftBracket))
        {
            var term = ParseTerm(pair: true);
            if (!Accept(TokenKind.RightBracket))
            {
                Unexpected("expected ]");
            }

            return term;
        }

        Advance();
        _height = 1;
        if (!IsAdjacent || (_kind != TokenKind.Name && !_kind.IsKeyword))
        {
            Unexpected("expected identifier");
        }

        return Constant(Value.Of(new Utf8(_source.Bytes, Current.Start, Current.Length)));
    }

    private Term ParseCall(Term function, int start)
    {
        var name = NameOfFunction(function);
        var mark = _terms.Mark;
        Advance();
        ParseItems(TokenKind.RightParen);
        var arguments = _terms.Take(mark);
        SetHeight(_height + 1);
        var span = _tokens[start].Span.To(Previous.Span);
        return arguments.IsEmpty && name is ["set"] ? new SetTerm(span, []) : new Call(span, name, arguments);
    }

    private ImmutableArray<string> NameOfFunction(Term function)
    {
        switch (function)
        {
            case Variable variable:
                return [variable.Name];
            case Reference { Head: Variable head } reference:
                var name = ImmutableArray.CreateBuilder<string>(reference.Path.Length + 1);
                name.Add(head.Name);
                foreach (var operand in reference.Path)
                {
                    if (operand is not Literal { Value: { IsString: true } part })
                    {
                        Fail(
                            operand.Span,
                            $"unexpected {NameOf(operand)} token: expecting string",
                            "the name of a function is constant"
                        );
                        break;
                    }

                    name.Add(part.Utf8.ToString());
                }

                return name.ToImmutable();
            default:
                Fail(function.Span, $"{NameOf(function)} cannot be called", "only a name or a path of names can");
                return [""];
        }
    }

    /// <summary>Terms with commas between them, and perhaps one after the last, up to and over <paramref name="end"/>.</summary>
    private void ParseItems(TokenKind end)
    {
        var height = 0;
        while (!Accept(end))
        {
            if (_failed)
            {
                return;
            }

            _terms.Add(ParseTerm(pair: false));
            height = Math.Max(height, _height);
            NextItem(end);
        }

        _height = height;
    }

    /// <summary>The first item of a list was read; reads what follows it.</summary>
    private void ParseItemsAfter(Term first, TokenKind end)
    {
        var height = _height;
        _terms.Add(first);
        NextItem(end);
        ParseItems(end);
        SetHeight(Math.Max(height, _height) + 1);
    }

    private void NextItem(TokenKind end)
    {
        if (!Accept(TokenKind.Comma) && _kind != end)
        {
            Unexpected($"expected \",\" or \"{Sign(end)}\"");
        }
    }

    private Term ParseArray()
    {
        var open = Current.Span;
        Advance();
        if (Accept(TokenKind.RightBracket))
        {
            return new ArrayTerm(open.To(Previous.Span), []);
        }

        // OPA passes over a comma before the first item.
        var listed = Accept(TokenKind.Comma);
        var first = ParsePrimary();
        if (_kind == TokenKind.Bar && !listed && ParseComprehensionBody(TokenKind.RightBracket) is { } body)
        {
            return new ArrayComprehension(open.To(Previous.Span), first, body);
        }

        var mark = _terms.Mark;
        ParseItemsAfter(ContinueTerm(first), TokenKind.RightBracket);
        return new ArrayTerm(open.To(Previous.Span), _terms.Take(mark));
    }

    /// <summary>Object, set, or a comprehension of one.</summary>
    private Term ParseBraceTerm()
    {
        var open = Current.Span;
        Advance();
        if (Accept(TokenKind.RightBrace))
        {
            return new ObjectTerm(open.To(Previous.Span), []);
        }

        var listed = Accept(TokenKind.Comma);
        var first = ParsePrimary();
        if (_kind == TokenKind.Bar && !listed && ParseComprehensionBody(TokenKind.RightBrace) is { } body)
        {
            return new SetComprehension(open.To(Previous.Span), first, body);
        }

        first = ContinueTerm(first);
        if (_kind == TokenKind.Colon)
        {
            return ParseObject(open, first, listed);
        }

        if (_kind is not (TokenKind.Comma or TokenKind.RightBrace))
        {
            Unexpected("non-terminated set", HeadHint());
        }

        var mark = _terms.Mark;
        ParseItemsAfter(first, TokenKind.RightBrace);
        return new SetTerm(open.To(Previous.Span), _terms.Take(mark));
    }

    private Term ParseObject(SourceSpan open, Term key, bool listed)
    {
        var height = _height;
        Advance();
        var value = ParsePrimary();
        SetHeight(Math.Max(height, _height));
        if (_kind == TokenKind.Bar && !listed && ParseComprehensionBody(TokenKind.RightBrace) is { } body)
        {
            SetHeight(Math.Max(height, _height));
            return new ObjectComprehension(open.To(Previous.Span), key, value, body);
        }

        var members = ImmutableArray.CreateBuilder<(Term, Term)>();
        value = ContinueTerm(value);
        while (true)
        {
            members.Add((key, value));
            height = Math.Max(height, _height);
            NextItem(TokenKind.RightBrace);
            if (Accept(TokenKind.RightBrace) || _failed)
            {
                break;
            }

            key = ParseTerm(pair: false);
            height = Math.Max(height, _height);
            if (!Accept(TokenKind.Colon))
            {
                Unexpected("expected \":\"");
            }

            value = ParseTerm(pair: false);
        }

        SetHeight(height + 1);
        return new ObjectTerm(open.To(Previous.Span), members.ToImmutable());
    }

    /// <summary>Goes on after the first part of a term of a list.</summary>
    private Term ContinueTerm(Term first) => ParseMembership(ParseOperators(first, Operators.Relation), pair: false);

    /// <summary>From the bar to the closing bracket.</summary>
    /// <returns>Null where it was a union after all, <c>[a | b, c]</c>: then the bar is the current token as before.</returns>
    /// <remarks>OPA's rule: a comprehension wherever it can be one.</remarks>
    private Body? ParseComprehensionBody(TokenKind end)
    {
        var (bar, height) = (_at, _height);
        Advance();
        _undecided++;
        var body = ParseStatements(end, orList: true);
        _undecided--;
        if (body is null)
        {
            MoveTo(bar);
            _height = height;
            return null;
        }

        Advance();
        SetHeight(Math.Max(height, _height) + 1);
        return body;
    }

    private string? HeadHint() =>
        _kind is TokenKind.Assign or TokenKind.Unify or TokenKind.Semicolon or TokenKind.Some
            ? "put the head of a comprehension in parentheses: `{(x + 1) | …}`"
            : null;

    /// <summary>What OPA's messages call a term.</summary>
    private static string NameOf(Term term) =>
        term switch
        {
            Literal literal => TypeNames.Of(literal.Value),
            Variable => "var",
            Reference => "ref",
            ArrayTerm => "array",
            ObjectTerm => "object",
            SetTerm => "set",
            ArrayComprehension => "arraycomprehension",
            SetComprehension => "setcomprehension",
            ObjectComprehension => "objectcomprehension",
            TemplateString => "templatestring",
            _ => "call",
        };
}
