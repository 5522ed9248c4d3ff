using System.Collections.Immutable;
using Plumbline.Cli.Faults;
using Plumbline.Cli.Terminal;
using Plumbline.Core.Resources;
using Plumbline.Exchange.Reports;

namespace Plumbline.Cli.Showing;

/// <summary>What was not read, why, what that affects and what to do about it.</summary>
/// <remarks>Of very many the first are shown and the rest is counted: a report for machines has them all.</remarks>
internal sealed class GapText(Screen screen)
{
    private const int Indent = 6;
    private const int ShownGaps = 100;

    public void Write(ImmutableArray<Gap> gaps)
    {
        foreach (var gap in gaps.Take(ShownGaps))
        {
            screen.Write(
                0,
                Indent,
                new Ink("Not read: ", Tone.Unknown),
                Visible.Shortened(gap.Reason),
                new Ink($" ({gap.Code})")
            );
            if (gap.Permission.Length > 0)
            {
                screen.Write(Indent, 2, $"Needs: {gap.Permission}");
            }

            screen.Write(Indent, 2, new Ink(Effect(gap), Tone.Quiet));
            if (FaultTable.RemedyOf(gap.Code) is { } remedy)
            {
                screen.Write(Indent, 2, new Ink(remedy, Tone.Quiet));
            }

            screen.Blank();
        }

        if (gaps.Length > ShownGaps)
        {
            screen.Write(
                0,
                Indent,
                new Ink("Not read: ", Tone.Unknown),
                $"{Words.Number(gaps.Length - ShownGaps)} more; --format json lists them"
            );
            screen.Blank();
        }
    }

    private static string Effect(Gap gap)
    {
        if (gap.Affects.IsEmpty)
        {
            return "Affects nothing that is asked.";
        }

        var scopes = gap.Affects.Select(s =>
            s.Pointer is { } pointer ? $"{pointer.Text} of {s.What}"
            : s.Where.Length == 0 ? Population(s.What)
            : $"{Population(s.What)} in {Folder(s.Where)}"
        );
        return $"Affects {string.Join("; ", scopes)}: no pass speaks for them.";
    }

    private static string Population(string what) =>
        what switch
        {
            "*" => "all that may be",
            "k8s/*" => "all Kubernetes objects",
            _ => what,
        };

    /// <summary>The folder in its repository, which people know without the repository's name.</summary>
    private static string Folder(string where)
    {
        var at = where.IndexOf("//", StringComparison.Ordinal);
        return at < 0 ? where
            : at + 2 == where.Length ? "the whole repository"
            : where[(at + 2)..];
    }
}
