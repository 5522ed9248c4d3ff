using System.Collections.Frozen;
using System.Numerics;
using Plumbline.Values;

namespace Plumbline.Rego.Builtins;

/// <summary>The "Net" functions of the Rego reference that compute with addresses, and the two that ask the network.</summary>
/// <remarks>A policy is a guest without a network: a name stays unknown to it, and a request is an error.</remarks>
internal static class NetBuiltins
{
    public static readonly Builtin[] All =
    [
        Builtin.Of<Utf8>("net.cidr_is_valid", s => Cidr.Parse(s) is not null),
        Builtin.Of<Utf8, Utf8>("net.cidr_contains", Contains),
        Builtin.Of<Utf8, Utf8>("net.cidr_overlap", Contains).Deprecated(),
        Builtin.Of<Utf8, Utf8>("net.cidr_intersects", Intersects),
        Builtin.Of<Value, Value>("net.cidr_contains_matches", ContainsMatches),
        Builtin.Of<Utf8>("net.cidr_expand", Expand),
        Builtin.Of<AnArrayOrSet>("net.cidr_merge", Merge),
        Builtin.Of<Utf8>("net.lookup_ip_addr", LookUp).Nondeterministic(),
        Builtin.Of<AnObject>("http.send", Send).Nondeterministic(),
    ];

    private static Answer NoCidr(Utf8 text) => Answer.Invalid($"invalid CIDR address: {text}");

    private static Cidr? CidrOrAddress(Utf8 text) => Cidr.Parse(text) ?? Cidr.ParseAddress(text.ToString());

    private static Answer Contains(Utf8 block, Utf8 other)
    {
        if (Cidr.Parse(block) is not { } outer)
        {
            return NoCidr(block);
        }

        return CidrOrAddress(other) is { } inner ? outer.Contains(inner) : NoCidr(other);
    }

    private static Answer Intersects(Utf8 a, Utf8 b)
    {
        if (Cidr.Parse(a) is not { } left)
        {
            return NoCidr(a);
        }

        return Cidr.Parse(b) is { } right ? left.Overlaps(right) : NoCidr(b);
    }

    /// <summary>Pairs of a block and what it contains, each named by its key: itself, its index, or its key in the object.</summary>
    private static Answer ContainsMatches(IBuiltinContext context, Value blocks, Value others)
    {
        if (Read(blocks, 1, Cidr.Parse, out var outer) is { } outerFault)
        {
            return outerFault;
        }

        if (Read(others, 2, CidrOrAddress, out var inner) is { } innerFault)
        {
            return innerFault;
        }

        var pairs = new SetBuilder();
        foreach (var (block, blockKey) in outer)
        {
            context.Charge(1 + inner.Count);
            foreach (var (other, otherKey) in inner)
            {
                if (block.Contains(other))
                {
                    pairs.Add(Value.ArrayOf(blockKey, otherKey));
                }
            }
        }

        return pairs.ToValue();
    }

    private static Answer? Read(Value operand, int number, Func<Utf8, Cidr?> parse, out List<(Cidr, Value)> blocks)
    {
        blocks = [];
        if (!operand.IsString && !operand.IsCollection)
        {
            return Answer.WrongType(number, "one of {string, array, set, object}", operand);
        }

        for (var i = 0; i < (operand.IsString ? 1 : operand.Count); i++)
        {
            var member = operand.IsString ? operand : operand[i];
            var text = member is { IsArray: true, Count: > 0 } ? member[0] : member;
            if (!text.IsString)
            {
                return Answer.Invalid($"operand {number}: element must be string or non-empty array");
            }

            if (parse(text.Utf8) is not { } block)
            {
                return NoCidr(text.Utf8);
            }

            blocks.Add((block, operand.IsString ? operand : operand.KeyAt(i)));
        }

        return null;
    }

    private static Answer Expand(IBuiltinContext context, Utf8 text)
    {
        if (Cidr.Parse(text) is not { } block)
        {
            return NoCidr(text);
        }

        context.Charge((long)BigInteger.Min(block.Last - block.First + 1, long.MaxValue / 2)); // before any is made
        var addresses = new SetBuilder();
        for (var address = block.First; address <= block.Last; address++)
        {
            addresses.Add(Cidr.Address(address, block.Bits));
        }

        return addresses.ToValue();
    }

    /// <summary>The fewest blocks that hold the same addresses.</summary>
    private static Answer Merge(IBuiltinContext context, AnArrayOrSet blocks)
    {
        var read = new List<Cidr>();
        foreach (var member in Members.InOrder(blocks.Value))
        {
            if (!member.IsString)
            {
                return Answer.WrongType("operand 1 must be an array or set of strings");
            }

            if (ReadForMerge(member.Utf8, out var block) is { } fault)
            {
                return fault;
            }

            read.Add(block);
        }

        context.Charge(read.Count);
        var merged = new SetBuilder();
        foreach (var family in read.GroupBy(b => b.Bits))
        {
            foreach (var (first, last) in Joined(family.OrderBy(b => b.First)))
            {
                foreach (var block in Cidr.Cover(first, last, family.Key))
                {
                    context.Charge(1);
                    merged.Add(block.ToString());
                }
            }
        }

        return merged.ToValue();
    }

    /// <summary>An IPv4 address alone has the prefix of its old class, as Go's <c>IP.DefaultMask</c>: <c>192.0.2.1</c> is a /24.</summary>
    private static Answer? ReadForMerge(Utf8 text, out Cidr block)
    {
        block = default;
        if (Cidr.Parse(text) is { } written)
        {
            block = written;
            return null;
        }

        if (Cidr.ParseAddress(text.ToString()) is not { } address)
        {
            return NoCidr(text);
        }

        if (address.Bits == 128)
        {
            return Answer.Invalid("IPv6 invalid: needs prefix length");
        }

        var firstByte = (int)(address.First >> 24);
        var prefix =
            firstByte < 128 ? 8
            : firstByte < 192 ? 16
            : 24;
        block = Cidr.Block(address.First, prefix, 32);
        return null;
    }

    /// <summary>Runs of addresses without a gap.</summary>
    private static IEnumerable<(BigInteger First, BigInteger Last)> Joined(IEnumerable<Cidr> ordered)
    {
        (BigInteger First, BigInteger Last)? run = null;
        foreach (var block in ordered)
        {
            if (run is { } open && block.First <= open.Last + 1)
            {
                run = (open.First, BigInteger.Max(open.Last, block.Last));
                continue;
            }

            if (run is { } closed)
            {
                yield return closed;
            }

            run = (block.First, block.Last);
        }

        if (run is { } last)
        {
            yield return last;
        }
    }

    private static Answer LookUp(Utf8 name)
    {
        if (Cidr.ParseAddress(name.ToString()) is not { } address)
        {
            return Answer.Invalid($"lookup {name}: policies have no network");
        }

        var addresses = new SetBuilder();
        addresses.Add(Cidr.Address(address.First, address.Bits));
        return addresses.ToValue();
    }

    private static readonly string[] RequiredKeys = ["method", "url"];

    private static readonly FrozenSet<string> RequestKeys = FrozenSet.Create(
        StringComparer.Ordinal,
        "method",
        "url",
        "body",
        "enable_redirect",
        "force_json_decode",
        "force_yaml_decode",
        "headers",
        "raw_body",
        "tls_use_system_certs",
        "tls_ca_cert",
        "tls_ca_cert_file",
        "tls_ca_cert_env_variable",
        "tls_client_cert",
        "tls_client_cert_file",
        "tls_client_cert_env_variable",
        "tls_client_key",
        "tls_client_key_file",
        "tls_client_key_env_variable",
        "tls_insecure_skip_verify",
        "tls_server_name",
        "timeout",
        "cache",
        "force_cache",
        "force_cache_duration_seconds",
        "raise_error",
        "caching_mode",
        "max_retry_attempts",
        "cache_ignored_headers"
    );

    private static Answer Send(AnObject request)
    {
        var keys = Members.Order(request.Value).Select(i => request.Value.KeyAt(i)).ToList();
        var strange = keys.Where(k => !k.IsString || !RequestKeys.Contains(k.Utf8.ToString())).ToList();
        if (strange.Count > 0)
        {
            return Answer.WrongType($"operand 1 invalid request parameters(s): {{{string.Join(", ", strange)}}}");
        }

        var missing = RequiredKeys.Where(k => request.Value[k].IsUndefined).Select(k => $"\"{k}\"").ToList();
        return missing.Count > 0
            ? Answer.WrongType($"operand 1 missing required request parameters(s): {{{string.Join(", ", missing)}}}")
            : Answer.Invalid("policies have no network");
    }
}
