using System.Globalization;
using Plumbline.Values;

namespace Plumbline.Targets.Hosts.Audit;

/// <summary>Rules in the order in which they are loaded, and what their controls set.</summary>
internal sealed class AuditRuleSet(IReadOnlyList<AuditRule> rules, IReadOnlyList<HostText> files)
{
    /// <summary>One file, as <c>auditctl -R</c> takes it: in its own order.</summary>
    public static AuditRuleSet OfFile(HostText file) => new([.. Rules(file)], [file]);

    /// <summary>The files of a <c>rules.d</c>, as augenrules(8) joins them: the last <c>-D</c>, <c>-b</c> and <c>-f</c> first, the last <c>-e</c> last.</summary>
    /// <param name="files">In the order of their names, numbers in them by value.</param>
    public static AuditRuleSet OfFolder(IReadOnlyList<HostText> files)
    {
        var all = files.SelectMany(Rules).ToList();
        var ordered = new List<AuditRule>();
        foreach (var option in (string[])["-D", "-b", "-f"])
        {
            ordered.AddRange(all.FindLast(r => IsMoved(r, option)) is { } last ? [last] : []);
        }

        ordered.AddRange(
            all.Where(r => !IsMoved(r, "-D") && !IsMoved(r, "-b") && !IsMoved(r, "-f") && !IsMoved(r, "-e"))
        );
        ordered.AddRange(all.FindLast(r => IsMoved(r, "-e")) is { } end ? [end] : []);
        return new AuditRuleSet(ordered, files);
    }

    /// <summary>The output of <c>auditctl -l</c>: a rule a line, or a sentence that there are none.</summary>
    public static AuditRuleSet OfKernel(string output) =>
        new(
            [
                .. output
                    .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    .Where(l => l.StartsWith('-'))
                    .Select(AuditRule.Parse),
            ],
            []
        );

    public Value Rules() => HostValues.List(rules.Select(r => r.Document), files.FirstMissing()?.Open);

    public Value Files() => HostValues.FilesOf(files);

    /// <summary>What <c>-e</c>, <c>-f</c> or <c>-b</c> sets; undefined where nothing does.</summary>
    public Value Control(string option)
    {
        var value = rules.LastOrDefault(r => r.Option == option)?.Argument;
        return long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : files.FirstMissing() is { } missing ? missing.Perhaps(ValueKind.Number)
            : default;
    }

    private static bool IsMoved(AuditRule rule, string option) =>
        rule.Option == option && (option != "-D" || rule.Argument is null);

    private static IEnumerable<AuditRule> Rules(HostText file) => file.Lines().Select(l => AuditRule.Parse(l.Text));
}
