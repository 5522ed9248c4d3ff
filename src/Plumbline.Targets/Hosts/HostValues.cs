using Plumbline.Core;
using Plumbline.Targets.Hosts.Access;
using Plumbline.Values;

namespace Plumbline.Targets.Hosts;

/// <summary>The few shapes that documents of hosts are made of.</summary>
internal static class HostValues
{
    public static Value Texts(IEnumerable<string> texts)
    {
        var array = new ArrayBuilder();
        foreach (var text in texts)
        {
            array.Add(text);
        }

        return array.Build();
    }

    /// <summary>Distinct, in ordinal order: for lists whose order means nothing.</summary>
    public static Value SortedTexts(IEnumerable<string> texts) => Texts(texts.Distinct().Order(Ordinal.Comparer));

    public static Value List(IEnumerable<Value> items, OpenMark? open = null)
    {
        var array = new ArrayBuilder { Open = open };
        foreach (var item in items)
        {
            array.Add(item);
        }

        return array.Build();
    }

    /// <summary>An object of which some is missing: open, and empty unless something is put into it.</summary>
    public static Value OpenObject(Missing missing) => new ObjectBuilder { Open = missing.Open }.ToValue();

    /// <summary>What is missing makes it open; null leaves it closed.</summary>
    public static Value Map<T>(
        IEnumerable<KeyValuePair<string, T>> members,
        Func<T, Value> value,
        Missing? missing = null
    )
    {
        var map = new ObjectBuilder { Open = missing?.Open };
        foreach (var (name, member) in members)
        {
            map[name] = value(member);
        }

        return map.ToValue();
    }

    /// <summary>Adds a member that not every object has.</summary>
    public static void AddIf(this ObjectBuilder members, string name, string? text)
    {
        if (text is not null)
        {
            members[name] = text;
        }
    }

    /// <summary>Owner, group and mode of a file: numbers, and names where the numbers have some.</summary>
    public static void AddFacts(this ObjectBuilder members, FileFacts facts, HostNames names)
    {
        members["uid"] = facts.Owner;
        members.AddIf("owner", names.UserOf(facts.Owner));
        members["gid"] = facts.Group;
        members.AddIf("group", names.GroupOf(facts.Group));
        members["mode"] = facts.Mode;
    }

    /// <summary>A value that nothing on this host tells: unknown, and no gap, since nothing was refused.</summary>
    public static Value Untold(string cause, ValueKind kind, bool present = true) =>
        Value.Of(
            new Unknown
            {
                Cause = cause,
                Present = present,
                Kind = kind,
            }
        );

    public static Value FilesOf(IEnumerable<HostText> texts) => Texts(texts.Where(t => t.Exists).Select(t => t.Path));

    /// <summary>The first of these that could not be read.</summary>
    public static Missing? FirstMissing(this IEnumerable<HostText> texts) =>
        texts.Select(t => t.Missing).FirstOrDefault(m => m is not null);
}
