namespace Plumbline.Rego.Syntax;

/// <summary>What a bracket opens, where the grammar leaves two readings: told from the tokens, without parsing twice.</summary>
/// <remarks>Each look costs the tokens between two brackets, less those between inner ones.</remarks>
internal sealed partial class Parser
{
    /// <summary>After <c>if</c>, <c>not</c>: the braces are an object, a set with an operator behind it, or a comprehension.</summary>
    /// <remarks>
    /// OPA first tries to read a term there, and takes anything but a lone set: <c>{input.on}</c> is a body, <c>{}</c> and
    /// <c>{"a": 1}</c> are objects, <c>{x | f(x)}</c> is a comprehension and <c>{1} == s</c> a comparison.
    /// </remarks>
    private bool IsBraceTerm(int at)
    {
        var close = _tokens[at].Match;
        if (close < 0)
        {
            return false;
        }

        return close == at + 1
            || IsOperand(at)
            || KindAt(SkipPrimary(at + 1)) == TokenKind.Bar
            || Contains(at, kind => kind == TokenKind.Colon);
    }

    /// <summary>An operator, or a dot or bracket at once, stands behind the closing bracket.</summary>
    private bool IsOperand(int at)
    {
        var close = _tokens[at].Match;
        if (close < 0)
        {
            return false;
        }

        var next = _tokens[close + 1];
        var kind = KindAt(close + 1);
        return kind.IsOperator
            || (kind is TokenKind.In or TokenKind.And or TokenKind.Or && !StartsReference(close + 1))
            || (kind is TokenKind.Dot or TokenKind.LeftBracket && next.Start == _tokens[close].End);
    }

    /// <summary>After <c>not</c>: braces that hold statements and not members of a set.</summary>
    private bool IsNegatedBody(int at) =>
        _negatesBodies ? !IsNegatedTerm(at) : !IsBraceTerm(at) && Contains(at, MarksStatement);

    /// <summary>As <see cref="IsBraceTerm"/>, but <c>and</c> and <c>or</c> behind the braces join statements.</summary>
    private bool IsNegatedTerm(int at) =>
        IsBraceTerm(at) && KindAt(_tokens[at].Match + 1) is not (TokenKind.And or TokenKind.Or);

    private static bool MarksStatement(TokenKind kind) =>
        kind
            is TokenKind.Semicolon
                or TokenKind.Assign
                or TokenKind.Unify
                or TokenKind.Some
                or TokenKind.Every
                or TokenKind.Not
                or TokenKind.With;

    /// <summary>Braces before or after <c>and</c> or <c>or</c> that no operator makes a term.</summary>
    private bool IsBodyOperand(int at)
    {
        var close = _tokens[at].Match;
        return close >= 0
            && (
                KindAt(close + 1) is TokenKind.And or TokenKind.Or
                || (at > 0 && KindAt(at - 1) is TokenKind.And or TokenKind.Or && !IsOperand(at))
            );
    }

    /// <summary>Parentheses around a statement and not around a term.</summary>
    private bool IsGroup(int at)
    {
        for (var inner = at; KindAt(inner) == TokenKind.LeftParen && inner - at < MaxDepth; inner++)
        {
            if (
                Contains(
                    inner,
                    kind => kind is TokenKind.And or TokenKind.Or or TokenKind.With or TokenKind.Not or TokenKind.Some
                )
            )
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>One of the tokens directly inside the brackets is such a one; names of references do not count.</summary>
    private bool Contains(int open, Func<TokenKind, bool> wanted)
    {
        var close = _tokens[open].Match;
        for (var at = open + 1; at < close; at++)
        {
            var token = _tokens[at];
            if (token.Kind.IsOpening && token.Match > at)
            {
                at = token.Match;
            }
            else if (wanted(KindAt(at)) && _tokens[at - 1].Kind != TokenKind.Dot && !StartsReference(at))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The token after a term without operators.</summary>
    private int SkipPrimary(int at)
    {
        at = SkipBrackets(_tokens[at].Kind == TokenKind.Minus ? at + 1 : at);
        while (at < _end && _tokens[at].Start == _tokens[at - 1].End)
        {
            if (_tokens[at].Kind == TokenKind.Dot)
            {
                at += 2;
            }
            else if (_tokens[at].Kind is TokenKind.LeftBracket or TokenKind.LeftParen)
            {
                at = SkipBrackets(at);
            }
            else
            {
                break;
            }
        }

        return Math.Min(at, _end);
    }

    private int SkipBrackets(int at) =>
        Math.Min(_tokens[at].Kind.IsOpening && _tokens[at].Match > at ? _tokens[at].Match + 1 : at + 1, _end);
}
