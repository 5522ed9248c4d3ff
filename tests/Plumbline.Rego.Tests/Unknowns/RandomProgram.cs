using System.Globalization;
using System.Text;

namespace Plumbline.Rego.Tests.Unknowns;

/// <summary>Writes small policies over documents of <see cref="RandomDocument"/>: every construct that the rules of unknown values speak of.</summary>
/// <remarks>The keys, values and depths are few, so that programs really meet what documents hold.</remarks>
internal sealed class RandomProgram(Random random)
{
    private readonly List<string> _bound = [];
    private int _names;

    /// <summary>A module <c>package p</c> with <c>deny</c> (partial set), <c>r</c> (complete) and helpers they use.</summary>
    public string Module()
    {
        var text = new StringBuilder("package p\n\n");
        text.Append(CultureInfo.InvariantCulture, $"flag if {{ {Scoped(() => Body(1))} }}\n\n");
        if (Chance(2))
        {
            text.Append("default flag := false\n\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"names contains {Scoped(() => HeadAfter(1))}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"f(x) := y if {{ {Scoped(Function)} }}{Else()}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"g(x) := {Pick(["x", "[x]", Constant()])}\n\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $"table[k] := v if {{ some k, v in {Collection()}; {Scoped(() => Condition(1))} }}\n\n"
        );
        text.Append(
            CultureInfo.InvariantCulture,
            $"deep[k][{Pick(["v", "\"a\""])}] := {Pick(["v", "1"])} if {{ {Pairs()} }}\n\n"
        );
        text.Append(
            CultureInfo.InvariantCulture,
            $"deep[\"a\"][{Constant()}] := 1 if {{ {Scoped(() => Condition(0))} }}\n\n"
        );
        text.Append(CultureInfo.InvariantCulture, $"sets[k] contains v if {{ {Pairs()} }}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"r := {Scoped(() => HeadAfter(1))}{Else()}\n\n");
        if (Chance(2))
        {
            text.Append(CultureInfo.InvariantCulture, $"default r := {Constant()}\n\n");
        }

        for (var i = random.Next(1, 3); i > 0; i--)
        {
            text.Append(CultureInfo.InvariantCulture, $"deny contains {Scoped(() => HeadAfter(2, helpers: true))}\n\n");
        }

        return text.ToString();
    }

    private bool _helpers;

    private string Pairs() => $"some k in {Collection()}; some v in {Collection()}; {Scoped(() => Condition(0))}";

    /// <summary><c>head if { body }</c>, the head last, because it may use what the body binds.</summary>
    private string HeadAfter(int depth, bool helpers = false)
    {
        _helpers = helpers;
        var body = Body(depth);
        var head = _bound.Count > 0 && Chance(2) ? Pick(_bound) : Constant();
        _helpers = false;
        return $"{head} if {{ {body} }}";
    }

    private string Function()
    {
        _bound.Add("x");
        var body = Condition(1);
        _bound.Remove("x");
        return $"{body}; y := {Pick(["x", Constant(), "count(x)", "[x]"])}";
    }

    private string Else() => Chance(2) ? $" else := {Constant()} if {{ {Scoped(() => Condition(1))} }}" : "";

    private string Scoped(Func<string> make)
    {
        var outer = _bound.ToArray();
        var text = make();
        _bound.Clear();
        _bound.AddRange(outer);
        return text;
    }

    private string Body(int depth) =>
        string.Join("; ", Enumerable.Range(0, random.Next(1, 4)).Select(_ => Condition(depth)));

    private string Condition(int depth)
    {
        switch (random.Next(depth > 0 ? 22 : 7))
        {
            case 0:
                return Operand();
            case 1:
                return $"{Operand()} {Pick(["==", "!=", "<", ">=", "="])} {Operand()}";
            case 2:
                return $"{Operand()} in {Collection()}";
            case 3:
                return $"count({Collection()}) {Pick([">", "==", "<", "!="])} {random.Next(4)}";
            case 4:
                return $"startswith({Operand()}, {Pick(["\"x\"", "\"xy\"", "\"\"", "\"z\""])})";
            case 5:
                return $"object.get({Path()}, \"{Key()}\", {Constant()}) == {Constant()}";
            case 6:
                return $"not {Operand()} == {Constant()}";
            case 7:
                return $"not {Simple()}";
            case 8:
                return Iterate(depth);
            case 9:
            {
                var name = Fresh();
                var collection = Collection();
                return $"every {name} in {collection} {{ {Scoped(() => { _bound.Add(name); return Condition(depth - 1); })} }}";
            }

            case 10:
            {
                var name = Fresh();
                var value = Comprehension(depth - 1);
                _bound.Add(name);
                return $"{name} := {value}";
            }

            case 11:
                return $"{Comprehension(depth - 1)} == {Comprehension(depth - 1)}";
            case 12 when _helpers:
                return Pick([
                    "flag",
                    "not flag",
                    $"{Constant()} in names",
                    "count(names) > 0",
                    $"f({Operand()})",
                    $"f({Operand()}) == {Constant()}",
                    $"table[\"{Key()}\"] == {Constant()}",
                    "r",
                    $"r == {Constant()}",
                    "not r",
                    $"deep.a[\"{Key()}\"] == {Constant()}",
                    $"count(deep.a) == {random.Next(3)}",
                    $"{Constant()} in sets.a",
                    $"count(sets.x) < {random.Next(3)}",
                ]);
            case 13 when _helpers:
                return Pick([
                    $"flag with input as {{\"{Key()}\": {Operand()}}}",
                    $"flag with input.{Key()} as {Operand()}",
                    $"not flag with input.{Key()}.{Key()} as {Operand()}",
                    $"r == {Constant()} with data.q.{Key()} as {Operand()}",
                    $"{Constant()} in names with data.q as {Operand()}",
                    $"f({Operand()}) == {Constant()} with f as {Pick(["g", Operand()])}",
                    $"flag with count as {Operand()}",
                ]);
            case 14:
                return Bind(Operand());

            case 15:
            {
                var (a, b) = (Fresh(), Fresh());
                var value = Collection();
                _bound.Add(a);
                _bound.Add(b);
                return $"[{a}, {b}] = {value}";
            }

            case 16:
                return $"sprintf(\"%v\", [{Operand()}]) == \"{Pick(["x", "1", "true"])}\"";
            case 17 when _helpers:
                return Bind(Pick(["r", "table", "deep", "sets", "names", $"f({Operand()})"]));
            case 18:
            {
                var (key, value) = (Fresh(), Fresh());
                var collection = Collection();
                return $"every {key}, {value} in {collection} {{ {Scoped(() =>
                {
                    _bound.Add(key);
                    _bound.Add(value);
                    return Condition(depth - 1);
                })} }}";
            }

            case 19:
                return $"not {{ {Scoped(() => $"{Condition(depth - 1)}; {Condition(depth - 1)}")} }}";
            case 20:
            {
                var (path, value) = (Fresh(), Fresh());
                var walked = Path();
                _bound.Add(value);
                return $"walk({walked}, [{path}, {value}])";
            }

            default:
                return $"{Collection()}[_] == {Operand()}";
        }
    }

    private string Bind(string value)
    {
        var name = Fresh();
        _bound.Add(name);
        return $"{name} := {value}";
    }

    private string Simple() =>
        Pick([
            Operand(),
            $"{Operand()} in {Collection()}",
            $"{Collection()}[_] == {Constant()}",
            $"count({Collection()}) > 1",
        ]);

    private string Iterate(int depth)
    {
        var (key, value) = (Fresh(), Fresh());
        var collection = Collection();
        var form = random.Next(4);
        if (form == 0)
        {
            _bound.Add(key);
        }

        _bound.Add(value);
        return form switch
        {
            0 => $"some {key}, {value} in {collection}",
            1 => $"some {value} in {collection}",
            2 => $"{value} := {collection}[_]",
            _ => $"some {value} in {collection}; {Condition(depth - 1)}",
        };
    }

    private string Comprehension(int depth)
    {
        return Scoped(() =>
        {
            var name = Fresh();
            var from = Chance(4) ? Comprehension0() : Collection();
            _bound.Add(name);
            var filter = Chance(2) ? $"; {Condition(Math.Min(depth, 0))}" : "";
            return random.Next(4) switch
            {
                0 => $"[{name} | some {name} in {from}{filter}]",
                1 => $"{{{name} | some {name} in {from}{filter}}}",
                2 => $"{{{name}: 1 | some {name} in {from}{filter}}}",
                _ => $"{{k: {name} | some k, {name} in {from}{filter}}}",
            };
        });
    }

    private string Comprehension0()
    {
        var name = Fresh();
        return $"{{{name} | some {name} in {Collection()}}}";
    }

    private string Operand() =>
        random.Next(4) switch
        {
            0 when _bound.Count > 0 => Pick(_bound),
            1 => Constant(),
            _ => Path(),
        };

    private string Collection() =>
        random.Next(5) switch
        {
            0 when _bound.Count > 0 => Pick(_bound),
            1 => Pick([
                "[1, 2]",
                "{1, \"x\"}",
                "{\"a\": 1}",
                $"[{Path()}, 1]",
                $"{{{Path()}, 1}}",
                $"{{\"a\": {Path()}}}",
            ]),
            _ => Path(),
        };

    private string Path()
    {
        var text = new StringBuilder(Chance(10) ? "data.q" : "input");
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            text.Append(
                random.Next(6) switch
                {
                    0 => $"[{random.Next(3)}]",
                    1 when _bound.Count > 0 => $"[{Pick(_bound)}]",
                    _ => $".{Key()}",
                }
            );
        }

        return text.ToString();
    }

    private string Constant() =>
        Pick(["true", "false", "null", "0", "1", "2", "\"x\"", "\"xy\"", "[]", "[1]", "{\"a\": 1}"]);

    private string Key() => Pick(["a", "b", "c"]);

    private string Fresh() => string.Create(CultureInfo.InvariantCulture, $"v{++_names}");

    private bool Chance(int of) => random.Next(of) == 0;

    private string Pick(IReadOnlyList<string> from) => from[random.Next(from.Count)];
}
