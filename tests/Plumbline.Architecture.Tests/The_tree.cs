using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Plumbline.Architecture.Tests;

/// <summary>What holds of every file that is kept.</summary>
public sealed partial class The_tree
{
    /// <summary>Folders that say nothing about a machine: every Linux has them, and manifests and checks speak of them.</summary>
    private static readonly string[] Everywhere =
    [
        "/",
        "/tmp",
        "/var/tmp",
        "/home",
        "/root",
        "/opt",
        "/srv",
        "/mnt",
        "/usr/src",
    ];

    [Fact]
    public void Names_no_folder_of_the_machine_it_was_written_on()
    {
        string[] folders =
        [
            .. new[] { Repository.Root, Path.GetDirectoryName(Repository.Root) ?? "/" }.Except(Everywhere),
        ];
        var wrong =
            from file in Checkout.Texts()
            from folder in folders
            // Not in the middle of a longer path: `example.org/src/` does not name `/src/`.
            where Regex.IsMatch(file.Text, $@"(?<![\w.\-/}}$~]){Regex.Escape(folder)}(?![\w.\-])")
            select $"{file.Path}: {folder}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void Leaves_no_work_for_later()
    {
        var wrong =
            from file in Checkout.Texts()
            from Match mark in LaterMark().Matches(file.Text)
            select $"{file.Path}:{file.Text[..mark.Index].Count(c => c == '\n') + 1}: {mark.Value}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void Has_no_link_in_a_document_that_leads_nowhere()
    {
        var wrong =
            from file in Checkout.Texts()
            where file.Path.EndsWith(".md", StringComparison.Ordinal)
            from Match link in RelativeLink().Matches(file.Text)
            let target = Path.Combine(Path.GetDirectoryName(file.Path)!, link.Groups["path"].Value)
            where !Path.Exists(Repository.Path(target))
            select $"{file.Path}: {link.Value}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void Has_a_decision_for_every_package()
    {
        var decision = File.ReadAllText(Repository.Path("docs/adr/0005-packages.md"));
        var wrong = XDocument
            .Load(Repository.Path("Directory.Packages.props"))
            .Descendants("PackageVersion")
            .Select(package => (string)package.Attribute("Include")!)
            .Where(package => !decision.Contains($"`{package}`", StringComparison.Ordinal));

        Assert.Empty(wrong);
    }

    /// <summary>The marks by which a sentence says that it is not finished; written in parts, so as not to find itself.</summary>
    [GeneratedRegex(@"\b(TO" + @"DO|FIX" + @"ME|HA" + @"CK|XX" + @"X)\b|^(<{7}|>{7}) ", RegexOptions.Multiline)]
    private static partial Regex LaterMark();

    /// <summary>A Markdown link to a file of this repository, e.g. <c>[the contracts](docs/contracts.md#2-verdicts)</c>.</summary>
    [GeneratedRegex(@"\]\((?!\w+:|#)(?<path>[^)#\s]+)(#[^)]*)?\)")]
    private static partial Regex RelativeLink();
}
