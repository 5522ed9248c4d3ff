namespace Plumbline.Storage;

/// <summary>Decides where the store and its keys are; asks the file system only through the given predicate.</summary>
/// <remarks>Source of the order: CONTRACTS 8, "Store".</remarks>
/// <param name="Folder">Absolute path.</param>
public sealed record StoreLocation(string Folder, StoreLocationReason Reason)
{
    public const string FolderName = ".plumbline";

    /// <param name="option">The value of <c>--store</c> or of the configuration's <c>store</c>; relative to <paramref name="workingFolder"/>.</param>
    /// <param name="firstPath">The first target that is a path; null where none is.</param>
    public static StoreLocation Resolve(
        string? option,
        string? firstPath,
        string workingFolder,
        StoreEnvironment environment
    )
    {
        if (!string.IsNullOrEmpty(option))
        {
            return new(Path.GetFullPath(option, workingFolder), StoreLocationReason.Option);
        }
        var start = firstPath is null
            ? workingFolder
            : FolderOf(Path.GetFullPath(firstPath, workingFolder), environment);
        if (Upwards(start, FolderName, environment.FolderExists) is { } found)
        {
            return new(Path.Combine(found, FolderName), StoreLocationReason.Found);
        }
        if (Upwards(start, ".git", environment.Exists) is { } repository)
        {
            return new(Path.Combine(repository, FolderName), StoreLocationReason.Repository);
        }
        return firstPath is null
            ? new(Path.Combine(environment.StateHome, "plumbline"), StoreLocationReason.StateHome)
            : new(Path.Combine(start, FolderName), StoreLocationReason.BesidePath);
    }

    /// <summary>The folder under which every origin has its keys: never in a tree (CONTRACTS 8).</summary>
    public static string KeysFolder(StoreEnvironment environment) =>
        Path.Combine(environment.ConfigHome, "plumbline", "keys");

    /// <summary>A folder stands for itself, anything else for the folder it lies in.</summary>
    private static string FolderOf(string path, StoreEnvironment environment) =>
        environment.FolderExists(path) ? path : Path.GetDirectoryName(path) ?? path;

    private static string? Upwards(string start, string name, Func<string, bool> exists)
    {
        for (var folder = start; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (exists(Path.Combine(folder, name)))
            {
                return folder;
            }
        }
        return null;
    }
}

/// <summary>Why the store is where it is; shown with its path.</summary>
public enum StoreLocationReason
{
    Option,
    Found,
    Repository,
    BesidePath,
    StateHome,
}

/// <summary>What the location depends on besides the command line.</summary>
public sealed record StoreEnvironment
{
    /// <summary>The user's home folder.</summary>
    public required string Home { get; init; }

    /// <summary><c>XDG_STATE_HOME</c>; a relative one counts as unset (XDG Base Directory Specification).</summary>
    public string StateHome
    {
        get => Path.IsPathFullyQualified(field) ? field : Path.Combine(Home, ".local", "state");
        init;
    } = "";

    /// <summary><c>XDG_CONFIG_HOME</c>, likewise.</summary>
    public string ConfigHome
    {
        get => Path.IsPathFullyQualified(field) ? field : Path.Combine(Home, ".config");
        init;
    } = "";

    public Func<string, bool> FolderExists { get; init; } = Directory.Exists;

    /// <summary>True for a file too: <c>.git</c> is one in a worktree.</summary>
    public Func<string, bool> Exists { get; init; } = Path.Exists;

    public static StoreEnvironment OfThisProcess() =>
        new()
        {
            Home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
            StateHome = Environment.GetEnvironmentVariable("XDG_STATE_HOME") ?? "",
            ConfigHome = Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") ?? "",
        };
}
