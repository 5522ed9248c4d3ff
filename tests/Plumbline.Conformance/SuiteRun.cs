using System.Text;
using Plumbline.Values;

namespace Plumbline.Conformance;

/// <summary>All cases of a file, run: what passed, what failed, and what of that was owed.</summary>
internal sealed class SuiteRun
{
    private readonly Dictionary<Owing, (int Failed, int Passed)> _owed = [];

    private SuiteRun() { }

    public int Passed { get; private set; }

    /// <summary>With those that are owed or declined.</summary>
    public int Failed { get; private set; }

    public int Skipped { get; private set; }

    /// <summary>Failures that no line names.</summary>
    public List<(string Id, string Detail)> Unexpected { get; } = [];

    /// <summary>Failures that a line names.</summary>
    public List<(string Id, string Detail)> Expected { get; } = [];

    /// <summary>Lines that name a failure, with the number of cases.</summary>
    public IEnumerable<(Owing Line, int Cases)> Owed =>
        _owed.Where(o => o.Value.Failed > 0).Select(o => (o.Key, o.Value.Failed));

    /// <summary>Lines that name a case which passes: they must go, or name single cases.</summary>
    public IEnumerable<Owing> Stale => _owed.Where(o => o.Value.Passed > 0).Select(o => o.Key);

    /// <summary>Lines that name no case of the file.</summary>
    public IEnumerable<Owing> Idle => _owed.Where(o => o.Value is { Passed: 0, Failed: 0 }).Select(o => o.Key);

    /// <summary>Runs every line of a file.</summary>
    /// <exception cref="FormatException">A line is no case; the message names it.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SuiteRun Of(Suite suite, string path, SuiteOptions options) =>
        Of(suite, File.ReadLines(path), options, OwedList.Of(suite));

    /// <inheritdoc cref="Of(Suite, string, SuiteOptions)"/>
    public static SuiteRun Of(Suite suite, IEnumerable<string> lines, SuiteOptions options, IReadOnlyList<Owing> owed)
    {
        var run = new SuiteRun();
        foreach (var line in owed)
        {
            run._owed.Add(line, (0, 0));
        }

        foreach (var (text, number) in lines.Select((l, i) => (l, i + 1)).Where(l => l.l.Length > 0))
        {
            var line = Parse(text, number);
            var id = line["id"].Utf8.ToString();
            var category = suite.Category(line);
            run.Add(id, owed.FirstOrDefault(o => o.Names(id, category)), Run(suite, line, options));
        }

        return run;
    }

    private static Value Parse(string text, int number)
    {
        if (!Json.TryParse(Encoding.UTF8.GetBytes(text), JsonLimits.Stored, false, out var document, out var fault))
        {
            throw new FormatException($"line {number}, column {fault!.At.Column}: {fault.Message}");
        }

        var line = document!.Root;
        return line["id"].IsString
            ? line
            : throw new FormatException($"line {number}: expected an object with an `id`, got none");
    }

    private static Outcome Run(Suite suite, Value line, SuiteOptions options)
    {
        try
        {
            return suite.Run(line, options);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return Outcome.Failed($"{fault.GetType().Name}: {fault.Message}");
        }
    }

    private void Add(string id, Owing? owing, Outcome outcome)
    {
        switch (outcome.Kind)
        {
            case OutcomeKind.Passed:
                Passed++;
                break;
            case OutcomeKind.Skipped:
                Skipped++;
                return;
            default:
                Failed++;
                (owing is null ? Unexpected : Expected).Add((id, outcome.Detail));
                break;
        }

        if (owing is not null)
        {
            var (failed, passed) = _owed[owing];
            _owed[owing] = outcome.Kind == OutcomeKind.Passed ? (failed, passed + 1) : (failed + 1, passed);
        }
    }
}
