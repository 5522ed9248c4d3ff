namespace Plumbline.Policies.Conftest;

/// <summary>Files that were given to a run cannot be used: nothing was tested.</summary>
/// <param name="faults">Each with the file that it is about.</param>
public sealed class ConftestException(params IReadOnlyList<string> faults) : Exception(string.Join('\n', faults))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
