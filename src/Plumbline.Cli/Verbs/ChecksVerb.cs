using System.CommandLine;
using Plumbline.Cli.Faults;
using Plumbline.Cli.Showing;
using Plumbline.Cli.Terminal;
using Plumbline.Core.Checks;
using Plumbline.Core.Frameworks;
using Plumbline.Exchange.Reports;

namespace Plumbline.Cli.Verbs;

/// <summary><c>plumb checks [ID]</c>: what can be asked, and which requirements it answers.</summary>
internal sealed class ChecksVerb : Verb
{
    private readonly Argument<string?> _id = new("ID")
    {
        HelpName = "ID",
        Description = "a check, to see the whole of it; `_` may stand for `-`",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public ChecksVerb(Option<string> color)
        : base("checks", "What can be asked, how bad a failure is, and which requirements it answers")
    {
        Usage = "[ID]";
        Groups = [new("Arguments", [HelpLine.Of(_id)]), new("Everywhere", [HelpLine.Of(color)])];
        Examples =
        [
            new("plumb checks", "all of them"),
            new("plumb checks k8s-host-pid", "one, with its reason, its fix and the requirements it is mapped to"),
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

        var check = content.FindCheck(id) ?? throw new WrongInputException([content.NoCheck(id)]);
        Show(session.Output, check, content);
        return ExitCode.Fine;
    }

    private static void List(Screen screen, Content content)
    {
        var checks = content.Checks.ToList();
        screen.Table(
            ["check", "severity", "title", "answers"],
            [
                .. checks.Select(c =>
                    new Ink[] { c.Id, Words.Of(c.Impact.Severity), c.Title, string.Join(", ", Answers(c, content)) }
                ),
            ]
        );
        screen.Blank();
        var orphans = content.Mapping.ChecksWithoutRequirement.Count();
        var mapped = orphans == 0 ? "each mapped to a requirement" : $"{orphans} of them mapped to no requirement";
        screen.Write(0, 0, $"{Words.Count(checks.Count, "check")}, {mapped}. One whole: plumb checks ID");
    }

    private static IEnumerable<string> Answers(Check check, Content content) =>
        content
            .Mapping.RequirementsOf(check.Id)
            .Where(m => m.Row.Decides)
            .Select(m => $"{Naming.Of(m.Framework)} {m.Row.Requirement}");

    private static void Show(Screen screen, Check check, Content content)
    {
        screen.Write(new Ink(check.Title, Tone.Strong));
        screen.Blank();
        Field(screen, "check", check.Id);
        Field(screen, "severity", $"{Words.Of(check.Impact.Severity)} (impact {check.Impact.Value:0.0#})");
        Field(screen, "family", check.Family);
        Field(screen, "asked of", string.Join(", ", check.Resources));
        Field(screen, "file", $"{check.File}, revision {check.Revision}");
        if (!check.Aliases.IsEmpty)
        {
            Field(screen, "elsewhere", string.Join(", ", check.Aliases));
        }

        Section(screen, "What is asked", check.Description);
        Section(screen, "Why it matters", check.Rationale);
        Section(screen, "What to do", check.Fix);
        if (check.Patch is not null)
        {
            screen.Write(2, 0, new Ink("The fix is mechanical: the check itself gives it as a patch.", Tone.Quiet));
        }

        screen.Blank();
        screen.Write(new Ink("Which requirements it answers", Tone.Strong));
        var rows = content.Mapping.RequirementsOf(check.Id).ToList();
        foreach (var (framework, row) in rows)
        {
            ShowRow(screen, framework, row);
        }

        if (rows.Count == 0)
        {
            screen.Write(2, 0, "none: it is mapped to no requirement");
        }
    }

    private static void ShowRow(Screen screen, Framework framework, MappingRow row)
    {
        var title = framework.Requirements.First(r => r.Id == row.Requirement).Title;
        screen.Write(2, 2, $"{Naming.Of(framework)} {row.Requirement}  {title}");
        var state = row.IsReviewed ? $"reviewed by {row.By} on {row.On}" : "proposed, nobody has reviewed it";
        var effect = row.Decides ? "decides" : "is shown beside it, and counts for nothing";
        screen.Write(4, 0, new Ink($"{effect}; {state}; source {row.Source}", Tone.Quiet));
    }

    private static void Field(Screen screen, string name, string value) =>
        screen.Write(2, 12, new Ink($"{name, -12}", Tone.Quiet), value);

    private static void Section(Screen screen, string title, string text)
    {
        if (text.Length == 0)
        {
            return;
        }

        screen.Blank();
        screen.Write(new Ink(title, Tone.Strong));
        foreach (var paragraph in text.Trim().Split("\n\n"))
        {
            screen.Write(2, 0, paragraph.Replace('\n', ' '));
        }
    }
}
