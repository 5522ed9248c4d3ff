using Plumbline.Policies.Conftest;
using Plumbline.Values;

namespace Plumbline.Cli.Foreign.Conftest;

/// <summary><c>conftest parse FILE…</c>: shows files as policies see them.</summary>
internal sealed class ParseCommand(GoFlags flags, HostEnvironment host, TextWriter output)
{
    /// <exception cref="ConftestException">A file cannot be read.</exception>
    public int Run()
    {
        if (flags.Words.Count == 0)
        {
            throw new FormatException("must supply path to at least one file");
        }

        var files = new InputFiles(host).Read(flags.Words, flags.Text("parser"));
        output.WriteLine(GoJson.Indented(Shape(files), "  "));
        return 0;
    }

    /// <summary>One file alone as it is; several by their paths, or combined.</summary>
    private Value Shape(IReadOnlyList<ConfigFile> files)
    {
        if (flags.IsOn("combine"))
        {
            return Combination.Of(files.Select(f => (f.Path, f.Documents)));
        }

        if (files is [var only])
        {
            return Whole(only);
        }

        var all = new ObjectBuilder();
        foreach (var file in files)
        {
            all[file.Path] = Whole(file);
        }

        return all.ToValue();
    }

    private static Value Whole(ConfigFile file) =>
        file.Documents is [var document] ? document : Value.ArrayOf([.. file.Documents]);
}
