using System.Text;

namespace Plumbline.Hostile.Inputs;

/// <summary>Policies made to cost without end, to nest without end, or to be no policy at all.</summary>
internal static class PolicyInputs
{
    private const string Head = """
        # METADATA
        # title: A guest
        # custom:
        #   resources: [k8s//Pod]
        #   impact: 0.9
        #   family: change
        #   rationale: None.
        #   fix: {text: None.}
        #   revision: 1
        package checks.demo.guest


        """;

    /// <summary>Bodies of <c>deny contains "x" if { … }</c>; <c>N</c> is a number by chance.</summary>
    private static readonly string[] Bodies =
    [
        "some a in numbers.range(1, N)\n some b in numbers.range(1, N)\n some c in numbers.range(1, N)\n a + b + c == 0",
        "count([1 | some a in numbers.range(1, N); some b in numbers.range(1, N)]) == -1",
        "count({[a, b] | some a in numbers.range(1, N); some b in numbers.range(1, N)}) == -1",
        "count({a: x | some a in numbers.range(1, N); x := [y | some y in numbers.range(1, N)]}) == -1",
        "every a in numbers.range(1, N) { every b in numbers.range(1, N) { a + b > 0 } }",
        "count(numbers.range(1, N000000000)) == 0",
        "count(numbers.range_step(N000000, -N000000, 1)) == 0",
        "walk(input, [a, _])\n walk(input, [b, _])\n walk(input, [c, _])\n walk(input, [d, _])\n walk(input, [e, _])\n count(a) + count(b) + count(c) + count(d) + count(e) < 0",
        "a := [x | some x in numbers.range(1, N)]\n b := [a | some _ in a]\n c := [b | some _ in a]\n d := [c | some _ in a]\n count(json.marshal(d)) == 0",
        "s := concat(\"\", [\"a\" | some _ in numbers.range(1, N)])\n t := concat(\"\", [s | some _ in numbers.range(1, N)])\n u := concat(\"\", [t | some _ in numbers.range(1, N)])\n count(u) == 0",
        "sprintf(\"%N000d\", [1]) == \"\"",
        "sprintf(\"%.Nf\", [1.5]) == \"\"",
        "sprintf(\"%s%s%s%d%v\", [input]) == \"\"",
        "regex.match(`(a+)+$`, concat(\"\", [\"a\" | some _ in numbers.range(1, N)]))",
        "regex.match(`(x+x+)+y`, concat(\"\", [\"x\" | some _ in numbers.range(1, N)]))",
        "regex.match(`((a{100}){100}){N}`, \"a\")",
        "regex.match(`(?=a)b`, \"ab\")",
        "regex.match(`(`, \"a\")",
        "regex.match(`[[:alpha:]]{1000}{1000}`, \"a\")",
        "count(regex.find_n(`a*`, concat(\"\", [\"ab\" | some _ in numbers.range(1, N)]), -1)) == 0",
        "regex.replace(concat(\"\", [\"a\" | some _ in numbers.range(1, N)]), `a`, concat(\"\", [\"b\" | some _ in numbers.range(1, N)])) == \"\"",
        "replace(concat(\"\", [\"a\" | some _ in numbers.range(1, N)]), \"a\", concat(\"\", [\"a\" | some _ in numbers.range(1, N)])) == \"\"",
        "glob.match(\"{{{a,b},{c,d}}*,**}\", [], concat(\"\", [\"a\" | some _ in numbers.range(1, N)]))",
        "count(net.cidr_expand(\"0.0.0.0/0\")) == 0",
        "count(net.cidr_expand(\"10.0.0.0/8\")) == 0",
        "bits.lsh(1, N000000) == 0",
        "to_number(\"1eN000000\") == 0",
        "1eN000000 == 0",
        "product([9 | some _ in numbers.range(1, N)]) == 0",
        "json.unmarshal(concat(\"\", [\"[\" | some _ in numbers.range(1, N000)])) == 0",
        "yaml.unmarshal(concat(\"\", [\"[\" | some _ in numbers.range(1, N000)])) == 0",
        "base64.decode(concat(\"\", [\"A\" | some _ in numbers.range(1, N000)])) == \"\"",
        "count(split(concat(\"\", [\"a,\" | some _ in numbers.range(1, N000)]), \",\")) == 0",
        "count(array.concat([x | some x in numbers.range(1, N000)], [x | some x in numbers.range(1, N000)])) == 0",
        "count(object.union_n([{k: k} | some k in numbers.range(1, N)])) == 0",
        "count(graph.reachable({a: [b | some b in numbers.range(1, N)] | some a in numbers.range(1, N)}, {1})) == 0",
        "count(graph.reachable_paths({\"a\": [\"b\", \"c\"], \"b\": [\"a\", \"c\"], \"c\": [\"a\", \"b\"]}, {\"a\"})) == 0",
        "json.patch(input, [{\"op\": \"add\", \"path\": \"/a\", \"value\": x} | some x in numbers.range(1, N)]) == 0",
        "count(sort([x | some x in numbers.range(1, N000)])) == 0",
        "time.parse_ns(\"2006\", concat(\"\", [\"9\" | some _ in numbers.range(1, N)])) == 0",
        "time.add_date(0, N000000, N000000, N000000) == 0",
        "units.parse(\"NNNNNNEi\") == 0",
        "semver.compare(concat(\"\", [\"9\" | some _ in numbers.range(1, N)]), \"1.0.0\") == 0",
        "http.send({\"method\": \"get\", \"url\": \"https://evil.example\"}).status_code == 200",
        "opa.runtime().env.HOME != \"\"",
        "net.lookup_ip_addr(\"evil.example\") == set()",
        "io.jwt.decode(concat(\".\", [\"a\" | some _ in numbers.range(1, N)])) == []",
        "crypto.sha256(concat(\"\", [\"a\" | some _ in numbers.range(1, N000)])) == \"\"",
        "strings.render_template(\"{{range .x}}{{.}}{{end}}\", {\"x\": numbers.range(1, N)}) == \"\"",
        "f(N) == 0",
        "g[input]",
        "input.x[_].y[_].z[_][_][_]",
        "x := 1 / 0\n x == 1",
        "data.checks",
        "data[_][_][_][_][_][_]",
        "input == data",
        "true\n } } }",
        "not not true",
        "x = y",
        "some x",
        "with input as input",
    ];

    /// <summary>Rules beside it, whole.</summary>
    private static readonly string[] Modules =
    [
        "deny contains \"x\" if deny",
        "a if b\nb if c\nc if a\ndeny contains \"x\" if a",
        "f(x) := f(x - 1)\ndeny contains \"x\" if f(10) == 1",
        "f(x) := g(x)\ng(x) := f(x)\ndeny contains \"x\" if f(1)",
        "deny contains msg if msg := input",
        "deny contains msg if some msg in numbers.range(1, 5000)",
        "deny contains {\"msg\": \"\\u001b[2J\\u202e\", \"place\": \"no pointer\", \"key\": \"\\n\"} if true",
        "deny contains {\"msg\": \"x\", \"place\": \"/~9/a\"} if true",
        "deny contains {\"msg\": {\"a\": 1}, \"place\": [], \"key\": 1} if true",
        "deny contains [[[[]]]] if true",
        "deny := 1",
        "deny := {\"a\": 1}",
        "deny contains \"x\"",
        "deny[x] { x := 1 }",
        "applies := \"yes\"\ndeny contains \"x\" if true",
        "applies := x if some x in [true, false]\ndeny contains \"x\" if true",
        "default deny := 1",
        "warn contains \"x\" if deny\ndeny contains \"y\" if warn",
        "import data.checks.demo.guest as guest\ndeny contains \"x\" if guest.deny",
        "deny contains \"x\" if data.checks.demo.guest.deny[_]",
    ];

    public static HostileInput At(int index)
    {
        var dice = new Dice((ulong)index + 600_001);
        var text = Text(index, dice);
        return new HostileInput(
            "policy",
            ("library/checks/demo/guest.rego", text),
            ("library/frameworks/demo.yaml", Library.Framework),
            Library.Checks[0],
            Library.Checks[1],
            Library.Checks[2]
        );
    }

    private static byte[] Text(int index, Dice dice)
    {
        if (index < 2 * Bodies.Length)
        {
            var number = index < Bodies.Length ? "1000" : dice.Of("10", "300", "9999", "100000");
            var body = Bodies[index % Bodies.Length].Replace("N", number, StringComparison.Ordinal);
            return Encoding.UTF8.GetBytes(
                $"{Head}f(n) := n if n < 0\nf(n) := f2(n) if n >= 0\nf2(n) := n\ng := {{1}}\n\ndeny contains \"x\" if {{\n {body}\n}}\n"
            );
        }

        index -= 2 * Bodies.Length;
        if (index < Modules.Length)
        {
            return Encoding.UTF8.GetBytes(Head + Modules[index]);
        }

        index -= Modules.Length;
        var texts = Endless();
        return index < texts.Count
            ? Encoding.UTF8.GetBytes(texts[index])
            : Mutation.Of(dice.Of([.. Library.Checks.Select(c => c.Bytes)]), dice);
    }

    private static IReadOnlyList<string> Endless() =>
        [
            "",
            "package",
            "package checks.demo.guest",
            Head,
            "# METADATA\n# title: [\npackage checks.demo.guest\n",
            $"# METADATA\n# title: {Manifests.Repeat("[", 5_000)}\npackage checks.demo.guest\n",
            $"{Head}deny contains \"x\" if {Manifests.Repeat("(", 20_000)}",
            $"{Head}deny contains \"x\" if {Manifests.Repeat("[", 20_000)}",
            $"{Head}deny contains \"x\" if {Manifests.Repeat("not ", 20_000)}x",
            $"{Head}deny contains \"x\" if {{ {Manifests.Repeat("{x|", 20_000)}",
            $"{Head}deny contains \"x\" if x{Manifests.Repeat(".a", 50_000)}",
            $"{Head}deny contains \"x\" if 1{Manifests.Repeat("+1", 50_000)} == 0",
            $"{Head}deny contains \"x\" if {{\n{Manifests.Repeat("true\n", 50_000)}}}",
            $"{Head}deny contains \"{Manifests.Repeat("x", 2 << 20)}\" if true",
            $"{Head}deny contains `{Manifests.Repeat("\n", 1 << 20)}` if true",
            $"{Head}a := 1 if false{Manifests.Repeat(" else := 2 if false", 5_000)}\ndeny contains \"x\" if a",
            Head
                + string.Concat(Enumerable.Range(0, 10_000).Select(i => $"r{i} := {i}\n"))
                + "deny contains \"x\" if r0 == r1",
            Head
                + string.Concat(Enumerable.Range(1, 2_000).Select(i => $"r{i} := r{i - 1}\n"))
                + "r0 := 1\ndeny contains \"x\" if r2000 == 2",
            Head
                + "r0 := [1]\n"
                + string.Concat(Enumerable.Range(1, 40).Select(i => $"r{i} := [r{i - 1}, r{i - 1}]\n"))
                + "deny contains \"x\" if count(json.marshal(r40)) == 0",
            Head
                + "r0 := \"aa\"\n"
                + string.Concat(Enumerable.Range(1, 60).Select(i => $"r{i} := concat(\"\", [r{i - 1}, r{i - 1}])\n"))
                + "deny contains \"x\" if r60 == \"\"",
            Head + Manifests.Repeat("import data.x\n", 10_000),
            $"{Head}deny contains \"x\" if input.{Manifests.Repeat("é", 1_000)}",
            $"{Head}deny contains \"\\ud800\" if true",
            $"{Head}deny contains \"x\" if \"\0\" == `\0`",
        ];
}
