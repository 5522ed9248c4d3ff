using Plumbline.Benchmarks;

// dotnet run -c Release --project bench/Plumbline.Benchmarks -- evidence|scan|startup|values
if (args is [ScanBenchmark.LapName, var estate, var store])
{
    ScanLap.Run(estate, store);
    return 0;
}

Dictionary<string, Action> benchmarks = new()
{
    ["evidence"] = EvidenceBenchmark.Run,
    ["scan"] = ScanBenchmark.Run,
    ["startup"] = StartupBenchmark.Run,
    ["values"] = ValuesBenchmarks.Run,
};
if (args is not [var name] || !benchmarks.TryGetValue(name, out var run))
{
    Console.Error.WriteLine($"expected one of: {string.Join(", ", benchmarks.Keys)}");
    return 2;
}

Console.WriteLine(Machine.Describe());
run();
return 0;
