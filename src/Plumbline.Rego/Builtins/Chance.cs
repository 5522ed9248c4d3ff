using System.Security.Cryptography;
using System.Text;
using Plumbline.Values;

namespace Plumbline.Rego.Builtins;

/// <summary>Chance that a replay repeats: a digest of the query's clock, the builtin and its key.</summary>
internal static class Chance
{
    public static byte[] Bytes(IBuiltinContext context, string builtin, Utf8 key) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{context.NowNanoseconds}\n{builtin}\n{key}"));
}
