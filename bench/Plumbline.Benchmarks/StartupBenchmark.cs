using System.Globalization;

namespace Plumbline.Benchmarks;

/// <summary>Start-up: whole processes beside OPA's, in turn. <c>--version</c>, and one small file from the disk to the verdict.</summary>
/// <remarks>
/// OPA reads, evaluates and prints. A scan also looks through all checks and frameworks, seals what it found and signs it.
/// `./plumb` is measured as it is typed, its look for changed sources included. The bar is twice OPA's time.
/// </remarks>
internal static class StartupBenchmark
{
    private const int Laps = 41;

    private const string Manifest = """
        apiVersion: v1
        kind: Pod
        metadata: {name: web, namespace: shop}
        spec:
          containers:
          - name: web
            image: registry.example.org/shop/web:1.2.3
            securityContext: {privileged: true}

        """;

    private const string Policy = """
        package shop

        deny contains msg if {
          some container in input.spec.containers
          container.securityContext.privileged
          msg := sprintf("container `%s` is privileged", [container.name])
        }

        """;

    /// <param name="Answer">What has to stand in the output: the same work, or no race.</param>
    private sealed record Command(string Name, string Program, string[] Arguments, string Answer);

    public static void Run()
    {
        var folder = Directory.CreateTempSubdirectory("plumb-bench").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "pod.yaml"), Manifest);
            File.WriteAllText(Path.Combine(folder, "policy.rego"), Policy);
            var (plumb, opa) = (Peers.Plumb(), Peers.Opa());
            string[] evaluate = ["eval", "--data", "policy.rego", "--input", "pod.yaml", "data.shop.deny"];
            const string Denied = "container `web` is privileged";
            Race(
                folder,
                "the version",
                new Command("opa version", opa, ["version"], "Version: "),
                new Command("./plumb --version", plumb, ["--version"], "plumb ")
            );
            Race(
                folder,
                "one small manifest",
                new Command("opa eval", opa, evaluate, Denied),
                new Command("./plumb eval", plumb, evaluate, Denied),
                new Command("./plumb scan", plumb, ["scan", "pod.yaml"], Denied)
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Lets the first one run against the others; each has one lap more, which warms the disk.</summary>
    private static void Race(string folder, string name, params Command[] commands)
    {
        var costs = commands.Select(_ => new List<Cost>()).ToArray();
        for (var lap = 0; lap <= Laps; lap++)
        {
            for (var i = 0; i < commands.Length; i++)
            {
                var command = commands[i];
                var cost = Peers.Run(command.Program, command.Arguments, folder);
                if (!cost.Output.Contains(command.Answer, StringComparison.Ordinal))
                {
                    throw new InvalidOperationException(
                        $"expected `{command.Answer}` of `{command.Name}`, got `{cost.Output}`"
                    );
                }

                costs[i].Add(cost);
            }
        }

        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}, {Laps} laps in turn, medians"));
        var (cpu, wall) = (Median(costs[0], c => c.Cpu), Median(costs[0], c => c.Wall));
        for (var i = 0; i < commands.Length; i++)
        {
            var (ownCpu, ownWall) = (Median(costs[i], c => c.Cpu), Median(costs[i], c => c.Wall));
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {commands[i].Name, -18} CPU {ownCpu, 6:N1} ms {ownCpu / cpu, 5:N2} times   wall {ownWall, 6:N1} ms {ownWall / wall, 5:N2} times"
                )
            );
        }
    }

    private static double Median(List<Cost> costs, Func<Cost, TimeSpan> of) =>
        costs.Skip(1).Select(c => of(c).TotalMilliseconds).Order().ElementAt(Laps / 2);
}
