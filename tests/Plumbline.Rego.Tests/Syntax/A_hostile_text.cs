using System.Text;
using CsCheck;
using Plumbline.Rego.Syntax;

namespace Plumbline.Rego.Tests.Syntax;

/// <summary>Policies are guests: whatever the bytes, there is an answer, in time, and no stack overflows.</summary>
public sealed class A_hostile_text
{
    private const int Many = 20_000;

    private static int Iterations => Long.Wanted ? 20_000 : 400;

    [Theory]
    [InlineData("[")]
    [InlineData("{")]
    [InlineData("(")]
    [InlineData("f(")]
    [InlineData("x[")]
    [InlineData("{x:")]
    [InlineData("{{x:1}:")]
    [InlineData("[x|")]
    [InlineData("{x|y;")]
    [InlineData("$\"{")]
    [InlineData("not {")]
    [InlineData("not {x;")]
    [InlineData("every x in y {")]
    [InlineData("1+")]
    [InlineData("1 in ")]
    [InlineData("x, y in ")]
    [InlineData("x == not ")]
    [InlineData("[a | b, ")]
    [InlineData("{a | b, ")]
    [InlineData("x with y as ")]
    [InlineData("((((((((((x).y).z)")]
    public void That_nests_without_end_is_refused(string piece)
    {
        var nested = string.Concat(Enumerable.Repeat(piece, Many));
        foreach (
            var text in new[] { $"p if {nested}", $"p := {nested}1", $"p if {{ {nested}", $"p(x) if x {{ {nested}" }
        )
        {
            Assert.NotEmpty(Rego.Messages($"package p\n{text}"));
        }
    }

    [Theory]
    [InlineData("(", "x", ")")]
    [InlineData("((", "x", ")+1)")]
    [InlineData("[", "x", "]")]
    [InlineData("{1:", "x", "}")]
    [InlineData("[a | b, ", "x", "]")]
    [InlineData("[ [a | b, c] | d, ", "x", "]")]
    [InlineData("f(", "x", ")[0]")]
    [InlineData("x[y, ", "z", " in a]")]
    [InlineData("$\"{", "x", "}\"")]
    public void That_closes_what_it_nests_is_refused_beyond_a_depth(string open, string inner, string close)
    {
        string Nest(int depth) =>
            $"package p\np := {string.Concat(Enumerable.Repeat(open, depth))}{inner}{string.Concat(Enumerable.Repeat(close, depth))}";

        Assert.Empty(Rego.Messages(Nest(60)));
        Assert.NotEmpty(Rego.Messages(Nest(Many)));
    }

    [Fact]
    public void With_a_long_chain_of_operators_is_refused_for_the_depth_of_its_tree()
    {
        string Chain(int length) => $"package p\np := x{string.Concat(Enumerable.Repeat(" | x", length))}";

        Assert.Empty(Rego.Messages(Chain(400)));
        Assert.Contains("expected at most 500 terms inside one another", Assert.Single(Rego.Messages(Chain(Many))));
    }

    [Theory]
    [InlineData("a := […]", "1,")]
    [InlineData("a := {…}", "\"k\": [x],")]
    [InlineData("a := x…", ".y")]
    [InlineData("a if {\n…}", "x[_].y == 1\n")]
    [InlineData("a := 1 if x\n…", "else := 2 if y\n")]
    [InlineData("a := 1\n…", "# METADATA\n")]
    [InlineData("a := $\"…\"", "{x} is ")]
    public void That_is_long_and_flat_parses(string frame, string piece)
    {
        var text = frame.Replace("…", string.Concat(Enumerable.Repeat(piece, Many)));
        Assert.Empty(Rego.Messages($"package p\n{text}"));
    }

    [Fact]
    public void Made_of_a_policy_by_changing_bytes_has_an_answer()
    {
        var seeds = Seeds();
        Gen.Select(Gen.Int[0, seeds.Length - 1], Gen.Int[0, int.MaxValue], Gen.Byte)
            .Array[1, 8]
            .Sample(
                changes =>
                {
                    var bytes = Encoding.UTF8.GetBytes(seeds[changes[0].Item1]);
                    foreach (var (_, at, value) in changes)
                    {
                        bytes[at % bytes.Length] = value < 128 ? value : (byte)"{}[]()\"`$|,:=\n# "[value % 16];
                    }

                    AnswersFor(bytes);
                },
                iter: Iterations
            );
    }

    [Fact]
    public void Made_of_a_policy_by_moving_its_tokens_has_an_answer()
    {
        var seeds = Seeds();
        Gen.Select(
                Gen.Int[0, seeds.Length - 1],
                Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[0, int.MaxValue]).Array[1, 12]
            )
            .Sample(
                (seed, swaps) =>
                {
                    var source = SourceText.Of("p.rego", seeds[seed]);
                    var tokens = Lexer.Read(source);
                    var words = tokens.Items[..tokens.Last].Select(t => source.Text(t.Span)).ToArray();
                    foreach (var (from, to) in swaps)
                    {
                        var (a, b) = (from % words.Length, to % words.Length);
                        (words[a], words[b]) = (words[b], words[a]);
                    }

                    AnswersFor(Encoding.UTF8.GetBytes(string.Join(swaps.Length % 2 == 0 ? " " : "\n", words)));
                    AnswersFor(Encoding.UTF8.GetBytes(string.Concat(words)));
                },
                iter: Iterations
            );
    }

    /// <summary>Either a module, which can be written and read again, or errors with places inside the text.</summary>
    private static void AnswersFor(byte[] bytes)
    {
        var source = new SourceText("p.rego", bytes);
        foreach (var choice in Enum.GetValues<DialectChoice>())
        {
            var parsed = RegoParser.Parse(source, choice);
            Assert.Equal(parsed.Module is null, parsed.Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error));
            foreach (var diagnostic in parsed.Diagnostics)
            {
                Assert.InRange(diagnostic.Span.Start, 0, bytes.Length);
                Assert.InRange(diagnostic.Span.End, diagnostic.Span.Start, bytes.Length);
                Assert.NotEmpty(diagnostic.ToString());
            }

            if (parsed.Module is { } module && choice != DialectChoice.Detect)
            {
                var again = RegoParser.Parse(SourceText.Of("p.rego", SyntaxWriter.Write(module)), choice);
                Assert.True(
                    again.Module is not null,
                    $"{string.Join('\n', again.Diagnostics)}\n{source.Text(new(0, bytes.Length, 1, 1))}"
                );
                Assert.Equal(TreeDump.Of(module), TreeDump.Of(again.Module));
            }
        }
    }

    private static string[] Seeds() =>
        [.. Suites.Evaluation().Select(t => t.Text).Distinct().Where(t => t.Length > 20)];
}
