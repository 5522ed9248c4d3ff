using Plumbline.Core;

namespace Plumbline.Policies.Conftest;

/// <summary>A file of policies or data, read.</summary>
/// <param name="Name">What evidence calls it: the given path's own name, then the way below it, forward slashes.</param>
/// <param name="Path">As the user may open it.</param>
public sealed record InputFile(string Name, string Path, byte[] Bytes)
{
    /// <summary>The files that the paths name: files themselves, and all below folders, in the order of their names.</summary>
    /// <param name="folder">What relative paths are relative to.</param>
    /// <param name="accepts">Which files count, by name. A file that is named itself counts always.</param>
    /// <param name="fault">Told of a path that is not there or cannot be read: the path, and why.</param>
    public static List<InputFile> Read(
        IEnumerable<string> paths,
        string folder,
        Func<string, bool> accepts,
        Action<string, string> fault
    )
    {
        var files = new List<(string FullPath, InputFile File)>();
        foreach (var path in paths)
        {
            var full = System.IO.Path.GetFullPath(path, folder);
            try
            {
                if (Directory.Exists(full))
                {
                    files.AddRange(
                        FileTree.Below(full).Where(f => accepts(System.IO.Path.GetFileName(f))).Select(Below)
                    );
                }
                else
                {
                    files.Add((full, new InputFile(System.IO.Path.GetFileName(full), path, File.ReadAllBytes(full))));
                }
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                fault(
                    path,
                    refused is FileNotFoundException or DirectoryNotFoundException
                        ? "it is not there"
                        : "it cannot be read"
                );
            }

            (string, InputFile) Below(string file)
            {
                var below = System.IO.Path.GetRelativePath(full, file);
                var top = System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(full));
                var name = $"{top}/{below.Replace(System.IO.Path.DirectorySeparatorChar, '/')}";
                return (file, new InputFile(name, System.IO.Path.Combine(path, below), File.ReadAllBytes(file)));
            }
        }

        return Distinct(files);
    }

    /// <summary>A file that is reached twice counts once; two of one name are told apart.</summary>
    private static List<InputFile> Distinct(List<(string FullPath, InputFile File)> files)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var distinct = new List<InputFile>();
        foreach (var (_, file) in files.DistinctBy(f => f.FullPath, StringComparer.Ordinal))
        {
            var name = file.Name;
            for (var n = 2; !names.Add(name); n++)
            {
                name = $"{file.Name}#{n}";
            }

            distinct.Add(file with { Name = name });
        }

        return distinct;
    }
}

/// <summary>All files below a folder, in the order of their names: the same on every machine. Links to folders are not followed.</summary>
internal static class FileTree
{
    public static IEnumerable<string> Below(string folder)
    {
        var entries = new DirectoryInfo(folder).GetFileSystemInfos();
        Array.Sort(entries, (left, right) => Ordinal.Compare(left.Name, right.Name));
        foreach (var entry in entries)
        {
            if (entry is DirectoryInfo { LinkTarget: null })
            {
                foreach (var file in Below(entry.FullName))
                {
                    yield return file;
                }
            }
            else if (entry is FileInfo)
            {
                yield return entry.FullName;
            }
        }
    }
}
