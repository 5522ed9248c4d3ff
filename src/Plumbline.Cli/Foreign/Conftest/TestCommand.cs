using Plumbline.Policies.Conftest;
using Plumbline.Rego;
using Plumbline.Rego.Syntax;
using Plumbline.Rego.Tracing;

namespace Plumbline.Cli.Foreign.Conftest;

/// <summary><c>conftest test FILE…</c>: puts every document to the rules of a package, or of several.</summary>
internal sealed class TestCommand(GoFlags flags, HostEnvironment host, TextWriter output, TextWriter error)
{
    /// <exception cref="ConftestException">Nothing was tested.</exception>
    public int Run()
    {
        if (flags.Words.Count == 0)
        {
            throw new FormatException("missing required arguments");
        }

        var print = Outputs.Named(flags);
        try
        {
            var results = Check();
            var code = ExitCode(results);
            if (!flags.IsOn("quiet") || code != 0)
            {
                print.Write(results, output, error);
            }

            return flags.IsOn("no-fail") ? 0 : code;
        }
        catch (ConftestException wrong)
        {
            throw new ConftestException($"running test: {wrong.Message}");
        }
    }

    private List<CheckResult> Check()
    {
        var input = new InputFiles(host);
        var files = input.Read(input.Find(flags.Words, flags.Text("ignore")), flags.Text("parser"));
        var engine = ConftestEngine.Load(
            EngineOptions.Of(flags, host) with
            {
                ShowsBuiltinErrors = flags.IsOn("show-builtin-errors"),
            }
        );
        var packages = flags.IsOn("all-namespaces") ? engine.Namespaces : engine.Select(flags.List("namespace"));
        return [.. packages.SelectMany(p => Check(engine, files, p))];
    }

    private IEnumerable<CheckResult> Check(ConftestEngine engine, IReadOnlyList<ConfigFile> files, string package)
    {
        if (flags.IsOn("combine"))
        {
            var all = Combination.Of(files.Select(f => (f.Path, f.Documents)));
            return [engine.Check(Combination.Name, all, package)];
        }

        return files.Select(f =>
            f.Documents.Select(d => engine.Check(f.Path, d, package))
                .Aggregate(new CheckResult { FileName = f.Path, Namespace = package }, CheckResult.Sum)
        );
    }

    /// <summary>1 for failures; under <c>--fail-on-warn</c> 2 for failures, 1 for warnings alone.</summary>
    private int ExitCode(List<CheckResult> results)
    {
        var (fails, warns) = (results.Exists(r => !r.Failures.IsEmpty), results.Exists(r => !r.Warnings.IsEmpty));
        return flags.IsOn("fail-on-warn")
            ? fails
                ? 2
                : warns
                    ? 1
                    : 0
            : fails
                ? 1
                : 0;
    }
}

/// <summary>What <c>test</c> and <c>verify</c> load alike.</summary>
internal static class EngineOptions
{
    /// <exception cref="ConftestException">There is no such version of the language.</exception>
    public static ConftestOptions Of(GoFlags flags, HostEnvironment host)
    {
        var data = flags.List("data");
        return new ConftestOptions
        {
            Policies = flags.List("policy"),
            Data =
                data.Count > 0 ? data
                : Directory.Exists(Path.Combine(host.WorkingFolder, "data")) ? ["data"]
                : [],
            Folder = host.WorkingFolder,
            Explains = flags.IsOn("trace") ? ExplanationKind.Full : null,
            Clock = host.Clock,
            Compile = new CompileOptions
            {
                IsStrict = flags.IsOn("strict"),
                Dialect = flags.Text("rego-version").ToLowerInvariant() switch
                {
                    "v0" => DialectChoice.V0,
                    "v1" => DialectChoice.V1,
                    var other => throw new ConftestException($"load: loading policies: invalid Rego version: {other}"),
                },
            },
        };
    }
}
