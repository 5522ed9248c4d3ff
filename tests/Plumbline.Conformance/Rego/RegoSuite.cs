using System.Text;
using Plumbline.Rego;
using Plumbline.Rego.Syntax;
using Plumbline.Values;

namespace Plumbline.Conformance.Rego;

/// <summary>OPA's evaluation cases: modules, data and input, a query, and its result or error.</summary>
/// <remarks>A case counts as passed where its result is equal (sets as sorted arrays, numbers by value), or its error has the code asked for.</remarks>
internal static class RegoSuite
{
    private static readonly DateTimeOffset Clock = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public static Outcome Run(Value line, SuiteOptions options)
    {
        var test = line["case"];
        var dialect = line["rego_version"].Utf8 == "v0" ? DialectChoice.V0 : DialectChoice.V1;
        var wantedCode = test["want_error_code"];
        var wantedText = test["want_error"];
        var wantsError = wantedCode.IsString || wantedText.IsString;
        string actual;
        try
        {
            actual = Evaluate(test, dialect, options);
        }
        catch (RegoException error)
        {
            var code = wantedCode.IsString ? wantedCode.Utf8.ToString() : error.Code;
            return wantsError && error.Code == code
                ? Outcome.Passed
                : Outcome.Failed($"error {error.Message}, wanted {wantedCode} {wantedText}");
        }

        if (wantsError)
        {
            return Outcome.Failed($"wanted {wantedCode} {wantedText}, got {actual}");
        }

        var wanted = Canonical(Items(test["want_result"]));
        return actual == wanted ? Outcome.Passed : Outcome.Failed($"wanted {wanted}\n   got {actual}");
    }

    private static string Evaluate(Value test, DialectChoice dialect, SuiteOptions options)
    {
        var modules = Items(test["modules"]).Select((m, i) => new SourceText($"test-{i}.rego", m.Utf8.Span.ToArray()));
        var policy = Policy.Compile(modules, dialect);
        var query = policy.Query(test["query"].Utf8.ToString(), options.Plan);
        var solutions = query.Evaluate(
            new EvaluationOptions
            {
                Input = test["input_term"].IsString ? Term(policy, test["input_term"].Utf8.ToString()) : test["input"],
                Data = test["data"].IsObject ? test["data"] : Value.EmptyObject,
                Now = Clock,
                StrictErrors = test["strict_error"].IsTrue,
                ForcesTracking = options.Tracking,
            }
        );
        var sorts = test["sort_bindings"].IsTrue;
        var hides = test["ignore_generated_vars"].IsTrue;
        return Canonical(
            solutions.Select(s =>
            {
                var bindings = new ObjectBuilder();
                foreach (var (name, value) in s.Bindings)
                {
                    if (!(hides && name.StartsWith("__localq", StringComparison.Ordinal)))
                    {
                        bindings[name] =
                            sorts && (value.IsArray || value.IsSet) ? Sorted(Json.Parse(Jcs.ToBytes(value))) : value;
                    }
                }

                return bindings.ToValue();
            })
        );
    }

    private static Value Term(Policy policy, string text) =>
        policy.Query($"x = {text}").Evaluate(new EvaluationOptions())[0].Bindings["x"];

    private static Value Sorted(Value array)
    {
        var items = Items(array).ToArray();
        Array.Sort(items);
        return Value.ArrayOf(items);
    }

    private static IEnumerable<Value> Items(Value array) => Enumerable.Range(0, array.Count).Select(i => array[i]);

    /// <summary>A set of objects as one text; results are compared as sets.</summary>
    private static string Canonical(IEnumerable<Value> results) =>
        string.Join(
            '\n',
            results.Select(r => Encoding.UTF8.GetString(Jcs.ToBytes(r))).Distinct().Order(StringComparer.Ordinal)
        );
}
