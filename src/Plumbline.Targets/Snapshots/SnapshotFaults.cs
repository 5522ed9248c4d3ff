namespace Plumbline.Targets.Snapshots;

/// <summary>Codes of what is wrong with a snapshot folder: PLB-3100 to PLB-3199.</summary>
public static class SnapshotFaults
{
    /// <summary>A file of it is not what was saved, or is missing.</summary>
    public const string Differs = "PLB-3101";

    /// <summary>A snapshot was to be saved where something lies already, or where nothing can be written.</summary>
    public const string NotSaved = "PLB-3102";
}
