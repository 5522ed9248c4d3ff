using System.CommandLine;
using Plumbline.Cli.Beginning;
using Plumbline.Cli.Faults;
using Plumbline.Cli.Showing;
using Plumbline.Cli.Terminal;
using Plumbline.Core.Resources;
using Plumbline.Core.Settings;
using Plumbline.Targets.Files;

namespace Plumbline.Cli.Verbs;

/// <summary><c>plumb init</c>: a first <c>plumbline.yaml</c>, fitted to what lies here. Nothing that is there is changed.</summary>
internal sealed class InitVerb : Verb
{
    private readonly Option<bool> _schema = Flag.Switch(
        "--schema",
        "print the JSON Schema of plumbline.yaml, and write nothing"
    );

    public InitVerb(Option<string> color)
        : base("init", "Writes a first plumbline.yaml, fitted to the manifests that are here")
    {
        Usage = "[OPTIONS]";
        Remarks =
        [
            "Looks through the repository that the working folder lies in, and writes two files at its root: plumbline.yaml, "
                + $"with the rest of its keys as comments, and {FirstSettings.SchemaFile}, by which editors complete and check it. "
                + "A file that is there already is never changed.",
        ];
        Groups = [new("Options", [HelpLine.Of(_schema), HelpLine.Of(color)])];
        Examples =
        [
            new("plumb init", "the first thing to do in a repository"),
            new(
                $"plumb init --schema > {FirstSettings.SchemaFile}",
                "renews the schema after plumb itself was renewed"
            ),
        ];
        Declare(_schema, color);
    }

    public override async Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancel)
    {
        session.RefuseFaults();
        if (parsed.GetValue(_schema))
        {
            await session.Host.Output.Stream.WriteAsync(
                System.Text.Encoding.UTF8.GetBytes(FirstSettings.Schema()),
                cancel
            );
            return ExitCode.Fine;
        }

        var repository = SourceRepository.Of(session.Host.WorkingFolder);
        var settings = Path.Combine(repository.Root, SettingsFile.Name);
        if (Path.Exists(settings))
        {
            throw new WrongInputException(
                CliFaults.File,
                $"`{session.Host.Shown(settings)}` is there already: nothing was changed (`plumb doctor` checks it)"
            );
        }

        var content = await Content.LoadAsync(session.Host, cancel);
        var found = await FindAsync(repository, session, cancel);
        Create(settings, FirstSettings.Write(found, content.Frameworks), session.Host);
        var schema = Path.Combine(repository.Root, FirstSettings.SchemaFile);
        var isNew = !Path.Exists(schema);
        if (isNew)
        {
            Create(schema, FirstSettings.Schema(), session.Host);
        }

        Show(session, found, settings, isNew ? schema : null);
        return ExitCode.Fine;
    }

    private static async Task<FoundManifests> FindAsync(
        SourceRepository repository,
        Session session,
        CancellationToken cancel
    )
    {
        using var line = session.StartProgress();
        var latest = new Latest<ReadProgress>();
        line.State = () => Words.Count(latest.Value.Files, "file");
        return await FoundManifests.InAsync(repository, session.Host, latest, cancel);
    }

    private static void Create(string path, string text, HostEnvironment host)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new WrongInputException(
                CliFaults.File,
                $"`{host.Shown(path)}` cannot be written: {refused.Message.TrimEnd('.')}"
            );
        }
    }

    private static void Show(Session session, FoundManifests found, string settings, string? schema)
    {
        var (screen, host) = (session.Output, session.Host);
        var snapshot = found.Snapshot;
        screen.Write(
            0,
            2,
            $"Read {Words.Count(snapshot.FilesRead, "file")}: {Words.Count(snapshot.Resources.Length, "resource")}, "
                + $"{Words.Count(snapshot.Gaps.Length, "gap")}"
        );
        foreach (var (folder, resources) in found.Folders)
        {
            screen.Write(2, 2, $"{folder}: {Words.Count(resources, "resource")}");
        }

        foreach (var gap in snapshot.Gaps.Take(5))
        {
            screen.Write(2, 2, new Ink("not read: ", Tone.Unknown), gap.Reason);
        }

        screen.Blank();
        screen.Write(0, 2, new Ink("Wrote ", Tone.Strong), host.Shown(settings));
        if (schema is not null)
        {
            screen.Write(0, 2, new Ink("Wrote ", Tone.Strong), $"{host.Shown(schema)}, by which editors check it");
        }

        screen.Write(
            0,
            2,
            new Ink(
                "Commit both. Evidence goes to .plumbline, which ignores itself in git; reports in files are for .gitignore.",
                Tone.Quiet
            )
        );
        screen.Blank();
        screen.Write(new Ink("Next", Tone.Strong));
        screen.Write(2, 16, "plumb doctor    whether all is there that a scan needs");
        screen.Write(2, 16, "plumb scan      what fails, where, why, and how to fix it");
        screen.Write(2, 16, "plumb evidence verify");
        screen.Write(18, 0, "whether what was sealed still is what it was");
    }
}
