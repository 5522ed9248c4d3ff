using Plumbline.Conformance.Conftest;
using Plumbline.Conformance.Rego;

namespace Plumbline.Conformance;

/// <summary>The suites that can be run. A new one is a folder of its own and a line here.</summary>
internal static class Suites
{
    public static IReadOnlyList<Suite> All { get; } =
    [new("conftest", ConftestSuite.Run) { Category = ConftestSuite.Category }, new("rego", RegoSuite.Run)];

    public static Suite? Find(string name) => All.FirstOrDefault(s => s.Name == name);
}
