using Plumbline.Core;
using Plumbline.Targets.Hosts.Access;
using Plumbline.Values;

namespace Plumbline.Targets.Hosts;

/// <summary><c>linux/reading</c>: under whom the host was read, and what came of each command.</summary>
/// <remarks>A check can ask for it: what was read without root may be clean only because nobody looked.</remarks>
internal static class ReadingRecord
{
    public static Value Of(HostReading reading)
    {
        var identity = reading.Host.Identity;
        var refused = reading
            .AllMissing.Where(m => m.Permission.Length > 0)
            .OrderBy(m => m.Operation, Ordinal.Comparer)
            .Select(m => KeyValuePair.Create(m.Operation, m.Permission));
        return new ObjectBuilder
        {
            ["identity"] = new ObjectBuilder
            {
                ["uid"] = identity.Uid,
                ["gid"] = identity.Gid,
                ["groups"] = HostValues.List(identity.Groups.Select(g => Value.Of(g))),
                ["root"] = identity.IsRoot,
            }.ToValue(),
            ["source"] = reading.Host.IsRunning ? "machine" : "folder",
            ["commands"] = HostValues.Map(
                reading.Commands,
                outcome =>
                    new ObjectBuilder
                    {
                        ["complete"] = outcome is Outcome.Read or Outcome.Absent,
                        ["outcome"] = WordOf(outcome),
                    }.ToValue()
            ),
            ["refused"] = HostValues.Map(refused, permission => $"needs {permission}"),
        }.ToValue();
    }

    private static string WordOf(Outcome outcome) =>
        outcome switch
        {
            Outcome.Read => "read",
            Outcome.Absent => "absent",
            Outcome.Refused => "refused",
            Outcome.TooLarge => "too large",
            Outcome.TimedOut => "timed out",
            _ => "failed",
        };
}
