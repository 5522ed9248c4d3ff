using System.Buffers.Text;
using Plumbline.Values;

namespace Plumbline.Core.Evidence;

/// <summary>Who ran an assessment and where, with the salts that open the leaf's commitments.</summary>
/// <remarks>
/// <code>
/// {"actor": {"name", "salt"}, "machine": {"name", "salt"}, "v": 1}        salts are 32 bytes in base64url
/// </code>
/// Has a key of its own: destroying it makes the leaf anonymous, and nothing else unreadable.
/// </remarks>
internal sealed record Identity(SaltedName Actor, SaltedName Machine)
{
    private const int Version = 1;

    /// <summary>With salts that no other entry has.</summary>
    public static Identity Of(LeafAuthor author, Action<Span<byte>> random)
    {
        return new(Salted(author.Actor), Salted(author.Machine));

        SaltedName Salted(string name)
        {
            var salt = new byte[Commitment.SaltSize];
            random(salt);
            return new SaltedName(name, salt);
        }
    }

    public Payload ToPayload() => ContentKind.Identity.PayloadOf(ToBytes());

    public byte[] ToBytes() =>
        Jcs.ToBytes(
            new ObjectBuilder
            {
                ["actor"] = ToValue(Actor),
                ["machine"] = ToValue(Machine),
                ["v"] = Version,
            }.ToValue()
        );

    /// <exception cref="FormatException">The bytes are no identity.</exception>
    public static Identity Parse(byte[] utf8)
    {
        var identity = StoredObject.Parse(utf8, "identity").OfVersion(Version);
        return new Identity(Read(identity.Inner("actor")), Read(identity.Inner("machine")));
    }

    private static Value ToValue(SaltedName name) =>
        new ObjectBuilder { ["name"] = name.Name, ["salt"] = Base64Url.EncodeToString(name.Salt) }.ToValue();

    private static SaltedName Read(StoredObject name) => new(name.Text("name"), name.Bytes("salt"));
}

/// <summary>The seed of the table salts.</summary>
/// <remarks>
/// <code>
/// {"tables": 32 bytes in base64url, "v": 1}
/// </code>
/// </remarks>
internal static class Salts
{
    private const int Version = 1;

    public static byte[] ToBytes(byte[] seed) =>
        Jcs.ToBytes(new ObjectBuilder { ["tables"] = Base64Url.EncodeToString(seed), ["v"] = Version }.ToValue());

    /// <exception cref="FormatException">The bytes are no salts.</exception>
    public static byte[] Parse(byte[] utf8) => StoredObject.Parse(utf8, "salts").OfVersion(Version).Bytes("tables");
}
