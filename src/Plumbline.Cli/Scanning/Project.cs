using System.Collections.Immutable;
using Plumbline.Cli.Faults;
using Plumbline.Core.Settings;
using Plumbline.Targets.Files;

namespace Plumbline.Cli.Scanning;

/// <summary>The repository that is scanned, and what its <c>plumbline.yaml</c> says.</summary>
/// <param name="Folder">Absolute path of its root; without a repository, the folder that is scanned.</param>
internal sealed record Project(string Folder, string WorkingFolder, ProjectSettings Settings)
{
    public ImmutableArray<Fault> Faults { get; private init; } = [];

    /// <summary><c>sha256:</c> of <c>plumbline.yaml</c>; empty where there is none.</summary>
    public string Digest { get; private init; } = "";

    /// <param name="target">The first thing that is scanned.</param>
    public static async Task<Project> FindAsync(string target, HostEnvironment host, CancellationToken cancel)
    {
        var path = Path.GetFullPath(target, host.WorkingFolder);
        if (!Path.Exists(path))
        {
            return new Project(host.WorkingFolder, host.WorkingFolder, ProjectSettings.Empty);
        }

        var project = new Project(SourceRepository.Of(path).Root, host.WorkingFolder, ProjectSettings.Empty);
        var file = Path.Combine(project.Folder, SettingsFile.Name);
        if (!File.Exists(file))
        {
            return project;
        }

        var shown = project.Shown(SettingsFile.Name);
        try
        {
            var bytes = await File.ReadAllBytesAsync(file, cancel);
            return SettingsFile.TryRead(shown, bytes, out var settings, out var faults)
                ? project with
                {
                    Settings = settings!,
                    Digest = Acceptances.DigestOf(bytes),
                }
                : project with
                {
                    Faults = [.. faults.Select(Content.FaultOf)],
                };
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            var message = $"`{shown}` cannot be read: {refused.Message.TrimEnd('.')}";
            return project with { Faults = [new Fault(CliFaults.File, message)] };
        }
    }

    /// <summary>A path of the file as the user may open it from where they are.</summary>
    public string Shown(string path) =>
        Path.IsPathFullyQualified(path) ? path : Path.GetRelativePath(WorkingFolder, Path.Combine(Folder, path));
}
