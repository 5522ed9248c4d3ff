using Plumbline.Rego.Syntax;

namespace Plumbline.Rego.Tests.Syntax;

/// <summary>Short ways to read small texts.</summary>
internal static class Rego
{
    /// <summary>A file in v1 without its package line, which must parse.</summary>
    public static Module Module(string rules, DialectChoice dialect = DialectChoice.V1)
    {
        var parsed = Parse($"package p\n{rules}\n", dialect);
        Assert.True(parsed.Module is not null, string.Join('\n', parsed.Diagnostics));
        return parsed.Module;
    }

    public static ParseResult Parse(string text, DialectChoice dialect = DialectChoice.V1) =>
        RegoParser.Parse(SourceText.Of("p.rego", text), dialect);

    public static Rule Rule(string rule, DialectChoice dialect = DialectChoice.V1) =>
        Assert.Single(Module(rule, dialect).Rules);

    public static Statement Statement(string statement) => Assert.Single(Query(statement).Statements);

    public static Body Query(string query) => RegoParser.ParseQuery(SourceText.Of("query", query));

    public static Term Term(string term) => Assert.IsType<ExpressionStatement>(Statement(term)).Term;

    /// <summary>The diagnostics as people see them; empty for a text without any.</summary>
    public static string Diagnostics(string text, DialectChoice dialect = DialectChoice.V1) =>
        string.Join('\n', Parse(text, dialect).Diagnostics);

    /// <summary>The messages of all diagnostics, each after its line and column.</summary>
    public static IEnumerable<string> Messages(string text, DialectChoice dialect = DialectChoice.V1) =>
        Parse(text, dialect).Diagnostics.Select(d => $"{d.Span.Line}:{d.Span.Column} {d.Message}");
}
