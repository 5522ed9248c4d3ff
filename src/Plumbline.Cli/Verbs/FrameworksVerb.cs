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
            new("plumb frameworks", "all of them, with what is mapped to nothing on either side"),
            new("plumb frameworks soc2", "each criterion of SOC 2, with the checks that decide it"),
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
        Show(session.Output, framework);
        return ExitCode.Fine;
    }

    private static void List(Screen screen, Content content)
    {
        foreach (var framework in content.Frameworks)
        {
            screen.Write(0, 2, new Ink(framework.Id, Tone.Strong), $"  {framework.Title}");
            var demands = framework.Demands.ToList();
            var decided = demands.Count(d => DecidingChecks(framework, d).Any());
            var proposed = demands.Count(d => !DecidingChecks(framework, d).Any() && RelatedChecks(framework, d).Any());
            var total = Words.Number(demands.Count);
            screen.Write(
                2,
                2,
                $"{Words.Count(demands.Count, "requirement")}: checks decide {decided} of {total}, "
                    + $"rows that nobody has reviewed lead to {proposed}, no check leads to {demands.Count - decided - proposed}"
            );
            screen.Write(2, 2, new Ink($"mapped checks: {Mapped(framework)} of {content.Checks.Count()}", Tone.Quiet));
            screen.Blank();
        }

        var orphans = content
            .Checks.Where(c => !content.Frameworks.Any(f => f.Mappings.Any(m => m.Check == c.Id)))
            .Select(c => c.Id)
            .ToList();
        screen.Write(
            0,
            2,
            orphans.Count == 0
                ? $"Every one of {Words.Count(content.Checks.Count(), "check")} is mapped to a requirement."
                : $"{Words.Count(orphans.Count, "check")} of {content.Checks.Count()} mapped to no requirement: {string.Join(", ", orphans)}"
        );
        screen.Write(0, 2, "Every requirement of one, with those that no check leads to: plumb frameworks ID");
    }

    private static int Mapped(Framework framework) => framework.Mappings.Select(m => m.Check).Distinct().Count();

    private static IEnumerable<string> DecidingChecks(Framework framework, Requirement demand) =>
        framework.Mappings.Where(m => m.Requirement == demand.Id && m.Decides).Select(m => m.Check);

    private static IEnumerable<string> RelatedChecks(Framework framework, Requirement demand) =>
        framework.Mappings.Where(m => m.Requirement == demand.Id && !m.Decides).Select(m => m.Check);

    private static void Show(Screen screen, Framework framework)
    {
        screen.Write(new Ink(framework.Title, Tone.Strong));
        screen.Write(0, 0, new Ink($"{framework.Publisher}. {framework.License}", Tone.Quiet));
        var demands = framework.Demands.Select(d => d.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var requirement in framework.Requirements)
        {
            if (!demands.Contains(requirement.Id))
            {
                screen.Blank();
                screen.Write(0, 2, new Ink($"{requirement.Id}  {requirement.Title}", Tone.Strong));
                continue;
            }

            screen.Write(2, 8, $"{requirement.Id, -8}{requirement.Title}");
            Line(screen, "decided by", DecidingChecks(framework, requirement));
            Line(screen, "related", RelatedChecks(framework, requirement));
        }

        screen.Blank();
        var open = framework.Demands.Count(d => !DecidingChecks(framework, d).Any());
        screen.Write(
            0,
            2,
            $"{Words.Count(demands.Count, "requirement")}, headings not counted; {Words.Number(open)} of {Words.Number(demands.Count)} "
                + "decided by no check: they are unknown until somebody attests them."
        );
    }

    private static void Line(Screen screen, string what, IEnumerable<string> checks)
    {
        if (string.Join(", ", checks) is { Length: > 0 } list)
        {
            screen.Write(10, 12, new Ink($"{what, -12}", Tone.Quiet), list);
        }
    }
}
