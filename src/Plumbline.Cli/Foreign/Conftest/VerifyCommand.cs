using Plumbline.Policies.Conftest;
using Plumbline.Rego.Testing;

namespace Plumbline.Cli.Foreign.Conftest;

/// <summary><c>conftest verify</c>: runs the unit tests of policies. Words besides the flags are passed over, as conftest does.</summary>
internal sealed class VerifyCommand(GoFlags flags, HostEnvironment host, TextWriter output, TextWriter error)
{
    private static readonly string[] Reports = ["full", "notes", "fails"];

    /// <exception cref="ConftestException">Nothing was run, or a test ended in an error.</exception>
    public int Run()
    {
        var report = flags.Text("report");
        if (report.Length > 0 && !Reports.Contains(report))
        {
            throw new FormatException($"unknown report `{report}`: expected one of {string.Join(", ", Reports)}");
        }

        if (report.Length > 0 && flags.Text("output") != "stdout")
        {
            throw new FormatException("report flag is supported with stdout only");
        }

        var form = Outputs.Named(flags);
        var tests = Verify();
        var code = tests.Exists(t => t.Verdict == RegoTestVerdict.Fail) ? 1 : 0;
        if (flags.IsOn("quiet") && code == 0)
        {
            return code;
        }

        if (report.Length > 0)
        {
            TestReport.Write(tests, output);
        }
        else
        {
            var skipping = form with { Options = form.Options with { ShowsSkipped = true } };
            skipping.Write([.. tests.Select(t => t.ToResult())], output, error);
        }

        return code;
    }

    private List<ConftestTest> Verify()
    {
        try
        {
            var options = EngineOptions.Of(flags, host) with { ShowsBuiltinErrors = flags.IsOn("show-builtin-errors") };
            return [.. ConftestEngine.Load(options).Verify(flags.List("namespace"))];
        }
        catch (ConftestException wrong)
        {
            throw new ConftestException($"running verification: {wrong.Message}");
        }
    }
}
