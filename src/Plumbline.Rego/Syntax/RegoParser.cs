using System.Collections.Immutable;
using Plumbline.Values;

namespace Plumbline.Rego.Syntax;

/// <summary>In which dialect a text is to be read.</summary>
public enum DialectChoice
{
    /// <summary>
    /// Whichever fits: v1 under <c>import rego.v1</c> or where the text parses as v1, else v0, else v0 as if it had all
    /// of <c>future.keywords</c>, with a warning that names what is missing.
    /// </summary>
    Detect,

    /// <summary>As <c>opa --v0-compatible</c> reads it.</summary>
    V0,

    /// <summary>As OPA 1.x reads it.</summary>
    V1,
}

/// <summary>What became of a text.</summary>
/// <param name="Module">Null where there is an error.</param>
/// <param name="Diagnostics">All errors and warnings, by place.</param>
/// <param name="Dialect">In which the text was read, and in which the errors are to be understood.</param>
public sealed record ParseResult(Module? Module, ImmutableArray<Diagnostic> Diagnostics, Dialect Dialect);

/// <summary>Reads Rego: the grammar of OPA 1.20, both dialects.</summary>
/// <remarks>Neither method needs more than time and memory in proportion to the text, whatever the text is.</remarks>
public static class RegoParser
{
    /// <summary>OPA's code for everything that is wrong with a text before its names have a meaning.</summary>
    public const string ErrorCode = "rego_parse_error";

    /// <summary>Reads one file; never throws for what is in it.</summary>
    public static ParseResult Parse(SourceText source, DialectChoice choice)
    {
        if (NotUtf8(source) is { } fault)
        {
            return new ParseResult(null, [fault], choice == DialectChoice.V0 ? Dialect.V0 : Dialect.V1);
        }

        var tokens = Lexer.Read(source);
        return choice switch
        {
            DialectChoice.V0 => Parser.Parse(tokens, ParserMode.V0).Result,
            DialectChoice.V1 => Parser.Parse(tokens, ParserMode.V1).Result,
            _ => Detect(tokens),
        };
    }

    /// <summary>Reads a query, e.g. <c>data.kubernetes.admission.deny[msg]; count(msg) > 3</c>.</summary>
    /// <exception cref="PolicyException">It is no query.</exception>
    public static Body ParseQuery(SourceText source, Dialect dialect = Dialect.V1)
    {
        if (NotUtf8(source) is { } fault)
        {
            throw new PolicyException([fault]);
        }

        var mode = dialect == Dialect.V0 ? ParserMode.V0 : ParserMode.V1;
        return Parser.ParseQuery(Lexer.Read(source), mode);
    }

    /// <summary>The rule of CONTRACTS §8: what a file means does not depend on how it came here.</summary>
    private static ParseResult Detect(TokenStream tokens)
    {
        var v1 = Parser.Parse(tokens, ParserMode.V1);
        if (v1.Result.Module is not null || v1.ImportsV1)
        {
            return v1.Result;
        }

        var v0 = Parser.Parse(tokens, ParserMode.V0);
        if (v0.Result.Module is not null)
        {
            return v0.Result;
        }

        var lenient = Parser.Parse(tokens, ParserMode.V0WithKeywords);
        if (lenient.Result.Module is not null)
        {
            return lenient.Result;
        }

        // A text that is wrong in any reading is told what is wrong in its own: the one whose rules it writes more often.
        return v1.OldRules > v1.NewRules ? lenient.Result : v1.Result;
    }

    private static Diagnostic? NotUtf8(SourceText source)
    {
        if (System.Text.Unicode.Utf8.IsValid(source.Bytes))
        {
            return null;
        }

        var (at, line, lineStart) = (0, 1, 0);
        while (
            System.Text.Rune.DecodeFromUtf8(source.Bytes.AsSpan(at), out var rune, out var length)
            == System.Buffers.OperationStatus.Done
        )
        {
            at += length;
            if (rune.Value == '\n')
            {
                line++;
                lineStart = at;
            }
        }

        var span = new SourceSpan(at, 1, line, at - lineStart + 1);
        return new Diagnostic(ErrorCode, source, span, $"expected UTF-8, got byte 0x{source.Bytes[at]:x2}");
    }
}
