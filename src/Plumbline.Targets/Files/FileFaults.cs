namespace Plumbline.Targets.Files;

/// <summary>Codes of what a path target could not read: PLB-3000 to PLB-3099. Faults inside a text keep the code of their language.</summary>
public static class FileFaults
{
    /// <summary>The path that was asked for is not there, or cannot be opened.</summary>
    public const string NoTarget = "PLB-3001";

    /// <summary>A file or folder below it cannot be opened.</summary>
    public const string Unreadable = "PLB-3002";

    /// <summary>A link leads out of the target, or nowhere.</summary>
    public const string LinkOutside = "PLB-3003";

    /// <summary>A Helm chart, which is no manifest until it is rendered.</summary>
    public const string Chart = "PLB-3004";

    /// <summary>A kustomization, which changes manifests when it is built.</summary>
    public const string Kustomization = "PLB-3005";

    /// <summary>An object that looks like a manifest and lacks what would make it one.</summary>
    public const string Incomplete = "PLB-3006";

    /// <summary>An object whose very name holds a secret.</summary>
    public const string SecretName = "PLB-3007";

    /// <summary>Somebody stopped the reading.</summary>
    public const string Interrupted = "PLB-3008";
}
