using System.CommandLine;
using Plumbline.Cli.Faults;
using Plumbline.Cli.Showing;
using Plumbline.Cli.Terminal;
using Plumbline.Core.Frameworks;

namespace Plumbline.Cli.Verbs;

/// <summary><c>plumb frameworks [ID]</c>: catalogues of requirements, and how much of them checks answer.</summary>
internal sealed class FrameworksVerb : Verb
{
    private readonly Argument<string?> _id = new("ID")
    {
        HelpName = "ID",
        Description = "a framework, to see every requirement of it",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public FrameworksVerb(Option<string> color)
        : base("frameworks", "Frameworks, and how many of their requirements checks answer")
    {
        Usage = "[ID]";
        Groups = [new("Arguments", [HelpLine.Of(_id)]), new("Everywhere", [HelpLine.Of(color)])];
        Examples =
        [
            new("plumb frameworks", "all of them, with how much of each checks answer"),
            new(
                "plumb frameworks soc2",
                "each criterion of SOC 2 with the checks that decide it, and what is mapped to nothing"
            ),
        ];
        Declare(_id, color);
    }

    public override async Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancel)
    {
        session.RefuseFaults();
        var content = await Content.LoadAsync(session.Host, cancel);
        if (parsed.GetValue(_id) is not { } id)
        {
            List(session.Output, content);
            return ExitCode.Fine;
        }

        var framework = content.FindFramework(id) ?? throw new WrongInputException([content.NoFramework(id)]);
        Show(session.Output, content, framework);
        return ExitCode.Fine;
    }

    private static void List(Screen screen, Content content)
    {
        foreach (var framework in content.Frameworks)
        {
            screen.Write(0, 2, new Ink(framework.Id, Tone.Strong), $"  {framework.Title}");
            WriteCoverage(screen, content, framework);
            screen.Blank();
        }

        var orphans = content.Mapping.ChecksWithoutRequirement.Select(c => c.Id).ToList();
        var count = content.Checks.Count();
        screen.Write(
            0,
            2,
            orphans.Count == 0
                ? $"Every one of {Words.Count(count, "check")} is mapped to a requirement."
                : $"{Words.Number(orphans.Count)} of {Words.Count(count, "check")} mapped to no requirement: {string.Join(", ", orphans)}"
        );
        screen.Write(
            0,
            2,
            "Every requirement of one, and what is mapped to nothing on either side: plumb frameworks ID"
        );
    }

    /// <summary>Numbers that a test counts again from the file.</summary>
    private static void WriteCoverage(Screen screen, Content content, Framework framework)
    {
        var coverage = FrameworkCoverage.Of(framework);
        screen.Write(
            2,
            2,
            $"{Words.Count(coverage.Total, "requirement")}: {Words.Number(coverage.Full)} full, "
                + $"{Words.Number(coverage.Partial)} partial, {Words.Number(coverage.Manual)} manual"
        );
        var related =
            coverage.Related == 0 ? "" : $"; rows that do not decide lead to {Words.Number(coverage.Related)} more";
        screen.Write(
            2,
            2,
            $"decided by {Words.Number(coverage.DecidingChecks)} of {Words.Count(content.Checks.Count(), "check")}, "
                + $"named by a row {Words.Number(coverage.MappedChecks)}{related}"
        );
        var withdrawn = coverage.Withdrawn == 0 ? "" : $" and {Words.Number(coverage.Withdrawn)} withdrawn";
        screen.Write(2, 2, new Ink($"not counted: {Words.Count(coverage.Headings, "heading")}{withdrawn}", Tone.Quiet));
    }

    private static void Show(Screen screen, Content content, Framework framework)
    {
        screen.Write(new Ink(framework.Title, Tone.Strong));
        screen.Write(0, 0, new Ink($"{framework.Publisher}. {framework.License}", Tone.Quiet));
        WriteCoverage(screen, content, framework);
        var demands = framework.Demands.Select(d => d.Id).ToHashSet(StringComparer.Ordinal);
        var rows = framework.Mappings.ToLookup(m => m.Requirement, StringComparer.Ordinal);
        var width = framework.Requirements.Max(r => r.Id.Length) + 2;
        foreach (var requirement in framework.Requirements)
        {
            var name = requirement.Id.PadRight(width) + requirement.Title;
            if (demands.Contains(requirement.Id))
            {
                screen.Write(2, width, name);
                Line(screen, width + 2, "decided by", rows[requirement.Id].Where(m => m.Decides));
                Line(screen, width + 2, "related", rows[requirement.Id].Where(m => !m.Decides));
            }
            else if (requirement.Withdrawn is { } withdrawn)
            {
                screen.Write(2, width, new Ink($"{name} (withdrawn, {withdrawn})", Tone.Quiet));
            }
            else
            {
                screen.Blank();
                screen.Write(0, 2, new Ink($"{requirement.Id}  {requirement.Title}", Tone.Strong));
            }
        }

        screen.Blank();
        var open = content.Mapping.DemandsWithoutCheck(framework).Select(r => r.Id).ToList();
        Orphans(
            screen,
            $"requirements that no check leads to: {Words.Number(open.Count)} of {Words.Number(demands.Count)}",
            open
        );
        var idle = content.Mapping.ChecksWithoutRequirementIn(framework).Select(c => c.Id).ToList();
        Orphans(
            screen,
            $"checks that lead to no requirement here: {Words.Number(idle.Count)} of {Words.Number(content.Checks.Count())}",
            idle
        );
        screen.Write(0, 2, "What no check decides is unknown until somebody attests it.");
    }

    private static void Line(Screen screen, int indent, string what, IEnumerable<MappingRow> rows)
    {
        if (string.Join(", ", rows.Select(r => r.Check)) is { Length: > 0 } list)
        {
            screen.Write(indent, 12, new Ink($"{what, -12}", Tone.Quiet), list);
        }
    }

    private static void Orphans(Screen screen, string what, List<string> ids) =>
        screen.Write(0, 2, new Ink(what, Tone.Strong), ids.Count == 0 ? "" : $": {string.Join(", ", ids)}");
}
