using Plumbline.Rego.Syntax;

namespace Plumbline.Rego.Tests.Syntax;

/// <summary>Print then parse gives the same tree.</summary>
public sealed class What_the_writer_writes
{
    [Fact]
    public void Parses_to_the_tree_it_was_written_from()
    {
        foreach (var text in Suites.Evaluation().Concat(Suites.Units()))
        {
            var module = Read(text.Id, text.Text, text.Dialect);
            var written = SyntaxWriter.Write(module);
            var again = RegoParser.Parse(SourceText.Of(text.Id, written), text.Dialect);
            Assert.True(again.Module is not null, $"{string.Join('\n', again.Diagnostics)}\n{written}");
            Assert.True(TreeDump.Of(module) == TreeDump.Of(again.Module), $"{text.Id}\n{text.Text}\n---\n{written}");
        }
    }

    private static Module Read(string name, string text, DialectChoice dialect)
    {
        var parsed = RegoParser.Parse(SourceText.Of(name, text), dialect);
        Assert.True(parsed.Module is not null, string.Join('\n', parsed.Diagnostics));
        return parsed.Module;
    }
}
