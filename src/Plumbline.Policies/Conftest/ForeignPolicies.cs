using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Plumbline.Core;
using Plumbline.Core.Checks;
using Plumbline.Core.Judging;
using Plumbline.Core.Resources;
using Plumbline.Policies.Checks;
using Plumbline.Rego;
using Plumbline.Values;

namespace Plumbline.Policies.Conftest;

/// <summary>Somebody's own packages, written for conftest or alike: each is a check that is asked about every document.</summary>
/// <remarks>
/// The rules that decide are conftest's (<see cref="DecidingRule"/>); the verdicts are ours, unknowns included (CONTRACTS §2, §4).
/// <c>exception</c> suppresses a rule only if it surely names it; where it may, what the rule says is only possible.
/// </remarks>
public sealed class ForeignPolicies : IPolicySource
{
    private readonly Policy _policy;
    private readonly FrozenDictionary<string, Questions> _questions;
    private readonly NaturalKeys _keys;
    private readonly Value _data;
    private readonly EvaluationOptions _options;

    /// <summary>What one package is asked.</summary>
    /// <param name="Exception">Null where the package makes none.</param>
    private sealed record Questions(
        string Package,
        ImmutableArray<(DecidingRule Rule, PreparedDocument Document)> Rules,
        PreparedDocument? Exception,
        bool ReadsReview
    )
    {
        public static Questions Of(Policy policy, string package) =>
            new(
                package,
                [.. DecidingRule.Of(policy, package).Select(r => (r, policy.Document($"data.{package}.{r.Name}")!))],
                policy.Document($"data.{package}.exception"),
                AdmissionReview.IsReadBy(policy, package)
            );
    }

    internal ForeignPolicies(
        Policy policy,
        IEnumerable<(Check Check, string Package)> checks,
        Value data,
        NaturalKeys keys,
        ImmutableSortedDictionary<string, string> digests,
        EvaluationOptions options
    )
    {
        (_policy, _data, _keys, _options, Digests) = (policy, data, keys, options, digests);
        var all = checks.ToList();
        Instances = [.. all.Select(c => c.Check.Default).Order(CheckInstance.Comparer)];
        _questions = all.ToFrozenDictionary(
            c => c.Check.Id,
            c => Questions.Of(policy, c.Package),
            StringComparer.Ordinal
        );
    }

    public ImmutableArray<CheckInstance> Instances { get; }

    public ImmutableSortedDictionary<string, string> Digests { get; }

    /// <summary>What is odd about the policies and no fault.</summary>
    public IReadOnlyList<Diagnostic> Warnings => _policy.Warnings;

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
            Input = questions.ReadsReview ? AdmissionReview.Of(resource.Document) : resource.Document,
            Data = Joined(ContextData.Of(instance, resource, scope)),
            Now = scope.Clock,
        };
        var session = _policy.Start(options, cancel: cancel);
        var exception = questions.Exception is null ? null : session.Ask(questions.Exception);
        foreach (var (rule, document) in questions.Rules)
        {
            var excepted = exception is null ? Excepted.No : Excepted.Of(exception, rule.Suffix);
            if (!excepted.IsSure)
            {
                var name = $"{questions.Package}.{rule.Name}";
                verdict.Take(name, excepted.Doubt(Messages(name, session.Ask(document))), rule.Enforcement);
            }
        }
    }

    /// <summary>What a rule says, as a set or a list of messages.</summary>
    /// <exception cref="RegoException">It says something else: nobody can tell whether that means a failure.</exception>
    private static DocumentAnswer Messages(string rule, DocumentAnswer answer) =>
        answer.Value switch
        {
            { IsUndefined: true } or { IsSet: true } or { IsArray: true } or { IsUnknown: true } => answer,
            { IsFalse: true } or { IsObject: true, Count: 0, IsOpen: false } => answer with { Value = Value.EmptySet },
            { IsString: true } text => answer with { Value = Value.ArrayOf(text) },
            { IsTrue: true } => answer with { Value = Value.ArrayOf($"{rule} holds") },
            var other => throw new RegoException(
                "eval_type_error",
                $"expected `{rule}` to be a set or list of messages, got {TypeNames.Of(other)}",
                null,
                default
            ),
        };

    private Value Joined(Value context)
    {
        if (_data.Count == 0)
        {
            return context;
        }

        var all = new ObjectBuilder();
        for (var i = 0; i < _data.Count; i++)
        {
            all[_data.KeyAt(i)] = _data[i];
        }

        all[ForeignLibrary.Own] = context[ForeignLibrary.Own];
        return all.ToValue();
    }

    internal static string DigestOf(byte[] bytes) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}";
}
