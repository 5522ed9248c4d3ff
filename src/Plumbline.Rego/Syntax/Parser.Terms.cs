using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Plumbline.Values;

namespace Plumbline.Rego.Syntax;

/// <summary>Terms: operators by precedence, references, calls, collections, comprehensions, literals.</summary>
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

    /// <summary>A number with its sign and a leading point, which OPA allows: <c>-.5</c>.</summary>
    private Literal ParseNumber()
    {
        var start = Current.Span;
        var negative = Accept(TokenKind.Minus);
        var point = Accept(TokenKind.Dot);
        if (_kind != TokenKind.Number)
        {
            Unexpected("expected number", negative ? "write `0 - x` to negate a term" : null);
            return new Literal(start, Value.Null);
        }

        var digits = _source.Bytes.AsSpan(Current.Start, Current.Length);
        if (!point && digits.Length > 1 && digits[0] == '0' && char.IsAsciiDigit((char)digits[1]))
        {
            Unexpected("expected number without leading zero");
        }

        if (!TryReadNumber(digits, point, out var number))
        {
            Fail("number too big", $"expected an exponent within {MaxExponent}");
        }

        Advance();
        return new Literal(start.To(Previous.Span), Value.Of(negative ? number.Negate() : number));
    }

    /// <summary>OPA's limit, 100,000 binary digits, in decimal ones.</summary>
    private const int MaxExponent = 30_102;

    private static bool TryReadNumber(ReadOnlySpan<byte> digits, bool point, out Number number)
    {
        if (
            digits.Length < 19
            && !point
            && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var small)
        )
        {
            number = small;
            return true;
        }

        number = default;
        var exponent = digits.IndexOfAny((byte)'e', (byte)'E');
        if (
            exponent >= 0
            && (
                !int.TryParse(
                    digits[(exponent + 1)..],
                    NumberStyles.AllowLeadingSign,
                    CultureInfo.InvariantCulture,
                    out var written
                )
                || Math.Abs((long)written) > MaxExponent
            )
        )
        {
            return false;
        }

        return Number.TryParse(point ? [.. "0."u8, .. digits] : digits, out number);
    }

    private Literal ParseString()
    {
        var inner = _source.Bytes.AsSpan(Current.Start + 1, Current.Length - 2);
        return Constant(
            inner.Contains((byte)'\\')
                ? Unescape(inner, isTemplate: false)
                : Value.Of(new Utf8(_source.Bytes, Current.Start + 1, inner.Length))
        );
    }

    /// <summary>JSON's escapes (RFC 8259, section 7), in template strings also <c>\{</c>; a lone surrogate becomes U+FFFD.</summary>
    private Value Unescape(ReadOnlySpan<byte> text, bool isTemplate)
    {
        var decoded = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                decoded.Add(text[i]);
                continue;
            }

            switch (++i < text.Length ? text[i] : 0)
            {
                case (byte)'"' or (byte)'\\' or (byte)'/':
                    decoded.Add(text[i]);
                    break;
                case (byte)'{' when isTemplate:
                    decoded.Add((byte)'{');
                    break;
                case (byte)'b':
                    decoded.Add(0x08);
                    break;
                case (byte)'f':
                    decoded.Add(0x0C);
                    break;
                case (byte)'n':
                    decoded.Add(0x0A);
                    break;
                case (byte)'r':
                    decoded.Add(0x0D);
                    break;
                case (byte)'t':
                    decoded.Add(0x09);
                    break;
                case (byte)'u' when TryCodeUnit(text, i + 1, out var unit):
                    i += 4;
                    if (
                        char.IsHighSurrogate(unit)
                        && text[(i + 1)..].StartsWith("\\u"u8)
                        && TryCodeUnit(text, i + 3, out var low)
                        && char.IsLowSurrogate(low)
                    )
                    {
                        i += 6;
                        AddRune(new Rune(unit, low));
                    }
                    else
                    {
                        AddRune(Rune.TryCreate(unit, out var rune) ? rune : Rune.ReplacementChar);
                    }

                    break;
                default:
                    Fail(
                        "illegal escape sequence",
                        @"expected one of `""\/bfnrtu` after `\`; a raw string in backquotes has no escapes"
                    );
                    return Value.Null;
            }
        }

        var bytes = decoded.ToArray();
        return Value.Of(new Utf8(bytes, 0, bytes.Length));

        void AddRune(Rune rune)
        {
            Span<byte> encoded = stackalloc byte[4];
            decoded.AddRange(encoded[..rune.EncodeToUtf8(encoded)]);
        }
    }

    private static bool TryCodeUnit(ReadOnlySpan<byte> text, int at, out char unit)
    {
        unit = '\0';
        if (
            at + 4 > text.Length
            || !ushort.TryParse(
                text.Slice(at, 4),
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture,
                out var code
            )
        )
        {
            return false;
        }

        unit = (char)code;
        return true;
    }

    /// <summary>e.g. <c>$"{x} is not {y}"</c>; texts and constants that adjoin become one part.</summary>
    private TemplateString ParseTemplate()
    {
        var start = Current.Span;
        var isRaw = _kind == TokenKind.RawTemplate;
        var mark = _terms.Mark;
        var height = 0;
        var text = new List<Literal>();
        Advance();
        while (!_failed && !Accept(TokenKind.TemplateEnd))
        {
            var part = _kind == TokenKind.TemplateText ? ParseTemplateText(isRaw) : ParseTemplateTerm();
            height = Math.Max(height, _height);
            if (part is Literal literal)
            {
                text.Add(literal);
                continue;
            }

            AddText(text);
            _terms.Add(part);
        }

        AddText(text);
        SetHeight(height + 1);
        return new TemplateString(start.To(Previous.Span), _terms.Take(mark));
    }

    private void AddText(List<Literal> text)
    {
        if (text.Count == 1)
        {
            _terms.Add(text[0] with { Value = TextOf(text[0].Value) });
        }
        else if (text.Count > 1)
        {
            var joined = new List<byte>();
            text.ForEach(t => joined.AddRange(TextOf(t.Value).Utf8.Span));
            var bytes = joined.ToArray();
            _terms.Add(new Literal(text[0].Span.To(text[^1].Span), Value.Of(new Utf8(bytes, 0, bytes.Length))));
        }

        text.Clear();
    }

    private static Value TextOf(Value constant) => constant.IsString ? constant : Value.Of(constant.ToString());

    private Literal ParseTemplateText(bool isRaw)
    {
        var text = _source.Bytes.AsSpan(Current.Start, Current.Length);
        _height = 1;
        return Constant(
            !text.Contains((byte)'\\') ? Value.Of(new Utf8(_source.Bytes, Current.Start, Current.Length))
            : isRaw ? Value.Of(Encoding.UTF8.GetString(text).Replace(@"\{", "{"))
            : Unescape(text, isTemplate: true)
        );
    }

    private Term ParseTemplateTerm()
    {
        if (!Accept(TokenKind.TemplateOpen))
        {
            Unexpected("expected } to end template string expression");
        }

        var statement = ParseStatement();
        if (!Accept(TokenKind.TemplateClose))
        {
            Unexpected("expected } to end template string expression");
        }

        switch (statement)
        {
            case ExpressionStatement { Term: Call { IsInfix: true, Name: ["assign"] } }:
                Fail(statement.Span, "unexpected assignment (':=') in template-string expression");
                break;
            case ExpressionStatement { Term: Call { IsInfix: true, Name: ["eq"] } }:
                Fail(statement.Span, "unexpected unification ('=') in template-string expression");
                break;
            case ExpressionStatement { With.IsEmpty: true } plain:
                return plain.Term;
            case ExpressionStatement replaced:
                return Replaced(replaced);
            default:
                Fail(statement.Span, "expected a term in template-string expression");
                break;
        }

        return new Literal(statement.Span, Value.Null);
    }

    /// <summary>A term under <c>with</c> has no node of its own: <c>{a with input as x}</c> is <c>[t | t := a with input as x][0]</c>.</summary>
    private Reference Replaced(ExpressionStatement statement)
    {
        var span = statement.Span;
        var name = new Variable(span, "__template_term__");
        var bound = statement with
        {
            Term = new Call(span, Operators.NameOf(TokenKind.Assign), [name, statement.Term]) { IsInfix = true },
        };
        SetHeight(_height + 3);
        return new Reference(
            span,
            new ArrayComprehension(span, name, new Body(span, [bound])),
            [new Literal(span, Value.Of(0))]
        );
    }

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
