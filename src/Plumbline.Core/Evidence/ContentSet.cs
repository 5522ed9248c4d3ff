namespace Plumbline.Core.Evidence;

/// <summary>What a payload holds; decides how it is named, under which key it is erased, and where it is found.</summary>
/// <param name="Name">Becomes the blob's name.</param>
/// <param name="Class">Scope of the data key (<see cref="Payload.Class"/>).</param>
/// <param name="Index">The index that says where it lies; null: the leaf does.</param>
internal sealed record ContentKind(string Name, string Media, string Class, string? Index)
{
    private const string IndexPrefix = "index/";

    /// <summary>What was read, and all that holds a digest of it: whoever erases documents must not leave their digests behind.</summary>
    private const string Documents = "documents";

    /// <summary>What was found, with messages and keys.</summary>
    private const string Findings = "findings";

    /// <summary>What was asked: texts of checks and frameworks, which speak of nobody.</summary>
    private const string Questions = "questions";

    /// <summary>What lies above the documents has an index of its own: it changes more often than they, and is little.</summary>
    private const string Manifests = "manifests";

    private const string Json = "application/json";
    private const string JsonLines = "application/jsonl";

    public static ContentKind Document { get; } = new("document", Json, Documents, Documents);
    public static ContentKind Manifest { get; } = new("manifest", JsonLines, Documents, Manifests);
    public static ContentKind Positions { get; } = new("positions", JsonLines, Documents, Manifests);
    public static ContentKind Snapshot { get; } = new("snapshot", Json, Documents, Manifests);
    public static ContentKind Table { get; } = new("table", "application/vnd.plumbline.table", Findings, Findings);
    public static ContentKind Checks { get; } = new("checks", Json, Questions, Questions);
    public static ContentKind Framework { get; } = new("framework", Json, Questions, Questions);

    // Another one every time, so they are in no index, which would be another one with them.
    public static ContentKind Observation { get; } = new("observation", Json, Documents, null);
    public static ContentKind Statement { get; } = new("statement", Json, Findings, null);
    public static ContentKind Salts { get; } = new("salts", Json, Findings, null);
    public static ContentKind Run { get; } = new("run", "text/plain", "run", null);
    public static ContentKind Identity { get; } = new("identity", Json, "identity", null);

    /// <summary>The pieces of an index lie under the key of what they index.</summary>
    public static ContentKind IndexOf(ContentKind indexed) =>
        new($"{IndexPrefix}{indexed.Index}", JsonLines, indexed.Class, null);

    /// <summary>A payload of this kind that no index leads to.</summary>
    public Payload PayloadOf(byte[] bytes) => new(Name, Media, Class, bytes);

    public static bool IsIndex(BlobRef blob) => blob.Name.StartsWith(IndexPrefix, StringComparison.Ordinal);

    /// <summary>Whether the leaf names this blob.</summary>
    public static bool IsNamedByLeaf(BlobRef blob) =>
        IsIndex(blob) || new[] { Identity, Observation, Statement, Salts }.Any(k => k.Name == blob.Name);
}

/// <summary>Payloads named by the digest of their bytes, each once; collected before they are sealed.</summary>
internal sealed class ContentSet
{
    private readonly Dictionary<string, ContentKind> _kinds = new(StringComparer.Ordinal);
    private readonly List<(string Digest, ReadOnlyMemory<byte> Bytes)> _items = [];

    public int Count => _items.Count;

    /// <returns>The digest of the bytes.</returns>
    public string Add(ContentKind kind, ReadOnlyMemory<byte> bytes) => Add(kind, bytes, ContentDigest.Of(bytes.Span));

    /// <param name="digest">Of the bytes, where it is known already.</param>
    public string Add(ContentKind kind, ReadOnlyMemory<byte> bytes, string digest)
    {
        if (_kinds.TryAdd(digest, kind))
        {
            _items.Add((digest, bytes));
        }

        return digest;
    }

    /// <summary>In the order in which they were added.</summary>
    public IEnumerable<Payload> Payloads =>
        from item in _items
        let kind = _kinds[item.Digest]
        select new Payload(kind.Name, kind.Media, kind.Class, item.Bytes);

    /// <summary>The indexes that say where they lie.</summary>
    /// <param name="blobs">What <see cref="Payloads"/> became, in their order.</param>
    public IEnumerable<Payload> Index(IEnumerable<BlobRef> blobs) =>
        _items
            .Zip(blobs, (item, blob) => (Kind: _kinds[item.Digest], Entry: new IndexEntry(item.Digest, blob)))
            .Where(e => e.Kind.Index is not null)
            .GroupBy(e => ContentKind.IndexOf(e.Kind))
            .OrderBy(g => g.Key.Name, StringComparer.Ordinal)
            .SelectMany(g => BlobIndex.Write(g.Key, [.. g.Select(e => e.Entry)]));
}
