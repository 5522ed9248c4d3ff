using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Plumbline.Cli.Showing;
using Plumbline.Core.Frameworks;

namespace Plumbline.Cli.Beginning;

/// <summary>The first <c>plumbline.yaml</c> of a repository: what was found is filled in, the rest is there to be uncommented.</summary>
internal static partial class FirstSettings
{
    /// <summary>Beside the settings, so that editors find it without a network.</summary>
    public const string SchemaFile = ".plumbline.schema.json";

    /// <summary>The JSON Schema of the settings, as <c>docs/formats/plumbline.schema.json</c>.</summary>
    public static string Schema()
    {
        using var stream = typeof(FirstSettings).Assembly.GetManifestResourceStream("plumbline.schema.json")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    public static string Write(FoundManifests found, IEnumerable<Framework> frameworks)
    {
        var ids = string.Join(", ", frameworks.Select(f => Scalar(f.Id)));
        return $"""
            # yaml-language-server: $schema={SchemaFile}
            # What this repository wants of plumb. Options that are typed count before these keys; `plumb doctor` checks them.
            version: 1

            {Name(found)}
            {Targets(found)}
            # Frameworks to judge. Without this key, all there are: {ids}
            # frameworks: [{ids}]

            # Checks that are not asked. A requirement that one of them decides becomes unknown, and no pass.
            # checks:
            #   exclude: []

            gate:
              # The least severe failure that fails a build: critical, high, medium, low, none.
              failOn: high
              # What could not be told: `report` prints it, `fail` makes the run incomplete (exit code 3).
              unknown: report
              # Say what the gate would do, and let every build go on: for the first days.
              # audit: true

            # One report goes to standard output, others to files.
            reports:
              - cli
              # - sarif:plumb.sarif
              # - json:plumb.json

            """;
    }

    private static string Name(FoundManifests found) =>
        found.Repository.IsStable
            ? $"""
                # What keys of resources start with, and so what evidence and waivers follow. Without this key, git's remote says it.
                # name: {Scalar(found.Repository.Name)}

                """
            : """
                # What keys of resources start with, and so what evidence and waivers follow. There is no git remote to say it, so that
                # now they follow the folder's path, which is another on every machine: write a name here.
                # name: example.org/team/repository

                """;

    private static string Targets(FoundManifests found)
    {
        if (found.Folders.Count == 0)
        {
            return """
                # What `plumb scan` reads where nothing is typed. No manifest was found here yet; without this key, the working folder.
                # targets: [deploy]

                """;
        }

        var text = new StringBuilder("# What `plumb scan` reads where nothing is typed.\ntargets:\n");
        foreach (var (folder, resources) in found.Folders)
        {
            text.Append($"  - {Scalar(folder)} # {Words.Count(resources, "resource")}\n");
        }

        return text.ToString();
    }

    /// <summary>A text as YAML reads it back; one in quotes is a string of JSON, which YAML has too.</summary>
    private static string Scalar(string text) =>
        Plain().IsMatch(text) && text is not ("true" or "false" or "null")
            ? text
            : $"\"{JsonEncodedText.Encode(text)}\"";

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9._/-]*\\z|^\\.\\z")]
    private static partial Regex Plain();
}
