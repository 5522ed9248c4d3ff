namespace Plumbline.Cli.Foreign.Opa;

/// <summary>What was asked cannot be evaluated: something that was given is not there, or is none of what it should be.</summary>
internal sealed class OpaException(string message) : Exception(message);
