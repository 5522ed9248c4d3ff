using System.Collections.Frozen;
using System.Collections.Immutable;
using Plumbline.Core.Checks;
using Plumbline.Core.Judging;
using Plumbline.Core.Resources;
using Plumbline.Rego;
using Plumbline.Rego.Reads;
using Plumbline.Values;

namespace Plumbline.Policies.Checks;

/// <summary>Our own checks: one Rego package each, asked by the rules <c>applies</c>, <c>deny</c> and <c>warn</c> (CONTRACTS §1).</summary>
public sealed class RegoChecks : IPolicySource
{
    private readonly Policy _policy;
    private readonly FrozenDictionary<string, Questions> _questions;
    private readonly NaturalKeys _keys;
    private readonly EvaluationOptions _options;

    /// <summary>The documents of one check's package that decide; a rule that is not written is null.</summary>
    private sealed record Questions(
        string Package,
        PreparedDocument? Applies,
        PreparedDocument? Deny,
        PreparedDocument? Warn
    )
    {
        /// <summary>Found when somebody asks: only exceptions do.</summary>
        public Lazy<ReadSet> Reads { get; } =
            new(() => Policy.ReadsOf(new[] { Applies, Deny, Warn }.OfType<PreparedDocument>()));

        public static Questions Of(Policy policy, string package) =>
            new(
                package,
                policy.Document($"data.{package}.applies"),
                policy.Document($"data.{package}.deny"),
                policy.Document($"data.{package}.warn")
            );
    }

    /// <param name="policy">Every module of the library, helpers included.</param>
    /// <param name="checks">Checks with their packages, e.g. <c>checks.kubernetes.k8s_host_pid</c>.</param>
    /// <param name="digests">Of every file that verdicts depend on, by its path in the library.</param>
    internal RegoChecks(
        Policy policy,
        IEnumerable<(Check Check, string Package)> checks,
        NaturalKeys keys,
        ImmutableSortedDictionary<string, string> digests,
        EvaluationOptions options
    )
    {
        _policy = policy;
        _keys = keys;
        _options = options;
        Digests = digests;
        var all = checks.ToList();
        Instances = [.. all.Select(c => c.Check.Default).Order(CheckInstance.Comparer)];
        _questions = all.ToFrozenDictionary(
            c => c.Check.Id,
            c => Questions.Of(policy, c.Package),
            StringComparer.Ordinal
        );
    }

    /// <summary>What members of lists are named by.</summary>
    public NaturalKeys Keys => _keys;

    public ImmutableArray<CheckInstance> Instances { get; }

    public ImmutableSortedDictionary<string, string> Digests { get; }

    public Finding Evaluate(CheckInstance instance, Resource resource, Scope scope, CancellationToken cancel)
    {
        var verdict = new FindingBuilder(instance, resource, _keys);
        try
        {
            Ask(verdict, instance, resource, scope, cancel);
        }
        catch (RegoException error)
        {
            return verdict.Failed(UnknownCause.Error, error.Message);
        }
        catch (BudgetException budget)
        {
            return verdict.Failed(UnknownCause.Budget, budget.Message, isNotReplayable: budget.IsTime);
        }

        return verdict.Build();
    }

    public Value ReadsOf(CheckInstance instance, Resource resource, Scope scope) =>
        _questions[instance.Check.Id].Reads.Value.In(resource.Document, ContextData.Of(instance, resource, scope));

    /// <summary>Rule 13 of unknown values: what is only possible never decides for a pass.</summary>
    private void Ask(
        FindingBuilder verdict,
        CheckInstance instance,
        Resource resource,
        Scope scope,
        CancellationToken cancel
    )
    {
        var questions = _questions[instance.Check.Id];
        var options = _options with
        {
            Input = resource.Document,
            Data = ContextData.Of(instance, resource, scope),
            Now = scope.Clock,
        };
        var session = _policy.Start(options, cancel: cancel);
        if (questions.Applies is not null && !verdict.Applies(session.Ask(questions.Applies)))
        {
            return;
        }

        if (questions.Deny is not null)
        {
            verdict.Take($"{questions.Package}.deny", session.Ask(questions.Deny), Enforcement.Enforce);
        }

        if (questions.Warn is not null)
        {
            verdict.Take($"{questions.Package}.warn", session.Ask(questions.Warn), Enforcement.Warn);
        }
    }
}
