using System.Text;
using Plumbline.Languages.Yaml;
using Plumbline.Values;

namespace Plumbline.Languages.Tests.Yaml;

/// <summary>What the tests of the reader share: texts in, JSON and faults out.</summary>
internal static class Reading
{
    public static Task<List<YamlDocument>> Documents(string text, YamlOptions? options = null) =>
        Documents(Encoding.UTF8.GetBytes(text), options);

    public static async Task<List<YamlDocument>> Documents(byte[] text, YamlOptions? options = null)
    {
        var read = new List<YamlDocument>();
        using var stream = new MemoryStream(text);
        await foreach (var document in YamlReader.ReadAsync(stream, options ?? YamlOptions.Core, default))
        {
            read.Add(document);
        }

        return read;
    }

    /// <summary>The only document as canonical JSON.</summary>
    public static string Json(string text, YamlOptions? options = null)
    {
        Assert.True(
            YamlReader.TryRead(
                Encoding.UTF8.GetBytes(text),
                options ?? YamlOptions.Core,
                out var document,
                out var fault
            ),
            fault?.Message
        );
        return Canonical(document!);
    }

    public static string Canonical(Document document) => Encoding.UTF8.GetString(Jcs.ToBytes(document.Root));

    public static TextFault Fault(string text, YamlOptions? options = null) =>
        Fault(Encoding.UTF8.GetBytes(text), options);

    public static TextFault Fault(byte[] text, YamlOptions? options = null)
    {
        Assert.False(YamlReader.TryRead(text, options ?? YamlOptions.Core, out var document, out var fault));
        Assert.Null(document);
        return fault!;
    }
}
