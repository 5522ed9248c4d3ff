using Plumbline.Rego.Builtins.Re2;
using Plumbline.Values;

namespace Plumbline.Rego.Builtins;

/// <summary><c>regex.globs_match</c>: whether some text that is not empty matches both of two small patterns.</summary>
/// <remarks>
/// Only <c>. * + [ - ] \</c> are special. Both patterns are walked side by side: a state is how far each has come, a step
/// is one code point that both can take.
/// </remarks>
internal static class GlobIntersection
{
    private sealed record Token(RuneSet Set, bool MayRepeat, bool MayBeAbsent);

    public static Answer Match(IBuiltinContext context, Utf8 left, Utf8 right)
    {
        if (Read(left.ToString(), out var a) is { } leftFault)
        {
            return leftFault;
        }

        if (Read(right.ToString(), out var b) is { } rightFault)
        {
            return rightFault;
        }

        context.Charge((long)(a.Count + 1) * (b.Count + 1));
        return Meet(a, b);
    }

    private static bool Meet(List<Token> a, List<Token> b)
    {
        var seen = new HashSet<(int, int)>();
        var queue = new Queue<(int, int)>([(0, 0)]);
        while (queue.TryDequeue(out var state))
        {
            foreach (var i in Reachable(a, state.Item1))
            {
                foreach (var j in Reachable(b, state.Item2))
                {
                    if (i == a.Count || j == b.Count || !Overlap(a[i].Set, b[j].Set))
                    {
                        continue;
                    }

                    foreach (var next in After(a, b, i, j))
                    {
                        if (CanEnd(a, next.Item1) && CanEnd(b, next.Item2))
                        {
                            return true;
                        }

                        if (seen.Add(next))
                        {
                            queue.Enqueue(next);
                        }
                    }
                }
            }
        }

        return false;
    }

    private static IEnumerable<(int, int)> After(List<Token> a, List<Token> b, int i, int j)
    {
        yield return (i + 1, j + 1);
        if (a[i].MayRepeat)
        {
            yield return (i, j + 1);
        }

        if (b[j].MayRepeat)
        {
            yield return (i + 1, j);
        }

        if (a[i].MayRepeat && b[j].MayRepeat)
        {
            yield return (i, j);
        }
    }

    /// <summary>Where a pattern may stand without taking anything: here, and behind what may be absent.</summary>
    private static IEnumerable<int> Reachable(List<Token> tokens, int at)
    {
        yield return at;
        while (at < tokens.Count && tokens[at].MayBeAbsent)
        {
            yield return ++at;
        }
    }

    private static bool CanEnd(List<Token> tokens, int at) => tokens.Skip(at).All(t => t.MayBeAbsent);

    private static bool Overlap(RuneSet a, RuneSet b) =>
        a.Ranges.Any(r => b.Contains(r.First)) || b.Ranges.Any(r => a.Contains(r.First));

    private static Answer? Read(string text, out List<Token> tokens)
    {
        tokens = [];
        var runes = text.EnumerateRunes().Select(r => r.Value).ToArray();
        for (var i = 0; i < runes.Length; i++)
        {
            var at = i;
            RuneSet set;
            switch (runes[i])
            {
                case '*' or '+':
                    return Fault(text, at, $"flag '{(char)runes[i]}' must be preceded by a non-flag");
                case ']':
                    return Fault(text, at, "set-close ']' with no preceding '['");
                case '.':
                    set = RuneSet.Any;
                    break;
                case '[':
                    if (ReadSet(text, runes, ref i, out set) is { } fault)
                    {
                        return fault;
                    }

                    break;
                case '\\' when ++i == runes.Length:
                    return Fault(text, at, "input ends with an escape");
                default:
                    set = RuneSet.Of(runes[i]);
                    break;
            }

            var flag = i + 1 < runes.Length ? runes[i + 1] : 0;
            i += flag is '*' or '+' ? 1 : 0;
            tokens.Add(new Token(set, flag is '*' or '+', flag == '*'));
        }

        return null;
    }

    private static Answer? ReadSet(string text, int[] runes, ref int i, out RuneSet set)
    {
        var ranges = new List<RuneRange>();
        var start = i;
        for (i++; i < runes.Length && runes[i] != ']'; i++)
        {
            i += runes[i] == '\\' ? 1 : 0;
            if (i + 2 < runes.Length && runes[i + 1] == '-' && runes[i + 2] != ']')
            {
                ranges.Add(new RuneRange(runes[i], runes[i + 2]));
                i += 2;
            }
            else if (i < runes.Length)
            {
                ranges.Add(new RuneRange(runes[i], runes[i]));
            }
        }

        set = RuneSet.Of(ranges.Where(r => r.First <= r.Last));
        return i < runes.Length ? (Answer?)null : Fault(text, start, "found [ without matching ]");
    }

    private static Answer Fault(string text, int at, string what) =>
        Answer.Invalid($"input:{text}, pos:{at + 1}, {what}: the input provided is invalid");
}
