using System.Text;
using Plumbline.Values;

namespace Plumbline.Rego.Tests.Evaluation;

/// <summary>CONTRACTS §6, Budgets: what decides is counted, so it is the same everywhere.</summary>
public sealed class Budgets
{
    private const string Ranges = """
        package p
        p contains a if {
            some a in numbers.range(1, 100000)
            some b in numbers.range(1, 100000)
            a * b == 0
        }
        """;

    private const string Products = """
        package p
        xs := numbers.range(1, 100)
        p := [1 | some a in xs; some b in xs; some c in xs; some d in xs; a + b + c + d == 0]
        """;

    [Theory]
    [InlineData(Ranges)]
    [InlineData(Products)]
    public void End_a_policy_without_end_by_its_steps(string text)
    {
        var options = new EvaluationOptions { Limits = new Limits(MaxSteps: 200_000) };
        var runs = Way.All.Select(w => Run.Of(Policies.Of(text), "data.p.p", w, options)).ToList();
        Assert.Equal("the evaluation needs more than 200,000 steps", runs[0].Outcome);
        Assert.All(runs, r => Assert.Equal(runs[0], r));
    }

    [Fact]
    public void End_a_text_that_doubles_by_its_bytes()
    {
        var text = new StringBuilder("package p\np := x40 if {\nx0 := \"0123456789\"\n");
        for (var i = 1; i <= 40; i++)
        {
            text.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"x{i} := concat(\"\", [x{i - 1}, x{i - 1}])\n"
            );
        }

        var policy = Policies.Of(text + "}");
        var options = new EvaluationOptions { Limits = new Limits(MaxValueBytes: 1 << 20) };
        var runs = Way.All.Select(w => Run.Of(policy, "data.p.p", w, options)).ToList();
        Assert.Equal("the evaluation needs more than 1,048,576 bytes of values", runs[0].Outcome);
        Assert.All(runs, r => Assert.Equal(runs[0], r));
    }

    [Fact]
    public void End_a_list_that_holds_itself_many_times_by_its_bytes()
    {
        var policy = Policies.Of(
            """
            package p
            p := count(json.marshal(d)) if {
            	a := [x | some x in numbers.range(1, 1000)]
            	b := [a | some _ in a]
            	c := [b | some _ in a]
            	d := [c | some _ in a]
            }
            """
        );
        var options = new EvaluationOptions { Limits = new Limits(MaxValueBytes: 16 << 20) };
        var runs = Way.All.Select(w => Run.Of(policy, "data.p.p", w, options)).ToList();
        Assert.Equal("the evaluation needs more than 16,777,216 bytes of values", runs[0].Outcome);
        Assert.All(runs, r => Assert.Equal(runs[0], r));
    }

    [Fact]
    public void End_a_range_without_end_before_it_is_made()
    {
        var policy = Policies.Of("package p\np := count(numbers.range(1, 1000000000000000000000))");
        var runs = Way.All.Select(w => Run.Of(policy, "data.p.p", w, new EvaluationOptions())).ToList();
        Assert.Equal("the evaluation needs more than 50,000,000 steps", runs[0].Outcome);
        Assert.All(runs, r => Assert.Equal(runs[0], r));
    }

    [Fact]
    public void Allow_exactly_what_was_needed()
    {
        var policy = Policies.Of("package p\np := count([x | some x in numbers.range(1, 200)])");
        var needed = Run.Of(policy, "x = data.p.p", Way.All[0], new EvaluationOptions());
        var enough = new EvaluationOptions { Limits = new Limits(MaxSteps: needed.Steps) };
        var less = new EvaluationOptions { Limits = new Limits(MaxSteps: needed.Steps - 1) };
        Assert.Equal("x = 200\n", Run.Of(policy, "x = data.p.p", Way.All[0], enough).Outcome);
        Assert.Contains("steps", Run.Of(policy, "x = data.p.p", Way.All[0], less).Outcome, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Plan.Closures)]
    [InlineData(Plan.TreeWalker)]
    public void Watch_the_cancellation(Plan plan)
    {
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();
        var query = Policies.Of(Products).Query("data.p.p", plan);
        Assert.Throws<OperationCanceledException>(() => query.Evaluate(new EvaluationOptions(), cancel.Token));
    }

    [Fact]
    public void End_by_the_wall_clock_as_what_cannot_be_replayed()
    {
        var options = new EvaluationOptions { Time = new HastyClock() };
        var budget = Assert.Throws<BudgetException>(() => Policies.Of(Products).Query("data.p.p").Evaluate(options));
        Assert.True(budget.IsTime);
    }

    [Theory]
    [InlineData(Plan.Closures)]
    [InlineData(Plan.TreeWalker)]
    public void End_a_chain_of_rules_before_the_stack_does(Plan plan)
    {
        var text = new StringBuilder("package p\nr1000 := 1\n");
        for (var i = 0; i < 1000; i++)
        {
            text.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"r{i} := [x | some y in [1]; x := {{z | z := r{i + 1} + y}}][0]\n"
            );
        }

        var budget = OnSmallStack(() =>
            Policies.Of(text.ToString()).Query("data.p.r0", plan).Evaluate(new EvaluationOptions())
        );
        Assert.IsType<BudgetException>(budget);
    }

    [Theory]
    [InlineData(Plan.Closures)]
    [InlineData(Plan.TreeWalker)]
    public void Count_the_rules_inside_one_another(Plan plan)
    {
        var text = new StringBuilder("package p\nr1000 := 1\n");
        for (var i = 0; i < 1000; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"r{i} := r{i + 1}\n");
        }

        // On the stack that an assessment's threads have: there the count decides, whatever the build.
        var budget = OnStack(
            16 << 20,
            () => Policies.Of(text.ToString()).Query("data.p.r0", plan).Evaluate(new EvaluationOptions())
        );
        Assert.Equal("the evaluation needs more than 256 rules inside one another", budget!.Message);
        Assert.False(Assert.IsType<BudgetException>(budget).IsTime);
    }

    [Theory]
    [InlineData(Plan.Closures)]
    [InlineData(Plan.TreeWalker)]
    public void End_a_body_of_very_many_statements_before_the_stack_does(Plan plan)
    {
        var text = "package p\np if {\n" + string.Concat(Enumerable.Repeat("input.x\n", 50_000)) + "}";
        var options = new EvaluationOptions { Input = Json.Parse("""{"x": 1}""") };
        var fault = OnSmallStack(() => Policies.Of(text).Query("data.p.p", plan).Evaluate(options));
        Assert.True(Assert.IsType<BudgetException>(fault).IsTime);
    }

    [Fact]
    public void End_a_value_that_grows_inwards()
    {
        var text = new StringBuilder("package p\np := x2000 if {\nx0 := [input]\n");
        for (var i = 1; i <= 2000; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"x{i} := [x{i - 1}]\n");
        }

        var options = new EvaluationOptions { Input = 1 };
        var run = Run.Of(Policies.Of(text + "}"), "data.p.p", Way.All[0], options);
        Assert.Equal("the evaluation needs more than 1,024 collections inside one another", run.Outcome);
    }

    /// <summary>Runs on a thread of 1 MiB, as some hosts' threads are.</summary>
    private static Exception? OnSmallStack(Action act) => OnStack(1 << 20, act);

    private static Exception? OnStack(int bytes, Action act)
    {
        Exception? caught = null;
        var thread = new Thread(() => caught = Record.Exception(act), maxStackSize: bytes);
        thread.Start();
        thread.Join();
        return caught;
    }

    private sealed class HastyClock : TimeProvider
    {
        private long _now;

        public override long GetTimestamp() => _now += TimestampFrequency * 60;
    }
}
