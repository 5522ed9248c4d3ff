using System.Globalization;
using Plumbline.Conformance;

// usage: SUITE PATH [--failures] [--plan closures|walker] [--tracking]
// The last line is always `N passed, N failed, N skipped`.
if (args.Length < 2 || !Suites.All.TryGetValue(args[0], out var suite) || !File.Exists(args[1]))
{
    Console.Error.WriteLine(
        $"usage: SUITE PATH [--failures] [--plan closures|walker] [--tracking], SUITE one of {string.Join(", ", Suites.All.Keys)}"
    );
    return 2;
}

var options = new SuiteOptions(
    args.Contains("--plan") && args[Array.IndexOf(args, "--plan") + 1] == "walker"
        ? Plumbline.Rego.Plan.TreeWalker
        : Plumbline.Rego.Plan.Closures,
    args.Contains("--tracking")
);
var (passed, failed, skipped) = (0, 0, 0);
foreach (var line in File.ReadLines(args[1]).Where(l => l.Length > 0))
{
    var outcome = suite(line, options);
    switch (outcome.Kind)
    {
        case OutcomeKind.Passed:
            passed++;
            break;
        case OutcomeKind.Skipped:
            skipped++;
            break;
        default:
            failed++;
            if (args.Contains("--failures"))
            {
                Console.WriteLine($"{outcome.Id}\n    {outcome.Detail.ReplaceLineEndings("\n    ")}");
            }

            break;
    }
}

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{passed} passed, {failed} failed, {skipped} skipped"));
return failed == 0 ? 0 : 1;
