using System.Text.RegularExpressions;
using Plumbline.Core;
using Plumbline.Policies.Conftest;
using Plumbline.Values;

namespace Plumbline.Cli.Foreign.Conftest;

/// <summary>A file to test, read.</summary>
/// <param name="Path">As it is shown; <c>-</c> for standard input.</param>
internal sealed record ConfigFile(string Path, IReadOnlyList<Value> Documents);

/// <summary>The files that are tested: those that are named, and those of a supported type below the folders that are named.</summary>
internal sealed class InputFiles(HostEnvironment host)
{
    private const string StandardInput = "-";

    /// <param name="ignore">A regular expression for paths below folders; empty for none.</param>
    /// <exception cref="ConftestException">There is none, or one is not there.</exception>
    public IReadOnlyList<string> Find(IEnumerable<string> words, string ignore)
    {
        var ignored = ignore.Length == 0 ? null : RegexOf(ignore);
        var found = words.Where(w => w.Length > 0).SelectMany(w => Below(w, ignored)).ToList();
        return found.Count > 0 ? found : throw new ConftestException("parse files: no files found");
    }

    /// <summary>Reads each file once, with the parser that is named, else with that of its type.</summary>
    /// <exception cref="ConftestException">Some cannot be read; every fault is in it.</exception>
    public IReadOnlyList<ConfigFile> Read(IEnumerable<string> paths, string parser)
    {
        var named = parser.Length > 0 ? ConfigParser.Named(parser) : null;
        var files = new List<ConfigFile>();
        var faults = new List<string>();
        foreach (var path in paths.Distinct(StringComparer.Ordinal))
        {
            try
            {
                files.Add(new ConfigFile(path, (named ?? ConfigParser.For(path)).Read(path, Bytes(path))));
            }
            catch (ConftestException wrong)
            {
                faults.AddRange(wrong.Faults);
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                faults.Add($"open {path}: {Reason(refused)}");
            }
        }

        return faults.Count == 0
            ? files
            : throw new ConftestException($"parse configurations: {string.Join('\n', faults)}");
    }

    private IEnumerable<string> Below(string word, Regex? ignored)
    {
        var full = Path.GetFullPath(word, host.WorkingFolder);
        if (word == StandardInput || File.Exists(full))
        {
            return [word];
        }

        return Directory.Exists(full)
            ? Walk(full, word.TrimEnd('/') is { Length: > 0 } top ? top : "/")
                .Where(p => ignored?.IsMatch(p) != true && ConfigParser.Reads(p))
            : throw new ConftestException($"parse files: get file info: stat {word}: no such file or directory");
    }

    /// <summary>In the order of their names. Links to folders are not followed, those to files are.</summary>
    private static IEnumerable<string> Walk(string folder, string shown)
    {
        FileSystemInfo[] entries;
        try
        {
            entries = new DirectoryInfo(folder).GetFileSystemInfos();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new ConftestException(
                $"parse files: get files from directory: walk path: open {shown}: {Reason(refused)}"
            );
        }

        Array.Sort(entries, (left, right) => Ordinal.Compare(left.Name, right.Name));
        foreach (var entry in entries)
        {
            var path = shown == "." ? entry.Name : $"{shown.TrimEnd('/')}/{entry.Name}";
            if (entry is DirectoryInfo { LinkTarget: null })
            {
                foreach (var file in Walk(entry.FullName, path))
                {
                    yield return file;
                }
            }
            else if (entry is FileInfo)
            {
                yield return path;
            }
        }
    }

    private byte[] Bytes(string path)
    {
        if (path != StandardInput)
        {
            return File.ReadAllBytes(Path.GetFullPath(path, host.WorkingFolder));
        }

        using var input = host.Input();
        using var all = new MemoryStream();
        input.CopyTo(all);
        return all.ToArray();
    }

    private static string Reason(Exception refused) =>
        refused is UnauthorizedAccessException ? "permission denied" : "no such file or directory";

    private static Regex RegexOf(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception wrong) when (wrong is ArgumentException or NotSupportedException)
        {
            throw new ConftestException($"parse files: given regexp couldn't be parsed: {wrong.Message}");
        }
    }
}
