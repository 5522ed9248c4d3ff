using System.Text;
using CsCheck;
using Plumbline.Ledger.Checkpoints;
using Plumbline.Ledger.Trees;

namespace Plumbline.Ledger.Tests.Checkpoints;

public sealed class Checkpoint_text
{
    private const string Root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";

    [Theory]
    [InlineData("example.com/behind-the-sofa\n20852163\n" + Root + "\n")]
    [InlineData("o\n9223372036854775807\n" + Root + "\n")]
    [InlineData("o\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("ö\n1\n" + Root + "\n")]
    public void Is_written_as_it_was_read(string text) =>
        Assert.Equal(text, Encoding.UTF8.GetString(Parse(text).ToText()));

    [Theory]
    [InlineData("")]
    [InlineData("o\n1\n")]
    [InlineData("o\n1\n" + Root)] // no last line feed
    [InlineData("o\n1\n" + Root + "\n\n")]
    [InlineData("o\n1\n" + Root + "\nextension\n")]
    [InlineData("\n1\n" + Root + "\n")]
    [InlineData("o o\n1\n" + Root + "\n")]
    [InlineData("o+o\n1\n" + Root + "\n")]
    [InlineData("o\r\n1\r\n" + Root + "\r\n")]
    [InlineData("o\n01\n" + Root + "\n")]
    [InlineData("o\n00\n" + Root + "\n")]
    [InlineData("o\n+1\n" + Root + "\n")]
    [InlineData("o\n-1\n" + Root + "\n")]
    [InlineData("o\n 1\n" + Root + "\n")]
    [InlineData("o\n1 \n" + Root + "\n")]
    [InlineData("o\n1e3\n" + Root + "\n")]
    [InlineData("o\n\n" + Root + "\n")]
    [InlineData("o\n9223372036854775808\n" + Root + "\n")] // 2^63
    [InlineData("o\n18446744073709551617\n" + Root + "\n")] // 2^64 + 1
    [InlineData("o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2\n")]
    [InlineData("o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n")] // a stray bit
    [InlineData("o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxqw==\n")] // 31 bytes
    [InlineData("o\n1\nCsUYapGGPo4dkMgIAUqom_Xajj7h2fB2MPA3j2jxq2I=\n")] // another alphabet
    [InlineData("o\n0\n" + Root + "\n")] // the empty tree has one root
    public void Breaks_the_format_in_many_ways(string text) => Faults.Expect(LedgerFault.Malformed, () => Parse(text));

    [Fact]
    public void Of_any_head_is_read_back_the_same() =>
        Gen.Select(Gen.Long[1, long.MaxValue], Gen.Byte.Array[32])
            .Sample(
                (size, root) =>
                {
                    var head = new Checkpoint("log.example/evidence", size, TreeHash.Read(root));
                    return Checkpoint.Parse(head.ToText()) == head;
                }
            );

    private static Checkpoint Parse(string text) => Checkpoint.Parse(Encoding.UTF8.GetBytes(text));
}
