using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using Plumbline.Rego;

namespace Plumbline.Policies.Tests.Checks;

/// <summary>CONTRACTS §1: each condition of a check, flipped, turns a case red; helpers in <c>content/lib</c> too.</summary>
/// <remarks>
/// A mutant is killed by a case whose verdict, places or repair it changes, else by what is written in <c>said/</c>: keys,
/// messages, and what is only possible. What means the same, so that no case can tell it from the check as it is written, stands
/// with its reason in <c>equivalent-mutants.txt</c>.
/// </remarks>
public sealed class Each_condition_of_a_check
{
    private static readonly ShippedLibrary Shipped = ShippedLibrary.Instance;

    private static readonly FrozenDictionary<string, string> Told = Shipped.Cases.ToFrozenDictionary(
        c => c.ToString(),
        c => Said.Of(Shipped.All, c)
    );

    private enum Fate
    {
        Survives,
        IsKilledByACase,
        IsKilledByWhatIsSaid,
        DoesNotCompile,
    }

    [LongFact]
    public void Turns_a_case_red_when_it_is_changed() => Change(1);

    /// <summary>Every twentieth change, in every run.</summary>
    [Fact]
    public void Turns_a_case_red_when_one_in_twenty_is_changed() => Change(20);

    private static void Change(int oneIn)
    {
        var all = Shipped.Modules.SelectMany(m => Mutants.Of(m.Source.Name, m)).ToList();
        ImmutableArray<Mutant> mutants = [.. all.Where((_, i) => i % oneIn == 0)];
        var fates = new Fate[mutants.Length];
        Parallel.For(0, mutants.Length, i => fates[i] = FateOf(mutants[i]));

        var counts = fates.CountBy(f => f).OrderBy(f => f.Key).Select(f => $"{f.Value} {f.Key}");
        TestContext.Current.TestOutputHelper?.WriteLine($"{mutants.Length} mutants: {string.Join(", ", counts)}");
        var equivalent = ReadEquivalents();
        var surprises = new StringBuilder();
        foreach (var (mutant, fate) in mutants.Zip(fates))
        {
            if (equivalent.Contains(mutant.Name) != (fate == Fate.Survives))
            {
                surprises.AppendLine($"{mutant} {fate}");
            }
        }

        surprises.AppendJoin('\n', equivalent.Except(all.Select(m => m.Name)).Select(name => $"{name} does not exist"));
        Assert.True(surprises.Length == 0, surprises.ToString());
    }

    private static HashSet<string> ReadEquivalents() =>
        [
            .. File.ReadLines(Repository.Path("tests/Plumbline.Policies.Tests/Checks/equivalent-mutants.txt"))
                .Where(line => line.Length > 0 && line[0] is not ('#' or '\t')),
        ];

    private static Fate FateOf(Mutant mutant)
    {
        LoadedChecks variant;
        try
        {
            variant = Shipped.Variant(mutant.File, mutant.Text);
        }
        catch (PolicyException)
        {
            return Fate.DoesNotCompile;
        }

        var asked = variant.Checks.Instances.Select(i => i.Check.Id).ToHashSet();
        var cases = Shipped.Cases.Where(c => asked.Contains(c.Check)).ToList();
        return cases.Exists(c => IsRed(c, variant)) ? Fate.IsKilledByACase
            : cases.Exists(c => Said.Of(variant, c) != Told[c.ToString()]) ? Fate.IsKilledByWhatIsSaid
            : Fate.Survives;
    }

    private static bool IsRed(CheckCase test, LoadedChecks variant)
    {
        try
        {
            return test.Refute(variant.Checks) is not null
                || (test.Expect == "fail" && Repair.Of(variant, test)?.Refute(variant.Checks) is not null);
        }
        catch (Exception fault) when (fault is FormatException or RegoException or BudgetException)
        {
            return true;
        }
    }
}
