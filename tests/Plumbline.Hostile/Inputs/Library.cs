namespace Plumbline.Hostile.Inputs;

/// <summary>The small library that the tests of the command line use, as files of the repository that is scanned.</summary>
internal static class Library
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "library");

    public static byte[] Framework { get; } = Read("frameworks/demo.yaml").Bytes;

    public static IReadOnlyList<(string Path, byte[] Bytes)> Checks { get; } =
    [
        Read("checks/demo/demo-owner.rego"),
        Read("checks/demo/demo-password.rego"),
        Read("checks/demo/demo-privileged.rego"),
    ];

    private static (string Path, byte[] Bytes) Read(string path) =>
        ($"library/{path}", File.ReadAllBytes(Path.Combine(Folder, path)));
}
