using System.Collections.Concurrent;
using System.Collections.Frozen;
using Plumbline.Core;
using Plumbline.Rego;

namespace Plumbline.Policies.Tests.Checks;

/// <summary>CONTRACTS §1: each condition of a check, flipped, turns a case red; helpers in <c>content/lib</c> too.</summary>
/// <remarks>
/// A mutant is killed by a case whose verdict, places or repair it changes. One of a constant that words a message or names a
/// part may also be killed by what is written in <c>said/</c>. What no case can tell from the check as it is, because it
/// means the same, stands with its reason in <c>equivalent-mutants.txt</c>.
/// </remarks>
public sealed class Each_condition_of_a_check
{
    private static ShippedLibrary Shipped => ShippedLibrary.Instance;

    private enum Fate
    {
        DoesNotCompile,
        KilledByCase,
        KilledByText,
        Survived,
    }

    [Fact]
    public void Turns_a_case_red_when_it_is_changed()
    {
        var said = Shipped.Cases.ToFrozenDictionary(c => c.ToString(), c => Said.Of(Shipped.All, c));
        var fates = new ConcurrentDictionary<Mutant, Fate>();
        Parallel.ForEach(
            Shipped.Modules.SelectMany(m => Mutants.Of(m.Source.Name, m)),
            mutant => fates[mutant] = FateOf(mutant, said)
        );
        var counts = fates.Values.CountBy(f => f).OrderBy(f => f.Key).Select(f => $"{f.Key} {f.Value}");
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", counts));
        var survivors = fates.Where(f => f.Value == Fate.Survived).Select(f => f.Key.ToString()).Order(Ordinal.Comparer);
        Assert.Equal("", string.Join('\n', survivors.Prepend(string.Join(", ", counts))));
    }

    private static Fate FateOf(Mutant mutant, FrozenDictionary<string, string> said)
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
        return cases.Exists(c => IsRed(c, variant)) ? Fate.KilledByCase
            : !mutant.IsCondition && cases.Exists(c => Said.Of(variant, c) != said[c.ToString()]) ? Fate.KilledByText
            : Fate.Survived;
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
