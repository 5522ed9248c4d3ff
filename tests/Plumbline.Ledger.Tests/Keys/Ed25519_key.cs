using Plumbline.Ledger.Keys;

namespace Plumbline.Ledger.Tests.Keys;

public sealed class Ed25519_key
{
    /// <summary>RFC 8032, section 7.1, TEST 3.</summary>
    private const string Seed = "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7";
    private const string PublicKey = "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025";

    /// <summary>RFC 8410, section 10.3 and 10.1: the same key in both file forms.</summary>
    private const string PrivatePem = """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
        -----END PRIVATE KEY-----

        """;
    private const string PublicPem = """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
        -----END PUBLIC KEY-----

        """;

    [Fact]
    public void Signs_as_the_standards_example_does()
    {
        using var key = Ed25519PrivateKey.FromSeed(Convert.FromHexString(Seed));
        Assert.Equal(PublicKey, Convert.ToHexStringLower(key.Public.ToArray()));
        var signature = key.Sign([0xaf, 0x82]);
        Assert.Equal(
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
            Convert.ToHexStringLower(signature)
        );
        Assert.True(key.Public.Verify([0xaf, 0x82], signature));
        Assert.False(key.Public.Verify([0xaf, 0x83], signature));
    }

    [Fact]
    public void Is_saved_and_read_in_the_forms_of_the_standard()
    {
        using var key = Ed25519PrivateKey.ReadPem(PrivatePem);
        Assert.Equal(PrivatePem, key.ExportPem());
        Assert.Equal(PublicPem, key.Public.ToPem());
        Assert.Equal(key.Public.ToArray(), Ed25519PublicKey.ReadPem(PublicPem).ToArray());
    }

    [Fact]
    public void Has_the_hash_of_its_whole_file_form_as_fingerprint() =>
        Assert.Equal(
            "a1e9156054e04fac899ae9f275132cdc07a5dbc4ea2c2ad3a1ffc6e0d253681f",
            Ed25519PublicKey.ReadPem(PublicPem).Fingerprint
        );

    [Fact]
    public void Comes_from_the_given_entropy_alone()
    {
        using var one = Ed25519PrivateKey.Generate(seed => seed.Fill(7));
        using var same = Ed25519PrivateKey.Generate(seed => seed.Fill(7));
        using var other = Ed25519PrivateKey.Generate(seed => seed.Fill(8));
        Assert.Equal(one.ExportPem(), same.ExportPem());
        Assert.NotEqual(one.Public.Fingerprint, other.Public.Fingerprint);
    }

    [Fact]
    public void Is_refused_in_any_other_form_and_not_repeated()
    {
        string[] bad =
        [
            "",
            PublicPem,
            PrivatePem.Replace("MC4C", "MC5C", StringComparison.Ordinal),
            PrivatePem.Replace("MC4CAQAw", "", StringComparison.Ordinal),
            PrivatePem.Replace("PRIVATE", "OTHER", StringComparison.Ordinal),
            PrivatePem.Replace("-----END", "----END", StringComparison.Ordinal),
        ];
        foreach (var pem in bad)
        {
            var fault = Faults.Expect(LedgerFault.Malformed, () => Ed25519PrivateKey.ReadPem(pem));
            Assert.DoesNotContain("TuctvE", fault.Message, StringComparison.Ordinal);
        }

        Faults.Expect(LedgerFault.Malformed, () => Ed25519PublicKey.ReadPem(PrivatePem));
        Faults.Expect(LedgerFault.Malformed, () => Ed25519PublicKey.Read(new byte[31]));
        Faults.Expect(LedgerFault.Malformed, () => Ed25519PrivateKey.FromSeed(new byte[33]));
    }

    [Fact]
    public void Verifies_what_the_151_wycheproof_cases_call_valid_and_nothing_else()
    {
        var count = 0;
        foreach (
            var group in Corpus
                .Json("signature-vectors", "ed25519_test.json")
                .GetProperty("testGroups")
                .EnumerateArray()
        )
        {
            var key = Ed25519PublicKey.Read(Hex(group.GetProperty("publicKey").GetProperty("pk").GetString()!));
            Assert.Equal(group.GetProperty("publicKeyDer").GetString(), Convert.ToHexStringLower(key.ToSpki()));
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                var valid = key.Verify(
                    Hex(test.GetProperty("msg").GetString()!),
                    Hex(test.GetProperty("sig").GetString()!)
                );
                Assert.True(
                    valid == (test.GetProperty("result").GetString() == "valid"),
                    $"case {test.GetProperty("tcId")}"
                );
                count++;
            }
        }

        Assert.Equal(151, count);
    }

    /// <summary>C2SP CCTV: valid under at least one implementation each; the flags say what is odd about them.</summary>
    [Fact]
    public void Refuses_the_edge_cases_that_implementations_disagree_on()
    {
        string[] refused = ["low_order_A", "low_order_R", "non_canonical_A", "non_canonical_R", "low_order_residue"];
        foreach (var test in Corpus.Json("signature-vectors", "ed25519-cctv.json").EnumerateArray())
        {
            var flags = test.GetProperty("flags");
            string[] odd =
                flags.ValueKind == System.Text.Json.JsonValueKind.Null
                    ? []
                    : [.. flags.EnumerateArray().Select(f => f.GetString()!)];
            var key = Ed25519PublicKey.Read(Hex(test.GetProperty("key").GetString()!));
            var message = System.Text.Encoding.UTF8.GetBytes(test.GetProperty("msg").GetString()!);
            var valid = key.Verify(message, Hex(test.GetProperty("sig").GetString()!));
            Assert.True(
                valid == !odd.Intersect(refused).Any(),
                $"case {test.GetProperty("number")}: {string.Join(' ', odd)}"
            );
        }
    }

    private static byte[] Hex(string hex) => Convert.FromHexString(hex);
}
