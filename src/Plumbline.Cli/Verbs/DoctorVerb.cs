using System.CommandLine;
using Plumbline.Cli.Diagnosis;
using Plumbline.Cli.Showing;
using Plumbline.Cli.Terminal;
using Plumbline.Core.Resources;

namespace Plumbline.Cli.Verbs;

/// <summary><c>plumb doctor [TARGET…]</c>: whether all is there that a scan needs, and what to do where it is not.</summary>
internal sealed class DoctorVerb : Verb
{
    private const int Column = 16;

    private readonly Argument<string[]> _targets = new("TARGET")
    {
        HelpName = "TARGET…",
        Description = "what will be scanned; else what plumbline.yaml names, else `.`",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string> _store = Flag.One("--store", "DIR", "the evidence store to look at");

    public DoctorVerb(Option<string> color)
        : base("doctor", "Looks whether all is there that a scan needs, and says what to do where it is not")
    {
        Usage = "[TARGET…] [OPTIONS]";
        Remarks =
        [
            "Looks at the program, its checks, the settings, the repository's name, the targets and what of them cannot be read, "
                + "the evidence store, its keys and the clock. Nothing is changed, nothing is sealed, and no secret is read. "
                + "The exit code is 1 where something is a problem.",
        ];
        Groups = [new("Options", [HelpLine.Of(_targets), HelpLine.Of(_store), HelpLine.Of(color)])];
        Examples =
        [
            new("plumb doctor", "before the first scan, or when one does not work"),
            new("plumb doctor deploy/", "whether everything below a folder can be read, and by whom"),
        ];
        Declare(_targets, _store, color);
    }

    public override async Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancel)
    {
        session.RefuseFaults();
        var checkup = new Checkup(parsed.GetValue(_targets) ?? [], parsed.GetValue(_store), session.Host);
        var symptoms = await LookAsync(checkup, session, cancel);
        foreach (var symptom in symptoms)
        {
            Show(session.Output, symptom);
        }

        var (warnings, problems) = (CountOf(Health.Warning), CountOf(Health.Problem));
        session.Output.Blank();
        session.Output.Write(
            0,
            2,
            new Ink($"{Words.Count(problems, "problem")}, {Words.Count(warnings, "warning")}", Tone.Strong),
            problems > 0 ? ": a scan would not work, or could not be relied on" : ""
        );
        return problems > 0 ? ExitCode.Failed : ExitCode.Fine;

        int CountOf(Health health) => symptoms.Count(s => s.Health == health);
    }

    private static async Task<IReadOnlyList<Symptom>> LookAsync(
        Checkup checkup,
        Session session,
        CancellationToken cancel
    )
    {
        using var line = session.StartProgress();
        var latest = new Latest<ReadProgress>();
        line.State = () => Words.Count(latest.Value.Files, "file");
        return await checkup.RunAsync(latest, cancel);
    }

    private static void Show(Screen screen, Symptom symptom)
    {
        var word = symptom.Health switch
        {
            Health.Fine => new Ink("OK    ", Tone.Pass),
            Health.Warning => new Ink("WARN  ", Tone.Unknown),
            _ => new Ink("FAIL  ", Tone.Fail),
        };
        screen.Write(0, Column, word, $"{symptom.Subject, -10}", symptom.Text);
        foreach (var line in symptom.Details)
        {
            screen.Raw(new string(' ', Column) + line);
        }

        if (symptom.Remedy.Length > 0)
        {
            screen.Write(Column, 0, new Ink(symptom.Remedy, Tone.Quiet));
        }
    }
}
