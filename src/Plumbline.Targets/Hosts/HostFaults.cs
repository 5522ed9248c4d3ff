namespace Plumbline.Targets.Hosts;

/// <summary>Codes of what of a host could not be read: PLB-3100 to PLB-3199.</summary>
public static class HostFaults
{
    /// <summary>What was asked for is no host that can be read: no Linux, no folder.</summary>
    public const string NoHost = "PLB-3101";

    /// <summary>Whoever reads lacks a permission.</summary>
    public const string Refused = "PLB-3102";

    /// <summary>A file gave an error, or is more than is read.</summary>
    public const string Unreadable = "PLB-3103";

    /// <summary>A command failed, took too long or said too much.</summary>
    public const string Command = "PLB-3104";

    /// <summary>A file says something that its format does not have.</summary>
    public const string Malformed = "PLB-3105";

    /// <summary>A folder does not tell what runs.</summary>
    public const string NotRunning = "PLB-3106";

    /// <summary>Looking through the file systems ended before everything was seen.</summary>
    public const string Walk = "PLB-3107";

    /// <summary>Somebody stopped the reading.</summary>
    public const string Interrupted = "PLB-3108";

    /// <summary>A source that this version does not read.</summary>
    public const string NotRead = "PLB-3109";
}
