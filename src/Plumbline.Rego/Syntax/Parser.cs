using System.Collections.Immutable;
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

/// <summary>Recursive descent over the tokens of one text: here a file as a whole; its parts beside it.</summary>
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
}
