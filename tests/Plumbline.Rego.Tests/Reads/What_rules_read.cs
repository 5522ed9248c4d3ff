using System.Globalization;
using System.Text;
using Plumbline.Rego.Reads;
using Plumbline.Rego.Tests.Evaluation;
using Plumbline.Rego.Tests.Unknowns;
using Plumbline.Values;

namespace Plumbline.Rego.Tests.Reads;

public sealed class What_rules_read
{
    [Theory]
    [InlineData("deny contains \"x\" if input.a.b == 1", "input/a/b")]
    [InlineData("deny contains \"x\" if not input.a.b", "input/a/b")]
    [InlineData("deny contains \"x\" if input.a[\"b/c\"]", "input/a/b/c")]
    [InlineData("deny contains c.name if some c in input.cs", "input/cs/ input/cs/*/name")]
    [InlineData(
        "deny contains \"x\" if { some c in input.cs; f(c, \"on\") }\nf(o, k) if o[k] == true",
        "input/cs/ input/cs/*/on"
    )]
    [InlineData("deny contains i if some i, _ in input.cs", "input/cs/")]
    [InlineData("deny contains \"x\" if count(input.cs) > 2", "input/cs/")]
    [InlineData("deny contains \"x\" if object.get(input.o, \"k\", 1) == 2", "input/o/k")]
    [InlineData("deny contains \"x\" if startswith(input.o.k, \"a\")", "input/o/k")]
    [InlineData("deny contains \"x\" if { some k in {\"a\", \"b\"}; input.o[k] }", "input/o/a input/o/b")]
    [InlineData("deny contains \"x\" if { k := input.key; input.o[k] }", "input/key input/o/*")]
    [InlineData("deny contains \"x\" if { [a, _] := input.pair; a == 1 }", "input/pair/ input/pair/0")]
    [InlineData("deny contains \"x\" if every c in input.cs { c.on }", "input/cs/ input/cs/*/on")]
    [InlineData("deny contains \"x\" if { xs := [c.n | some c in input.cs]; xs[0] == 1 }", "input/cs/ input/cs/*/n")]
    [InlineData(
        "deny contains \"x\" if pod.spec.host\npod := {\"spec\": input.spec, \"all\": input.spec}",
        "input/spec/host"
    )]
    [InlineData("deny contains \"x\" if data.plumb.self.key == input.k", "data/plumb/self/key input/k")]
    [InlineData("deny contains \"x\" if { input.a; input.a.b }", "input/a")]
    [InlineData("deny contains \"x\" if input.a with input.b as 1", "data input")]
    [InlineData("deny contains \"x\" if { print(input.z); input.a }", "input/a")]
    [InlineData("deny contains \"x\" if { _ := input.a }", "input/a?")]
    [InlineData("deny contains \"x\" if f(input.a)\nf(_) := true", "input/a?")]
    [InlineData("deny contains \"x\" if 1 == 1", "")]
    public void Is_found_in_the_text(string rules, string places) =>
        Assert.Equal(places, string.Join(' ', Reads($"package p\n{rules}\n", "deny").Places));

    [Fact]
    public void Is_shown_with_what_stands_there()
    {
        var reads = Reads("package p\ndeny contains c.name if { some c in input.cs; c.on }\n", "deny");
        var input = Json.Parse("""{"cs": [{"name": "a", "on": true}, {"name": "b"}], "other": 1}""");

        Assert.Equal(
            """[["absent","input/cs/1/on"],["members","input/cs",2],["value","input/cs/0/name","a"],["value","input/cs/0/on",true],["value","input/cs/1/name","b"]]""",
            Jcs.ToText(reads.In(input, Value.EmptyObject))
        );
    }

    [Fact]
    public void Does_not_change_with_anything_else_of_the_document()
    {
        var reads = Reads("package p\ndeny contains \"x\" if { some c in input.cs; c.on }\n", "deny");

        Assert.Equal(
            reads.In(Json.Parse("""{"cs": [{"on": true, "image": "a:1"}], "replicas": 1}"""), Value.EmptyObject),
            reads.In(Json.Parse("""{"replicas": 7, "cs": [{"image": "a:2", "on": true}]}"""), Value.EmptyObject)
        );
    }

    [Fact]
    public void Tells_what_was_not_told_from_what_is_not_there()
    {
        var reads = Reads("package p\ndeny contains \"x\" if input.a\n", "deny");
        var unknown = Value.Of(new Unknown { Id = "var.a", Cause = "var.a" });
        var document = new ObjectBuilder { ["a"] = unknown }.ToValue();

        Assert.StartsWith("""[["unknown","input/a",""", Jcs.ToText(reads.In(document, Value.EmptyObject)));
    }

    /// <summary>Documents that are alike wherever the rules read give the same answer, in every program that can be written.</summary>
    [Fact]
    public void Is_all_that_the_answer_depends_on()
    {
        var faults = new StringBuilder();
        var (alike, whole) = (0, 0);
        for (var seed = 1; seed < 4_000; seed++)
        {
            var random = new Random(seed);
            if (TryCompile(new RandomProgram(random).Module()) is not { } policy)
            {
                continue;
            }

            var maker = new RandomDocument(random);
            var document = maker.WithUnknowns();
            foreach (var name in new[] { "data.p.deny", "data.p.r", "data.p.table" })
            {
                var reads = Policy.ReadsOf(policy.Document(name)!);
                whole += reads.Places.Contains("input") ? 1 : 0;
                var (left, right) = (maker.Complete(document), maker.Complete(document));
                if (left == right || reads.In(left, Value.EmptyObject) != reads.In(right, Value.EmptyObject))
                {
                    continue;
                }

                alike++;
                var (one, other) = (Ask(policy, name, left), Ask(policy, name, right));
                if (one != other)
                {
                    faults.AppendLine(
                        CultureInfo.InvariantCulture,
                        $"seed {seed}, {name}\n{System.Text.Encoding.UTF8.GetString(policy.Modules[0].Source.Bytes)}\n{left}\n{right}\n{one}\n{other}\nreads {string.Join(' ', reads.Places)}"
                    );
                }
            }
        }

        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{alike} pairs alike where it counts, {whole} that read everything"
        );
        Assert.True(faults.Length == 0, faults.ToString());
        Assert.True(alike > 100, $"only {alike} pairs differ where nothing is read");
    }

    private static ReadSet Reads(string module, string document) =>
        Policy.ReadsOf(Policies.Of(module).Document($"data.p.{document}")!);

    private static string Ask(Policy policy, string name, Value input)
    {
        try
        {
            return $"{policy.Start(new EvaluationOptions { Input = input }).Ask(policy.Document(name)!).Value}";
        }
        catch (RegoException error)
        {
            return error.Code;
        }
    }

    private static Policy? TryCompile(string text)
    {
        try
        {
            return Policy.Compile([SourceText.Of("p.rego", text)]);
        }
        catch (PolicyException)
        {
            return null;
        }
    }
}
