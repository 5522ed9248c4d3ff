using Plumbline.Core.Judging;
using Plumbline.Policies.Checks;
using Plumbline.Policies.Conftest;

namespace Plumbline.Policies.Tests.Conftest;

/// <summary>Policies that a test writes, in a folder of its own.</summary>
internal sealed class PolicyFolder : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("plumbline-policies-");

    public PolicyFolder File(string name, string text)
    {
        var path = Path.Combine(_root.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, text);
        return this;
    }

    /// <summary>Loads what lies in <c>policy</c>, with the data in <c>data</c> where there is some.</summary>
    public ForeignPolicies Load(params IReadOnlyList<string> packages) =>
        ForeignLibrary.Load(
            new ForeignOptions
            {
                Policies = ["policy"],
                Data = Directory.Exists(Path.Combine(_root.FullName, "data")) ? ["data"] : [],
                Folder = _root.FullName,
                Packages = packages,
            }
        );

    /// <summary>The faults for which they do not load.</summary>
    public IReadOnlyList<string> Faults(params IReadOnlyList<string> packages) =>
        Assert.Throws<LibraryException>(() => Load(packages)).Faults;

    public void Dispose() => _root.Delete(recursive: true);
}
