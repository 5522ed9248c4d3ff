using System.Collections.Immutable;
using System.Text;
using Plumbline.Values;

namespace Plumbline.Rego.Syntax;

/// <summary>What the parser takes as given about a text.</summary>
internal enum ParserMode
{
    V0,

    /// <summary>v0 as if it had imported all of <c>future.keywords</c>; a warning names those it used and did not.</summary>
    V0WithKeywords,
    V1,
}

/// <summary>One attempt to read a text.</summary>
/// <param name="ImportsV1">It says <c>import rego.v1</c>.</param>
/// <param name="OldRules">Rules written as only v0 has them.</param>
/// <param name="NewRules">Rules with <c>if</c> or <c>contains</c>.</param>
internal readonly record struct Attempt(ParseResult Result, bool ImportsV1, int OldRules, int NewRules);

/// <summary>Recursive descent over the tokens of one text: here files, imports and faults; rules, bodies and terms beside it.</summary>
/// <remarks>
/// After a fault every token looks like the end of the text: all loops end, what they return is thrown away with the
/// rule, and nothing more is reported until the next rule. So no method has to ask whether the one it called succeeded.
/// Terms keep their height and methods their depth below <see cref="MaxDepth"/>, so that neither this parser nor anyone
/// who walks its trees can run out of stack.
/// </remarks>
internal sealed partial class Parser
{
    /// <summary>Terms and bodies inside one another: far above what people write (10), far below what a stack holds.</summary>
    internal const int MaxDepth = 500;

    /// <summary>Faults told of one file: more would hide the first.</summary>
    internal const int MaxFaults = 20;

    private readonly TokenStream _stream;
    private readonly Token[] _tokens;
    private readonly int _end;
    private readonly SourceText _source;
    private readonly ParserMode _mode;
    private readonly Names _names;
    private readonly ImmutableArray<Diagnostic>.Builder _diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
    private readonly Scratch<Term> _terms = new();
    private readonly Scratch<Statement> _statements = new();
    private readonly List<Import> _imports = [];
    private readonly List<Rule> _rules = [];

    /// <summary>Keywords in force, imported, and used; bit n for the nth of the optional ones.</summary>
    private int _enabled;
    private int _imported;
    private int _used;
    private SourceSpan _firstUse;

    /// <summary>Index of the token with which the rule, import or package began.</summary>
    private int _statementStart;
    private int _at;
    private TokenKind _kind;
    private bool _failed;
    private int _failedAt;
    private int _faults;
    private int _depth;
    private int _height;
    private int _wildcards;

    private Dialect _dialect;
    private bool _importsV1;
    private int _oldRules;
    private int _newRules;

    private Parser(TokenStream stream, ParserMode mode)
    {
        _stream = stream;
        _tokens = stream.Items;
        _end = stream.Last;
        _source = stream.Source;
        _mode = mode;
        _dialect = mode == ParserMode.V1 ? Dialect.V1 : Dialect.V0;
        _names = new Names(_source.Bytes);
        _enabled = mode == ParserMode.V0 ? 0 : StandardKeywords;
        MoveTo(0);
    }

    public static Attempt Parse(TokenStream tokens, ParserMode mode)
    {
        var parser = new Parser(tokens, mode);
        var module = parser.ParseModule();
        parser.WarnOfMissingImports();
        var result = new ParseResult(
            parser._faults == 0 ? module : null,
            [.. parser._diagnostics.OrderBy(d => d.Span.Start)],
            parser._dialect
        );
        return new Attempt(result, parser._importsV1, parser._oldRules, parser._newRules);
    }

    public static Body ParseQuery(TokenStream tokens, ParserMode mode)
    {
        var parser = new Parser(tokens, mode);
        var body = parser.ParseStatements(TokenKind.End);
        return parser._faults == 0 ? body : throw new PolicyException(parser._diagnostics.ToImmutable());
    }

    private Module? ParseModule()
    {
        if (_kind == TokenKind.End)
        {
            Fail("empty module", "start the file with `package` and its name");
            return null;
        }

        SourceSpan packageSpan = default;
        ImmutableArray<string> package = [];
        if (AtKeyword(TokenKind.Package))
        {
            (package, packageSpan) = ParsePackage();
        }
        else
        {
            Report(Current.Span, "package expected", "start the file with `package` and its name");
        }

        while (true)
        {
            if (_failed)
            {
                Recover();
            }

            if (_kind == TokenKind.End || _faults >= MaxFaults)
            {
                break;
            }

            ParseTopLevel();
        }

        return _faults > 0
            ? null
            : new Module(
                _source,
                _dialect,
                package,
                packageSpan,
                [.. _imports],
                [.. _rules],
                [.. _stream.Comments.Select(span => new Comment(span, _source.Text(span)))],
                Metadata.Find(_stream, _rules.Select(r => r.Span).Prepend(packageSpan))
            );
    }

    private void ParseTopLevel()
    {
        _statementStart = _at;
        _cache?.Clear();
        if (AtKeyword(TokenKind.Package))
        {
            Fail("unexpected package", "a file has one package, named at its start");
        }
        else if (AtKeyword(TokenKind.Import))
        {
            ParseImport();
        }
        else
        {
            ParseRule();
        }
    }

    /// <summary>A keyword that a dot or a bracket follows at once is the name of a document, e.g. <c>import.foo := 1</c>.</summary>
    private bool AtKeyword(TokenKind keyword) => _kind == keyword && !StartsReference(_at);

    private bool StartsReference(int at) =>
        at < _end
        && _tokens[at + 1].Kind is TokenKind.Dot or TokenKind.LeftBracket
        && _tokens[at + 1].Start == _tokens[at].End;

    /// <summary>A keyword that names the next rule or statement, on a line of its own, and does not go on with this one.</summary>
    private bool StartsNextLine => Current.AfterNewline && StartsReference(_at);

    /// <summary>A name as such, or a keyword that is one because it starts a reference.</summary>
    private bool IsName => _kind == TokenKind.Name || (_kind.IsKeyword && StartsReference(_at));

    private (ImmutableArray<string> Path, SourceSpan Span) ParsePackage()
    {
        var start = Current.Span;
        Advance();
        var path = ParsePath("expected path");
        return (path, start.To(Previous.Span));
    }

    /// <summary>e.g. <c>a.b["c-d"]</c>: names alone.</summary>
    private ImmutableArray<string> ParsePath(string expected)
    {
        if (_kind != TokenKind.Name && !_kind.IsKeyword)
        {
            Unexpected(expected);
            return [];
        }

        var path = ImmutableArray.CreateBuilder<string>();
        path.Add(_names[Current]);
        Advance();
        while (IsAdjacent && _kind is TokenKind.Dot or TokenKind.LeftBracket)
        {
            var operand = ParseOperand();
            if (operand is Literal { Value: { IsString: true } name })
            {
                path.Add(name.Utf8.ToString());
            }
            else
            {
                Fail(operand.Span, $"unexpected {NameOf(operand)} token: expecting string");
            }
        }

        return path.ToImmutable();
    }

    private void ParseImport()
    {
        var start = Current.Span;
        Advance();
        var pathToken = Current;
        var path = ParsePath("expected path");
        if (_failed)
        {
            return;
        }

        var pathSpan = pathToken.Span.To(Previous.Span);
        var aliased = _kind == TokenKind.As;
        var alias = path[^1];
        if (aliased)
        {
            Advance();
            if (_kind != TokenKind.Name)
            {
                Unexpected("expected var");
                return;
            }

            alias = _names[Current];
            Advance();
        }

        var import = new Import(start.To(Previous.Span), path, alias);
        switch (path[0])
        {
            case "data" or "input":
                if (!aliased && path.Length > 1 && IsKeywordHere(alias))
                {
                    Report(
                        pathSpan,
                        $"unexpected import path, must not end with a keyword, got: {alias}",
                        "import a different path or use an alias"
                    );
                }

                break;
            case "rego":
                ImportV1(path, pathSpan, aliased);
                break;
            case "future":
                ImportKeywords(path, pathSpan, aliased);
                break;
            default:
                Report(
                    pathSpan,
                    $"unexpected import path, must begin with one of: {{data, future, input, rego}}, got: {path[0]}",
                    "what other packages define is imported from `data`"
                );
                break;
        }

        _imports.Add(import);
    }

    private bool IsKeywordHere(string name)
    {
        var kind = TokenKind.OfWord(Encoding.UTF8.GetBytes(name));
        return kind.IsReserved || (kind.IsOptionalKeyword && (_enabled & Bit(kind)) != 0);
    }

    private void ImportV1(ImmutableArray<string> path, SourceSpan span, bool aliased)
    {
        if (path is not ["rego", "v1"])
        {
            Report(span, $"invalid import `{string.Join('.', path)}`, must be `rego.v1`", null);
        }
        else if (_mode != ParserMode.V1 && aliased)
        {
            Report(span, "`rego` imports cannot be aliased", null);
        }
        else if (_mode != ParserMode.V1 && _imports.Any(i => i.Path[0] == "future"))
        {
            Report(span, ExclusiveImports, "remove the imports of `future.keywords`");
        }
        else
        {
            _importsV1 = true;
            _dialect = Dialect.V1;
            Enable(StandardKeywords);
        }
    }

    private const string ExclusiveImports =
        "the `rego.v1` import implies `future.keywords`, these are therefore mutually exclusive";

    private void ImportKeywords(ImmutableArray<string> path, SourceSpan span, bool aliased)
    {
        if (path.Length == 1 || path[1] != "keywords")
        {
            Report(span, "invalid import, must be `future.keywords`", null);
        }
        else if (aliased)
        {
            Report(span, "`future` imports cannot be aliased", null);
        }
        else if (path.Length > 3)
        {
            Report(span, "invalid import, must be `future.keywords.x`, e.g. `import future.keywords.in`", null);
        }
        else if (_mode != ParserMode.V1 && _importsV1)
        {
            Report(span, ExclusiveImports, "remove the imports of `future.keywords`");
        }
        else if (path.Length == 2)
        {
            Enable(StandardKeywords);
        }
        else if (path[2] == "not")
        {
            _negatesBodies = true;
        }
        else if (TokenKind.OfWord(Encoding.UTF8.GetBytes(path[2])) is { IsOptionalKeyword: true } keyword)
        {
            // `every` needs `in`, and brings it along.
            Enable(keyword == TokenKind.Every ? Bit(keyword) | Bit(TokenKind.In) : Bit(keyword));
        }
        else
        {
            Report(span, "unexpected keyword, must be one of [and contains every if in not or]", null);
        }
    }

    /// <summary>The keywords of v1; <c>and</c> and <c>or</c> are experimental, and only their imports enable them.</summary>
    private static int StandardKeywords { get; } =
        Bit(TokenKind.In) | Bit(TokenKind.Every) | Bit(TokenKind.If) | Bit(TokenKind.Contains);

    private static int Bit(TokenKind keyword) => 1 << (keyword - TokenKind.In);

    private void Enable(int keywords)
    {
        _enabled |= keywords;
        _imported |= keywords;
        MoveTo(_at);
    }

    /// <summary>Steps over a keyword, and remembers it where the text should have imported it.</summary>
    private void AdvanceKeyword()
    {
        var bit = Bit(_kind);
        if (_mode == ParserMode.V0WithKeywords && (_imported & bit) == 0)
        {
            _firstUse = _used == 0 ? Current.Span : _firstUse;
            _used |= bit;
        }

        Advance();
    }

    private void WarnOfMissingImports()
    {
        var missing = _used & ~_imported;
        if (missing == 0)
        {
            return;
        }

        if ((missing & Bit(TokenKind.Every)) != 0)
        {
            missing &= ~Bit(TokenKind.In);
        }

        var words = Enumerable
            .Range((int)TokenKind.In, TokenKind.Or - TokenKind.In + 1)
            .Select(n => (TokenKind)n)
            .Where(k => (missing & Bit(k)) != 0)
            .Select(k => k.Word)
            .ToList();
        var one = words.Count == 1;
        _diagnostics.Add(
            new Diagnostic(
                RegoParser.ErrorCode,
                _source,
                _firstUse,
                $"{string.Join(", ", words.Select(w => $"`{w}`"))} {(one ? "is a keyword" : "are keywords")} of v1, used in a v0 policy without {(one ? "its import" : "their imports")}"
            )
            {
                Severity = DiagnosticSeverity.Warning,
                Hint =
                    $"add {string.Join(", ", words.Select(w => $"`import future.keywords.{w}`"))} below the package, or OPA will refuse the file",
            }
        );
    }

    private Token Current => _tokens[_at];

    private Token Previous => _tokens[Math.Max(0, _at - 1)];

    private Token Next => _tokens[Math.Min(_at + 1, _end)];

    /// <summary>Nothing stands between the token before and this one.</summary>
    private bool IsAdjacent => Current.Start == Previous.End;

    private void Advance()
    {
        if (!_failed && _at < _end)
        {
            MoveTo(_at + 1);
        }
    }

    private void MoveTo(int at)
    {
        if (_failed)
        {
            return;
        }

        _at = at;
        _kind = KindAt(at);
    }

    private TokenKind KindAt(int at)
    {
        var kind = _tokens[at].Kind;
        return kind.IsOptionalKeyword && (_enabled & Bit(kind)) == 0 ? TokenKind.Name : kind;
    }

    private bool Accept(TokenKind kind)
    {
        if (_kind != kind)
        {
            return false;
        }

        Advance();
        return true;
    }

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
