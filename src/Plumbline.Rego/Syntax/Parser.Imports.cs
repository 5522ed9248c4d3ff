using System.Collections.Immutable;
using System.Text;
using Plumbline.Values;

namespace Plumbline.Rego.Syntax;

/// <summary>Imports, and the keywords they bring.</summary>
internal sealed partial class Parser
{
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
}
