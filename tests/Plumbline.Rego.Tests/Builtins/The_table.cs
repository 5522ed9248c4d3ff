using System.Reflection;
using Plumbline.Rego.Builtins;
using Plumbline.Values;

namespace Plumbline.Rego.Tests.Builtins;

public sealed class The_table
{
    [Fact]
    public void Lists_every_group()
    {
        var groups = typeof(Builtin)
            .Assembly.GetTypes()
            .Where(t => t is { IsAbstract: true, IsSealed: true } && t.Namespace == typeof(Builtin).Namespace)
            .Select(t => t.GetField("All", BindingFlags.Public | BindingFlags.Static)?.GetValue(null))
            .OfType<Builtin[]>();
        Assert.Equal(
            groups.SelectMany(g => g).Select(b => b.Name).Order(StringComparer.Ordinal),
            BuiltinTable.All.Keys.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Says_what_unknowns_do_wherever_a_row_has_a_rule_of_its_own() =>
        Assert.All(BuiltinTable.All.Values, b => Assert.Equal(b.Unknowns == UnknownRule.Possible, b.OnUnknown is null));

    [Fact]
    public void Knows_no_function_that_OPA_lacks_and_each_with_as_many_operands()
    {
        var capabilities = Json.Parse(File.ReadAllBytes(Shared.Path("conformance/rego/capabilities.json")))["builtins"];
        var arities = Enumerable
            .Range(0, capabilities.Count)
            .Select(i => capabilities[i])
            .ToDictionary(b => b["name"].Utf8.ToString(), b => b["decl"]["args"].Count);
        Assert.All(
            BuiltinTable.All.Values,
            b => Assert.Equal((b.Name, arities.GetValueOrDefault(b.Name, -1)), (b.Name, b.Arity))
        );
    }

    [Fact]
    public void Marks_what_v1_dropped_and_what_depends_on_more_than_operands()
    {
        var capabilities = Json.Parse(File.ReadAllBytes(Shared.Path("conformance/rego/capabilities.json")))["builtins"];
        for (var i = 0; i < capabilities.Count; i++)
        {
            var name = capabilities[i]["name"].Utf8.ToString();
            if (BuiltinTable.All.TryGetValue(name, out var builtin))
            {
                Assert.Equal(
                    (name, capabilities[i]["deprecated"].IsTrue, capabilities[i]["nondeterministic"].IsTrue),
                    (name, builtin.IsDeprecated, builtin.IsNondeterministic)
                );
            }
        }
    }
}
