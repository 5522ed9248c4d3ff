using Plumbline.Values;

namespace Plumbline.Rego.Syntax;

/// <summary>Reporting what is wrong, and going on behind it.</summary>
internal sealed partial class Parser
{
    /// <summary>Reports that the current token has no place here.</summary>
    private void Unexpected(string? expected = null, string? hint = null)
    {
        if (_failed)
        {
            return;
        }

        if (Current.Kind == TokenKind.Illegal)
        {
            Fail(_stream.Faults[Current.Match]);
            return;
        }

        var what = _kind == TokenKind.Name ? TokenKind.Name.Display : Current.Kind.Display;
        Fail(
            expected is null ? $"unexpected {what}" : $"unexpected {what}: {expected}",
            hint ?? MissingKeyword() ?? Unclosed()
        );
    }

    private void Fail(string message, string? hint = null) => Fail(Current.Span, message, hint);

    /// <summary>Reports a fault that ends the rule; the parser goes on with the next one.</summary>
    private void Fail(SourceSpan span, string message, string? hint = null)
    {
        if (_failed)
        {
            return;
        }

        Report(span, message, hint);
        _failedAt = _at;
        MoveTo(_end);
        _kind = TokenKind.End;
        _failed = true;
    }

    /// <summary>Reports a fault after which the text can still be understood.</summary>
    private void Report(SourceSpan span, string message, string? hint)
    {
        if (!_failed && _faults++ < MaxFaults)
        {
            _diagnostics.Add(new Diagnostic(RegoParser.ErrorCode, _source, span, message) { Hint = hint });
        }
    }

    /// <summary>Goes on at the next line that starts no further right than the statement that failed, with a name.</summary>
    private void Recover()
    {
        _failed = false;
        var column = _tokens[_statementStart].Column;
        var passed = Math.Max(FirstOfLine(_failedAt), _statementStart + 1);
        var at = _statementStart + 1;
        while (at < _end && !(at >= passed && StartsStatement(_tokens[at], column)))
        {
            // What stands inside the braces of this rule is not the next one, however it is indented.
            at = _tokens[at].Kind == TokenKind.LeftBrace && _tokens[at].Match > at ? _tokens[at].Match + 1 : at + 1;
        }

        MoveTo(Math.Min(at, _end));
    }

    private int FirstOfLine(int at)
    {
        while (at > 0 && !_tokens[at].AfterNewline)
        {
            at--;
        }

        return at;
    }

    private static bool StartsStatement(Token token, int column) =>
        token.AfterNewline
        && token.Column <= column
        && (
            token.Kind is TokenKind.Name or TokenKind.Illegal || (token.Kind.IsKeyword && token.Kind != TokenKind.Else)
        );

    /// <summary>The hint for a word nearby that would be a keyword if it were imported.</summary>
    private string? MissingKeyword()
    {
        foreach (var token in new[] { Current, Previous })
        {
            var kind = token.Kind;
            if (kind.IsOptionalKeyword && (_enabled & Bit(kind)) == 0 && kind is not (TokenKind.And or TokenKind.Or))
            {
                return $"`{kind.Word}` is a keyword of v1: add `import rego.v1` or `import future.keywords.{kind.Word}`";
            }
        }

        return null;
    }

    /// <summary>The hint for a bracket that was opened in this rule and is still open where the next one seems to begin.</summary>
    private string? Unclosed()
    {
        var first = FirstOfLine(_at);
        var seemsNext = first > _statementStart && StartsStatement(_tokens[first], _tokens[_statementStart].Column);
        if (_kind != TokenKind.End && !seemsNext)
        {
            return null;
        }

        for (var at = _at - 1; at >= _statementStart; at--)
        {
            var token = _tokens[at];
            if (token.Kind.IsOpening && (token.Match < 0 || token.Match > _at))
            {
                return $"the `{_source.Text(token.Span)}` of line {token.Line}, column {token.Column} is not closed";
            }
        }

        return null;
    }
}
