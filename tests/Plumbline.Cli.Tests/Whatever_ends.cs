using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Emit;
using System.Text.RegularExpressions;
using Plumbline.Core;
using Plumbline.Core.Approvals;
using Plumbline.Core.Assessments;
using Plumbline.Core.Attestations;
using Plumbline.Core.Checks;
using Plumbline.Core.Frameworks;
using Plumbline.Core.Judging;
using Plumbline.Core.Resources;
using Plumbline.Core.Waivers;
using Plumbline.Values;

namespace Plumbline.Cli.Tests;

/// <summary>One function decides whether something that was accepted for a time still is. Here stands everybody who asks it.</summary>
/// <remarks>A caller that is not in the table fails the build: put it in, with a way to see what it makes of the answer.</remarks>
public sealed partial class Whatever_ends
{
    private const string Pf = "pf1:aaaaaaaaaaaaaaaaaaaaaaaaaa";

    private static readonly DateTimeOffset End = new(2026, 12, 31, 0, 0, 0, TimeSpan.Zero);

    private static readonly MethodInfo Decision = typeof(Limited).GetMethod(nameof(Limited.IsInForce))!;

    /// <summary>By caller: whether something that ends at <see cref="End"/> applies at an instant.</summary>
    private static readonly Dictionary<string, Func<DateTimeOffset, Task<bool>>> Callers = new(StringComparer.Ordinal)
    {
        ["InForce..ctor"] = clock => Task.FromResult(Waives(clock) && IsClaimed(clock)),
        ["Limited.EndsWithin"] = clock => Task.FromResult(Waiver.EndsWithin(TimeSpan.FromDays(30), clock)),
        ["ExceptionEntry.StateAt"] = clock => Task.FromResult(Entry.StateAt(clock) == ExceptionState.InForce),
        ["Grounds.get_Attested"] = clock => Task.FromResult(IsAttested(clock)),
        ["AttestVerb.List"] = IsListedAsHolding,
    };

    private static Waiver Waiver => new("E-1", Pf, End) { Reason = "agreed", ApprovedBy = "ines@acme.example" };

    private static ExceptionEntry Entry =>
        new("E-1", End)
        {
            About = "privileged",
            Owner = "o",
            Requester = "r",
            Reason = "agreed",
            Ticket = "t",
            Why = "",
            Selected = 1,
            Covered = 1,
            IsBare = false,
            ApprovedBy = ["ines@acme.example"],
        };

    public static TheoryData<string> All => [.. Callers.Keys];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Applies_a_second_before_its_end_and_not_from_then_on(string caller)
    {
        Assert.True(await Callers[caller](End.AddSeconds(-1)));
        Assert.True(await Callers[caller](End.AddTicks(-1)));
        Assert.False(await Callers[caller](End));
        Assert.False(await Callers[caller](End.AddSeconds(1)));
    }

    [Fact]
    public void Is_asked_about_by_nobody_who_is_not_in_the_table() =>
        Assert.Equal(
            Callers.Keys.Order(StringComparer.Ordinal),
            Methods()
                .Where(m => Calls(m).Any(c => IsSame(c, Decision)))
                .Select(NameOf)
                .Distinct()
                .Order(StringComparer.Ordinal)
        );

    /// <summary>Who compares the end with a clock on their own has another opinion sooner or later.</summary>
    [Fact]
    public void Is_decided_nowhere_else()
    {
        string[] comparing =
        [
            "op_LessThan",
            "op_LessThanOrEqual",
            "op_GreaterThan",
            "op_GreaterThanOrEqual",
            "CompareTo",
            "Compare",
        ];
        var end = typeof(Limited).GetProperty(nameof(Limited.Expires))!.GetMethod!;
        var deciding =
            from method in Methods()
            let calls = Calls(method).ToList()
            where calls.Exists(c => IsSame(c, end))
            where calls.Exists(c => c.DeclaringType == typeof(DateTimeOffset) && comparing.Contains(c.Name))
            select NameOf(method);

        Assert.Equal([NameOf(Decision)], deciding.Distinct());
    }

    private static bool Waives(DateTimeOffset clock) => new WaiversInForce([Waiver], clock).For(Part) is not null;

    private static bool IsClaimed(DateTimeOffset clock) =>
        new ClaimsInForce([new Claim("E-1", Pf, End) { Reason = "agreed", Why = "unsigned" }], clock).For(Part)
            is not null;

    private static FindingPart Part =>
        new("it", JsonPointer.Root, "it is wrong", Enforcement.Enforce, IsCertain: true) { Fingerprint = Pf };

    private static bool IsAttested(DateTimeOffset clock)
    {
        var input = new AssessmentInput
        {
            Snapshot = new Snapshot
            {
                Target = ".",
                From = clock,
                To = clock,
                Identity = "uid 1",
                Resources = [],
            },
            Policies = new NoPolicies(),
            Frameworks =
            [
                new Framework
                {
                    Id = "fw",
                    Title = "A framework",
                    Requirements = [new Requirement("R1", "one")],
                    Mappings = [],
                    Digest = "sha256:0",
                },
            ],
            Clock = clock,
            Attestations = [new Attestation("AT-1", "fw", "R1", End) { By = "ines@acme.example" }],
        };
        var result = Assessor.Assess(input, null, CancellationToken.None).Frameworks["fw"][0];
        return result.Effective == RequirementStatus.Pass;
    }

    private static async Task<bool> IsListedAsHolding(DateTimeOffset clock)
    {
        using var estate = new Estate { Clock = new(clock) };
        estate.Write(
            "attestations.yaml",
            $"attestations:\n  - {{id: AT-1, framework: soc2, requirement: CC1.1, statement: so, by: ada, expires: {End:yyyy-MM-dd}}}\n"
        );
        estate["PLUMB_CONTENT"] = Repository.Path("content");
        var run = await estate.RunAsync("attest");
        Assert.Contains("AT-1", run.Output);
        return !run.Output.Contains("expired", StringComparison.Ordinal);
    }

    private static IEnumerable<MethodBase> Methods()
    {
        var names = Directory
            .GetFiles(AppContext.BaseDirectory, "Plumbline.*.dll")
            .Select(f => Path.GetFileNameWithoutExtension(f))
            .Where(n => !n.Contains("Tests", StringComparison.Ordinal))
            .Append("plumb");
        return names
            .Select(Assembly.Load)
            .SelectMany(a => a.GetTypes())
            .SelectMany(t =>
                t.GetMembers(
                    BindingFlags.DeclaredOnly
                        | BindingFlags.Instance
                        | BindingFlags.Static
                        | BindingFlags.Public
                        | BindingFlags.NonPublic
                )
            )
            .OfType<MethodBase>();
    }

    private static readonly Dictionary<short, OpCode> OpCodes = typeof(OpCodes)
        .GetFields(BindingFlags.Static | BindingFlags.Public)
        .Select(f => (OpCode)f.GetValue(null)!)
        .ToDictionary(o => o.Value);

    /// <summary>The methods that a method's own code names: ECMA-335, partition III.</summary>
    private static IEnumerable<MethodBase> Calls(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        var types = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
        var own = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var at = 0; at < code.Length; )
        {
            var value = code[at] == 0xFE ? (short)(0xFE00 | code[at + 1]) : code[at];
            var op = OpCodes[value];
            at += op.Size;
            if (op.OperandType == OperandType.InlineMethod)
            {
                yield return method.Module.ResolveMethod(BitConverter.ToInt32(code, at), types, own)!;
            }

            at += op.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }

    private static bool IsSame(MethodBase left, MethodBase right) =>
        left.Module == right.Module && left.MetadataToken == right.MetadataToken;

    /// <summary>Type and member as they are written; what the compiler makes of a lambda belongs to the member around it.</summary>
    private static string NameOf(MethodBase method)
    {
        var type = method.DeclaringType!;
        while (type.Name.StartsWith('<'))
        {
            type = type.DeclaringType!;
        }

        var name = Lambda().Match(method.DeclaringType!.Name + method.Name) is { Success: true } inside
            ? inside.Groups[1].Value
            : method.Name;
        return $"{type.Name.Split('`')[0]}.{name}";
    }

    [GeneratedRegex("<([^<>]+)>[bdg]__")]
    private static partial Regex Lambda();

    private sealed class NoPolicies : IPolicySource
    {
        public ImmutableArray<CheckInstance> Instances => [];

        public ImmutableSortedDictionary<string, string> Digests { get; } =
            ImmutableSortedDictionary.Create<string, string>(Ordinal.Comparer);

        public Finding Evaluate(CheckInstance instance, Resource resource, Scope scope, CancellationToken cancel) =>
            throw new NotSupportedException("it asks nothing");
    }
}
