using System.Reflection;
using Plumbline.Core.Evidence;

namespace Plumbline.Core.Tests.Evidence;

public sealed class An_engine
{
    private static readonly Assembly[] Assemblies = [typeof(Values.Value).Assembly, typeof(EngineDigest).Assembly];

    [Fact]
    public void Is_named_alike_in_whatever_order_its_assemblies_come() =>
        Assert.Equal(
            EngineDigest.Of(Assemblies, new Version(10, 0, 1)),
            EngineDigest.Of(Assemblies.Reverse().Append(Assemblies[0]), new Version(10, 0, 1))
        );

    [Fact]
    public void Is_another_with_another_assembly_or_runtime()
    {
        var engine = EngineDigest.Of(Assemblies, new Version(10, 0, 1));

        Assert.NotEqual(engine, EngineDigest.Of(Assemblies, new Version(10, 0, 2)));
        Assert.NotEqual(engine, EngineDigest.Of(Assemblies.Append(typeof(An_engine).Assembly), new Version(10, 0, 1)));
    }

    [Fact]
    public void Is_named_by_the_lines_that_the_format_promises()
    {
        var lines =
            $"Plumbline.Core {typeof(EngineDigest).Module.ModuleVersionId}\n"
            + $"Plumbline.Values {typeof(Values.Value).Module.ModuleVersionId}\n"
            + "runtime 10.0.1\n";

        Assert.Equal(SampleEstate.Sha(lines), EngineDigest.Of(Assemblies, new Version(10, 0, 1)));
    }
}
