using Plumbline.Ledger.Keys;
using Plumbline.Ledger.Notes;

namespace Plumbline.Ledger.Tests.Notes;

public sealed class Verifier_key
{
    private const string Neumann = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    [Fact]
    public void Is_written_as_it_was_read()
    {
        var key = VerifierKey.Parse(Neumann);
        Assert.Equal("PeterNeumann", key.Name);
        Assert.Equal(NoteAlgorithm.Ed25519, key.Algorithm);
        Assert.Equal(new KeyId(0xc74f20a3), key.Id);
        Assert.Equal(Neumann, key.ToString());
    }

    [Fact]
    public void Is_refused_in_every_part_and_with_any_byte_increased()
    {
        for (var start = 0; start < Neumann.Length; start++)
        {
            for (var end = start; end < Neumann.Length + (start > 0 ? 1 : 0); end++)
            {
                Faults.Expect(LedgerFault.Malformed, () => VerifierKey.Parse(Neumann[start..end]));
            }

            var changed = $"{Neumann[..start]}{(char)(Neumann[start] + 1)}{Neumann[(start + 1)..]}";
            Faults.Expect(LedgerFault.Malformed, () => VerifierKey.Parse(changed));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\u00a0b")]
    [InlineData("a\u2028b")]
    [InlineData("a+b")]
    [InlineData("a\nb")]
    public void Has_a_name_without_spaces_and_plus(string name)
    {
        using var key = Ed25519PrivateKey.FromSeed(new byte[32]);
        Faults.Expect(LedgerFault.Malformed, () => VerifierKey.OfSigner(name, key.Public));
    }

    [Fact]
    public void Of_a_signer_and_of_a_witness_have_different_ids()
    {
        using var key = Ed25519PrivateKey.FromSeed(new byte[32]);
        var (signer, witness) = (VerifierKey.OfSigner("w", key.Public), VerifierKey.OfWitness("w", key.Public));
        Assert.NotEqual(signer.Id, witness.Id);
        Assert.Equal(witness.ToString(), VerifierKey.Parse(witness.ToString()).ToString());
    }

    [Fact]
    public void Of_an_algorithm_that_nobody_defined_is_refused() =>
        Assert.Contains(
            "algorithm 1, 2 or 4, got 6",
            Faults.Expect(LedgerFault.Malformed, () => VerifierKey.Parse("a+00000000+BgAA")).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Of_ecdsa_is_one_on_p256_or_refused()
    {
        using var p384 = System.Security.Cryptography.ECDsa.Create(
            System.Security.Cryptography.ECCurve.NamedCurves.nistP384
        );
        foreach (
            byte[] spki in (byte[][])
                [
                    [],
                    [0x30, 0x00],
                    p384.ExportSubjectPublicKeyInfo(),
                ]
        )
        {
            var text = Convert.ToBase64String([(byte)NoteAlgorithm.EcdsaP256, .. spki]);
            Assert.Contains(
                "P-256",
                Faults.Expect(LedgerFault.Malformed, () => VerifierKey.Parse($"a+00000000+{text}")).Message,
                StringComparison.Ordinal
            );
        }
    }

    /// <summary>The 484 cases of this curve and hash, in the DER form that notes carry.</summary>
    [Fact]
    public void Of_ecdsa_accepts_what_wycheproof_calls_valid_and_nothing_else()
    {
        var groups = Corpus.Json("signature-vectors", "ecdsa_secp256r1_sha256_test.json").GetProperty("testGroups");
        var wrong = new List<string>();
        foreach (var group in groups.EnumerateArray())
        {
            var spki = Convert.FromHexString(group.GetProperty("publicKeyDer").GetString()!);
            var id = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(spki))[..8];
            var key = VerifierKey.Parse($"a+{id}+{Convert.ToBase64String([2, .. spki])}");
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                var line = new NoteSignature("a", key.Id, Convert.FromHexString(test.GetProperty("sig").GetString()!));
                var accepted = key.Accepts(Convert.FromHexString(test.GetProperty("msg").GetString()!), line);
                if (accepted != (test.GetProperty("result").GetString() == "valid"))
                {
                    wrong.Add($"case {test.GetProperty("tcId")}: {test.GetProperty("comment")}");
                }
            }
        }

        Assert.Empty(wrong);
    }
}
