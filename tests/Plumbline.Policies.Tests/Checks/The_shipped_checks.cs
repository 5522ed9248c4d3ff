using System.Text;
using System.Text.RegularExpressions;
using Plumbline.Core;
using Plumbline.Core.Frameworks;
using Plumbline.Core.Judging;
using Plumbline.Values;

namespace Plumbline.Policies.Tests.Checks;

/// <summary>The gate over <c>content/checks</c> (CONTRACTS §1); that each condition counts is said in <see cref="Each_condition_of_a_check"/>.</summary>
public sealed partial class The_shipped_checks
{
    private static readonly ShippedLibrary Shipped = ShippedLibrary.Instance;

    [Fact]
    public void Say_what_their_cases_expect() => All(c => c.Refute(Shipped.All.Checks));

    [Fact]
    public void Have_a_case_for_every_verdict()
    {
        var cases = Shipped.Cases.ToLookup(c => c.Check);
        Assert.All(
            Shipped.All.Checks.Instances,
            instance =>
                Assert.Equal(
                    ["fail", "not_applicable", "pass", "unknown"],
                    cases[instance.Check.Id].Select(c => c.Expect).Distinct().Order(StringComparer.Ordinal)
                )
        );
    }

    [Fact]
    public void Have_no_two_cases_of_one_name() =>
        Assert.Empty(Shipped.Cases.CountBy(c => c.ToString()).Where(c => c.Value > 1).Select(c => c.Key));

    [Fact]
    public void Have_cases_of_checks_only() =>
        Assert.Empty(Shipped.Cases.Select(c => c.Check).Except(Shipped.All.Checks.Instances.Select(i => i.Check.Id)));

    [Fact]
    public void Say_what_people_have_read()
    {
        foreach (var cases in Shipped.Cases.GroupBy(c => c.Check))
        {
            Golden.Matches($"said/{cases.Key}.txt", string.Concat(cases.Select(c => Said.Of(Shipped.All, c))));
        }
    }

    [Fact]
    public void Repair_what_they_found_and_nothing_else() =>
        All(c => c.Expect == "fail" ? Repair.Of(Shipped.All, c)?.Refute(Shipped.All.Checks) : null);

    [Fact]
    public void Ask_for_no_repair_where_nothing_fails()
    {
        All(c =>
            c.Expect == "pass" && Repair.Of(Shipped.All, c) is { Operations.IsEmpty: false } repair
                ? $"expected no operations, got {string.Join(", ", repair.Operations)}"
                : null
        );
    }

    [Fact]
    public void Have_a_reviewed_primary_row_in_a_framework()
    {
        var ids = Shipped.All.Checks.Instances.Select(i => i.Check.Id).ToHashSet();
        var rows = new List<MappingRow>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(ShippedLibrary.Folder, "frameworks"), "*.yaml"))
        {
            var isRead = FrameworkFile.TryRead(file, File.ReadAllBytes(file), ids, out var framework, out var faults);
            Assert.True(isRead, string.Join('\n', faults));
            rows.AddRange(framework!.Mappings);
        }

        var decided = rows.Where(r => r.Decides).Select(r => r.Check).ToHashSet();
        Assert.Empty(ids.Except(decided));
    }

    [Fact]
    public void Are_titled_with_what_is_wanted()
    {
        Assert.All(
            Shipped.All.Checks.Instances.Select(i => i.Check),
            check =>
            {
                Assert.DoesNotMatch(Demanding(), check.Title);
                Assert.DoesNotContain(check.Id, check.Title, StringComparison.OrdinalIgnoreCase);
                Assert.True(char.IsAsciiLetterUpper(check.Title[0]), check.Title);
                Assert.False(char.IsPunctuation(check.Title[^1]), check.Title);
                Assert.True(check.Title.Split(' ').Length is >= 3 and <= 10, check.Title);
            }
        );
    }

    [Fact]
    public void List_each_alias_once_and_in_order() =>
        Assert.All(
            Shipped.All.Checks.Instances.Select(i => i.Check.Aliases),
            aliases =>
            {
                Assert.Equal(aliases.Distinct().Order(Ordinal.Comparer), aliases);
                Assert.All(aliases, alias => Assert.Matches(ToolAndName(), alias));
            }
        );

    [Fact]
    public void Explain_themselves_in_sentences()
    {
        Assert.All(
            Shipped.All.Checks.Instances.Select(i => i.Check),
            check =>
                Assert.All(
                    [check.Description, check.Rationale, check.Fix],
                    text => Assert.EndsWith(".", text.TrimEnd())
                )
        );
    }

    [Fact]
    public void Find_only_places_that_are_there() =>
        Parts(
            (part, document) => !part.IsCertain || (!part.Place.IsRoot && Told(part.Place).Resolve(document).IsDefined)
        );

    [Fact]
    public void Name_parts_by_no_index() =>
        Parts(
            (part, _) =>
                !Index().IsMatch(Mark().Replace(part.Key, ""))
                && !part.Key.StartsWith("rule:", StringComparison.Ordinal)
        );

    [Fact]
    public void Word_messages_as_all_messages_are() =>
        Parts(
            (part, _) =>
                !char.IsAsciiLetterUpper(part.Message[0])
                && !part.Message.EndsWith('.')
                && !Fault().IsMatch(part.Message)
        );

    [Fact]
    public void Name_the_same_parts_whatever_order_a_list_has()
    {
        All(test =>
        {
            var before = Fingerprints(test.Resource.Document);
            return Reordered
                .All(test.Resource.Document)
                .Where(document => !before.SetEquals(Fingerprints(document)))
                .Select(document => $"expected the same fingerprints of {document}")
                .FirstOrDefault();

            HashSet<string> Fingerprints(Value document) =>
                [.. test.Judge(Shipped.All.Checks, test.ResourceOf(document)).CertainParts.Select(p => p.Fingerprint)];
        });
    }

    /// <summary>Asks something of every part of every case.</summary>
    private static void Parts(Func<FindingPart, Value, bool> holds) =>
        All(test =>
            test.Judge(Shipped.All.Checks)
                .Parts.Where(p => !holds(p, test.Document))
                .Select(p => p.ToString())
                .FirstOrDefault()
        );

    /// <summary>As far as it is known: in a list that may have more members, no index is.</summary>
    private static JsonPointer Told(JsonPointer place) =>
        JsonPointer.Of([.. place.Segments.TakeWhile(s => !s.Contains('‹', StringComparison.Ordinal))]);

    private static void All(Func<CheckCase, string?> refute)
    {
        var faults = new StringBuilder();
        foreach (var test in Shipped.Cases)
        {
            if (refute(test) is { } fault)
            {
                faults.AppendLine($"{test}: {fault}");
            }
        }

        Assert.True(faults.Length == 0, faults.ToString());
    }

    [GeneratedRegex(@"\b(should|must|ensure|ensures|check|checks|avoid|do not use)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Demanding();

    [GeneratedRegex(@"^(checkov|gatekeeper|kubescape|kyverno|steampipe):[A-Za-z0-9_-]+$")]
    private static partial Regex ToolAndName();

    /// <summary>A number where a member of a list is named, or a segment of a path.</summary>
    [GeneratedRegex(@"\[\d+\]|(^|/)\d+(/|$)")]
    private static partial Regex Index();

    /// <summary>The id of a mark, in the place of a name that is not known.</summary>
    [GeneratedRegex("‹[^›]*›")]
    private static partial Regex Mark();

    /// <summary>How <c>sprintf</c> says that an argument does not fit its verb.</summary>
    [GeneratedRegex(@"%!")]
    private static partial Regex Fault();
}
