using System.Text;
using Plumbline.Values;

namespace Plumbline.Core.Evidence;

/// <summary>The entry that something is known to be missing, and why: what the store writes on its own.</summary>
/// <remarks>
/// The members of <see cref="LeafHead"/>, of the type <c>plumbline.dev/gap/v1</c>, and <c>gap</c>:
/// <code>
/// {"reason": "runLost", "run": UUID}                           blobs: identity, run
/// {"from": time, "reason": "clockBackwards", "to": time}       blobs: identity
/// </code>
/// Actor, machine and tool are those of whoever noticed. What a run was about may name people or machines and lies in the blob
/// <c>run</c>, a line of text.
/// </remarks>
public sealed record GapLeaf
{
    public const string Type = "plumbline.dev/gap/v1";

    /// <summary>A run began, and its process died before it sealed anything.</summary>
    public const string RunLost = "runLost";

    /// <summary>The machine's clock was set back; until it has caught up, the log's time only counts on.</summary>
    public const string ClockBackwards = "clockBackwards";

    private const string Member = "gap";

    public required LeafHead Head { get; init; }

    /// <summary><see cref="RunLost"/> or <see cref="ClockBackwards"/>.</summary>
    public required string Reason { get; init; }

    /// <exception cref="FormatException">The bytes are no such leaf.</exception>
    public static GapLeaf Parse(ReadOnlySpan<byte> utf8)
    {
        var leaf = StoredObject.Parse(utf8, "leaf");
        return new GapLeaf { Head = LeafHead.Read(leaf, Type), Reason = leaf.Inner(Member).Text("reason") };
    }

    /// <param name="observed">When the run began, and when it was found dead: it ended somewhere between.</param>
    /// <param name="description">What the run was.</param>
    public static SealRequest OfLostRun(
        GapContext context,
        Guid run,
        (DateTimeOffset From, DateTimeOffset To) observed,
        string description
    ) =>
        Request(
            context,
            observed,
            new ObjectBuilder { ["reason"] = RunLost, ["run"] = run.ToString("D") }.ToValue(),
            ContentKind.Run.PayloadOf(Encoding.UTF8.GetBytes(description))
        ) with
        {
            Run = run,
        };

    public static SealRequest OfClock(GapContext context, DateTimeOffset from, DateTimeOffset to) =>
        Request(
            context,
            (to, to),
            new ObjectBuilder
            {
                ["from"] = LogTime.Format(from),
                ["reason"] = ClockBackwards,
                ["to"] = LogTime.Format(to),
            }.ToValue()
        );

    private static SealRequest Request(
        GapContext context,
        (DateTimeOffset From, DateTimeOffset To) observed,
        Value gap,
        params ReadOnlySpan<Payload> payloads
    )
    {
        var identity = Identity.Of(context.Author, context.Random);
        var id = Uuid7.New(context.Now, context.Random);
        return new SealRequest
        {
            Payloads = [identity.ToPayload(), .. payloads],
            Leaf = (time, blobs) =>
                LeafHead.Of(id, time, observed, identity, context.Author, blobs).ToBytes(Type, Member, gap),
        };
    }
}

/// <summary>What an entry of the store's own takes besides what it is about.</summary>
/// <param name="Now">The machine's clock, for the leaf's id.</param>
/// <param name="Random">Fills salts and ids.</param>
public sealed record GapContext(LeafAuthor Author, DateTimeOffset Now, Action<Span<byte>> Random);
