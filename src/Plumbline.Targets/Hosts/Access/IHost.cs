using System.Collections.Immutable;

namespace Plumbline.Targets.Hosts.Access;

/// <summary>How an attempt to read something of a host ended.</summary>
internal enum Outcome
{
    Read,

    /// <summary>It is not there: an answer, not a failure.</summary>
    Absent,

    /// <summary>The identity that reads is not allowed to.</summary>
    Refused,

    /// <summary>Allowed, and yet the system or the program gave an error.</summary>
    Failed,

    /// <summary>More than the limit, so nothing of it counts.</summary>
    TooLarge,

    TimedOut,

    /// <summary>It would have to be asked of a running machine, and this is a folder.</summary>
    NotRunning,
}

/// <summary>What came of one attempt to read.</summary>
/// <param name="Value">Of no meaning unless <see cref="Outcome.Read"/>.</param>
internal readonly record struct Reply<T>(Outcome Outcome, T Value)
{
    public bool IsRead => Outcome == Outcome.Read;

    public static Reply<T> Of(T value) => new(Outcome.Read, value);

    public static Reply<T> None(Outcome outcome) => new(outcome, default!);
}

/// <summary>What a path of a host is.</summary>
internal enum FileKind
{
    File,
    Directory,
    Link,
    Other,
}

/// <summary>What the system says of a file without opening it.</summary>
/// <param name="Mode">The twelve bits of permission, set-uid, set-gid and sticky included.</param>
/// <param name="Device">Of the file system it lies on.</param>
/// <param name="Changed">When its content changed last, in seconds since 1970.</param>
internal readonly record struct FileFacts(
    FileKind Kind,
    uint Owner,
    uint Group,
    int Mode,
    long Size,
    ulong Device,
    ulong Inode,
    long Changed
);

/// <summary>Under whom a host is read.</summary>
internal sealed record HostIdentity(uint Uid, uint Gid, ImmutableArray<uint> Groups)
{
    public bool IsRoot => Uid == 0;
}

/// <summary>The only door to a host: it reads, and has no way to write.</summary>
/// <remarks>Paths are absolute, as the host itself names them. Links are followed, unless a method says otherwise.</remarks>
internal interface IHost
{
    /// <summary>What a key calls it where nobody gives it a name; empty where it has none.</summary>
    string Name { get; }

    /// <summary>Whether <c>/proc</c>, <c>/sys</c> and commands speak of it.</summary>
    bool IsRunning { get; }

    HostIdentity Identity { get; }

    /// <summary>Opens a regular file; anything else is <see cref="Outcome.Failed"/>.</summary>
    ValueTask<Reply<Stream>> OpenAsync(string path, CancellationToken cancel);

    ValueTask<Reply<FileFacts>> FactsAsync(string path, bool followLink, CancellationToken cancel);

    /// <summary>The text of a link; <see cref="Outcome.Failed"/> for what is none.</summary>
    ValueTask<Reply<string>> LinkAsync(string path, CancellationToken cancel);

    /// <summary>Names in a folder, in ordinal order.</summary>
    ValueTask<Reply<ImmutableArray<string>>> ListAsync(string path, CancellationToken cancel);

    /// <summary>What a command of <see cref="HostCommand.All"/> prints.</summary>
    ValueTask<Reply<string>> RunAsync(HostCommand command, CancellationToken cancel);
}
