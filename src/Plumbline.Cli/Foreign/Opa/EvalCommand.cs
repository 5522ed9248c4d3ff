using System.Globalization;
using System.Text;
using Plumbline.Rego;
using Plumbline.Rego.Syntax;
using Plumbline.Rego.Tracing;
using Plumbline.Values;

namespace Plumbline.Cli.Foreign.Opa;

/// <summary><c>opa eval</c>: evaluates a query.</summary>
/// <remarks>
/// The user's own policy runs without the limits of a guest: what ends it is Ctrl-C. What <c>print</c> says, and warnings,
/// go to standard error.
/// </remarks>
internal sealed class EvalCommand(GoFlags flags, HostEnvironment host, TextWriter output, TextWriter error)
{
    /// <summary>The depth bounds the stack, and stays.</summary>
    private static readonly Limits Unlimited = new(long.MaxValue, long.MaxValue) { MaxTime = TimeSpan.MaxValue };

    /// <exception cref="FormatException">The command line is wrong.</exception>
    /// <exception cref="OpaException">The input cannot be read.</exception>
    public int Run()
    {
        var form = EvalOutput.Named(flags.Text("format"), NumberOf("pretty-limit"));
        var explains = Explanation();
        Validate();
        var query = flags.IsOn("stdin") ? Encoding.UTF8.GetString(StandardInput()) : flags.Words[0];
        var result = Evaluate(query, Input(), explains);
        form.Write(result, output);
        return result.Errors.Count > 0 ? 2
            : flags.IsOn("fail") && result.Solutions.Length == 0 ? 1
            : flags.IsOn("fail-defined") && result.Solutions.Length > 0 ? 1
            : 0;
    }

    private void Validate()
    {
        var problem = (flags.Words.Count, flags.IsOn("stdin")) switch
        {
            (> 0, true) => "specify query argument or --stdin but not both",
            (0, false) => "specify query argument or --stdin",
            (> 1, _) => "specify at most one query argument",
            _ when flags.IsOn("stdin") && flags.IsOn("stdin-input") => "specify --stdin or --stdin-input but not both",
            _ when flags.IsOn("stdin-input") && flags.Text("input").Length > 0 =>
                "specify --stdin-input or --input but not both",
            _ when flags.IsOn("fail") && flags.IsOn("fail-defined") => "specify --fail or --fail-defined but not both",
            _ => null,
        };
        if (problem is not null)
        {
            throw new FormatException(problem);
        }
    }

    private EvalResult Evaluate(string query, Value input, ExplanationKind? explains)
    {
        var trace = explains is null ? null : new Trace();
        try
        {
            var (policy, data) = Load();
            var prepared = policy.Query(query, Understood());
            var options = new EvaluationOptions
            {
                Input = input,
                Data = data,
                Now = host.Clock.GetUtcNow(),
                StrictErrors = flags.IsOn("strict-builtin-errors"),
                Print = line => error.WriteLine(Shown.Of(line.Text)),
                Trace = trace,
                Limits = Unlimited,
            };
            var solutions = prepared.Evaluate(options, host.Interrupted);
            return new EvalResult(prepared.Statements, solutions) { Explanation = Explained() };
        }
        catch (Exception failed) when (EvalError.Of(failed) is { Count: > 0 } errors)
        {
            return new EvalResult([], []) { Errors = errors, Explanation = Explained() };
        }

        IReadOnlyList<string> Explained() =>
            trace is null ? [] : Rego.Tracing.Explanation.Lines(trace, explains!.Value);
    }

    private (Policy Policy, Value Data) Load()
    {
        var files = DataFiles.Read(flags.Each("data"), host);
        var options = new CompileOptions
        {
            Dialect = IsV0 ? DialectChoice.V0 : DialectChoice.V1,
            IsStrict = flags.IsOn("strict"),
        };
        var policy = Policy.Compile(files.Policies, options);
        foreach (var warning in policy.Warnings)
        {
            error.WriteLine($"warning: {Shown.Of(warning.ToString())}");
        }

        return (policy, files.Data);
    }

    private bool IsV0 => flags.IsOn("v0-compatible");

    private QueryOptions Understood() =>
        new()
        {
            Dialect = IsV0 ? Dialect.V0 : Dialect.V1,
            Package = flags.Text("package"),
            Imports = [.. flags.Each("import")],
            KeepsValues = true,
        };

    private Value Input()
    {
        if (flags.IsOn("stdin-input"))
        {
            return DataFiles.Document("standard input", StandardInput());
        }

        return flags.Text("input") is { Length: > 0 } path
            ? DataFiles.Document(path, DataFiles.Bytes(path, host))
            : default;
    }

    private byte[] StandardInput()
    {
        using var input = host.Input();
        using var all = new MemoryStream();
        input.CopyTo(all);
        return all.ToArray();
    }

    private ExplanationKind? Explanation()
    {
        var word = flags.Text("explain");
        foreach (var (known, kind) in EvalFlags.Explanations)
        {
            if (known == word)
            {
                return kind;
            }
        }

        var words = string.Join(", ", EvalFlags.Explanations.Select(e => e.Word));
        throw new FormatException($"invalid argument \"{word}\" for \"--explain\" flag: must be one of {words}");
    }

    private int NumberOf(string flag) =>
        int.TryParse(flags.Text(flag), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException(
                $"invalid argument \"{flags.Text(flag)}\" for \"--{flag}\" flag: must be a number"
            );
}
