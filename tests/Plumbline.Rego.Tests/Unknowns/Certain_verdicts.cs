using System.Globalization;
using System.Text;
using Plumbline.Rego.Evaluation;
using Plumbline.Values;

namespace Plumbline.Rego.Tests.Unknowns;

/// <summary>CONTRACTS §4.15: random programs over random documents; what is certain holds in every completion.</summary>
public sealed class Certain_verdicts
{
    private const int Completions = 25;

    private static readonly string[] Names =
    [
        "data.p.deny",
        "data.p.r",
        "data.p.flag",
        "data.p.names",
        "data.p.table",
        "data.p.deep",
        "data.p.sets",
    ];

    [Fact]
    public void Are_never_contradicted_by_a_completion() => Run(first: 1, programs: 4_000);

    [LongFact]
    public void Are_never_contradicted_by_a_completion_of_many_programs() => Run(first: 1_000_000, programs: 100_000);

    private static readonly UnknownRules[] Rules =
    [
        .. Enum.GetValues<UnknownRules>().Where(r => r != UnknownRules.None),
    ];

    private static void Run(int first, int programs)
    {
        var faults = new StringBuilder();
        var uses = Rules.ToDictionary(r => r, _ => 0);
        var (found, compiled) = (0, 0);
        for (var seed = first; seed < first + programs && found < 3; seed++)
        {
            var random = new Random(seed);
            var text = new RandomProgram(random).Module();
            if (TryCompile(text) is not { } policy)
            {
                continue;
            }

            compiled++;
            var maker = new RandomDocument(random);
            var document = maker.WithUnknowns();
            var used = Used(policy, document);
            foreach (var rule in Rules.Where(r => used.HasFlag(r)))
            {
                uses[rule]++;
            }

            var fault = Contradiction(policy, document, maker);
            if (fault is not null)
            {
                found++;
                faults.Append(CultureInfo.InvariantCulture, $"seed {seed}\n{text}\ninput {document}\n{fault}\n\n");
            }
        }

        var shares = uses.Select(u => $"{u.Key} {100.0 * u.Value / compiled:F1} %");
        TestContext.Current.TestOutputHelper!.WriteLine($"{compiled} programs: {string.Join(", ", shares)}");
        Assert.True(found == 0, faults.ToString());
        Assert.True(compiled > programs * 9 / 10, $"only {compiled} of {programs} programs compile");
        Assert.All(uses, u => Assert.True(u.Value * 100 >= compiled, $"{u.Key}: {u.Value} of {compiled} programs"));
    }

    /// <summary>The rules of unknown values that decide something when all documents are asked.</summary>
    private static UnknownRules Used(Policy policy, Value document)
    {
        var session = policy.Start(Options(document));
        try
        {
            foreach (var name in Names)
            {
                session.Ask(policy.Document(name)!);
            }
        }
        catch (RegoException)
        {
            // A certain conflict ends the session; what was used until then counts.
        }

        return session.Used;
    }

    private static Policy? TryCompile(string text)
    {
        try
        {
            return Policy.Compile([SourceText.Of("p.rego", text)]);
        }
        catch (PolicyException refused) when (refused.Diagnostics.All(d => d.Code is "rego_type_error"))
        {
            return null;
        }
    }

    private static string? Contradiction(Policy policy, Value document, RandomDocument maker)
    {
        foreach (var name in Names)
        {
            var claim = Ask(policy, name, document, tracks: true, Plan.Closures);
            var reference = Ask(policy, name, document, tracks: true, Plan.TreeWalker);
            if (claim.Text != reference.Text)
            {
                return $"{name}: closures {claim.Text}, tree walker {reference.Text}";
            }

            for (var i = 0; i < Completions; i++)
            {
                var whole = maker.Complete(document);
                var plain = Ask(policy, name, whole, tracks: false, Plan.Closures);
                var tracked = Ask(policy, name, whole, tracks: true, Plan.Closures);
                if (plain.Text != tracked.Text)
                {
                    return $"{name} of {whole}: plain {plain.Text}, plan for unknowns {tracked.Text}";
                }

                if (Refutes(plain, claim) is { } fault)
                {
                    return $"{name} of {whole}: claimed {claim.Text}, is {plain.Text}: {fault}";
                }
            }
        }

        return null;
    }

    private sealed record Claim(DocumentAnswer? Answer, string? Error)
    {
        public string Text =>
            Error ?? $"{Answer!.Value} {(Answer.Doubt is null ? "certain" : "possible")} {Answer.Possible.Length}";
    }

    private static Claim Ask(Policy policy, string name, Value input, bool tracks, Plan plan)
    {
        try
        {
            return new Claim(
                policy.Start(Options(input) with { ForcesTracking = tracks }, plan).Ask(policy.Document(name)!),
                null
            );
        }
        catch (RegoException error)
        {
            return new Claim(null, error.Code);
        }
    }

    /// <summary>The document is input, and base document besides.</summary>
    private static EvaluationOptions Options(Value document)
    {
        var data = new ObjectBuilder();
        data["q"] = document;
        return new EvaluationOptions { Input = document, Data = data.ToValue() };
    }

    /// <summary>Why the completion contradicts the claim; null where it does not.</summary>
    private static string? Refutes(Claim plain, Claim claim)
    {
        // An error, be it in a solution that is only possible, makes the verdict unknown (rule 13): it claims nothing.
        if (claim.Error is not null)
        {
            return null;
        }

        var claimed = claim.Answer!;
        if (claimed.Doubt is not null)
        {
            return null;
        }

        if (plain.Error is not null)
        {
            return claimed.Value.HasUnknowns ? null : "an error occurred where the value was certain";
        }

        return Fits(claimed.Value, plain.Answer!.Value) ? null : "the value is another";
    }

    /// <summary>Whether a known value may be what a claim with unknowns stands for.</summary>
    private static bool Fits(Value claim, Value actual)
    {
        if (claim.AsUnknown is { } unknown)
        {
            return actual.IsDefined && (unknown.Kind is null || unknown.Kind == actual.Kind);
        }

        if (!claim.HasUnknowns)
        {
            return claim.Equals(actual) || (claim.IsUndefined && actual.IsUndefined);
        }

        if (claim.Kind != actual.Kind)
        {
            return false;
        }

        return claim.Kind switch
        {
            ValueKind.Array when !claim.IsOpen => claim.Count == actual.Count
                && Enumerable.Range(0, claim.Count).All(i => Fits(claim[i], actual[i])),
            ValueKind.Object => ObjectFits(claim, actual),
            _ => Enumerable.Range(0, claim.Count).All(i => claim[i].HasUnknowns || HasMember(actual, claim[i])),
        };
    }

    private static bool ObjectFits(Value claim, Value actual)
    {
        for (var i = 0; i < claim.Count; i++)
        {
            var member = actual[claim.KeyAt(i)];
            var mayBeAbsent = claim[i].AsUnknown is { Present: false };
            if (member.IsUndefined ? !mayBeAbsent : !Fits(claim[i], member))
            {
                return false;
            }
        }

        return claim.IsOpen || actual.Count <= claim.Count;
    }

    private static bool HasMember(Value collection, Value member) =>
        Enumerable.Range(0, collection.Count).Any(i => collection[i].Equals(member));
}
