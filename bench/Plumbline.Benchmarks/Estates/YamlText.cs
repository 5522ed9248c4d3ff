using System.Text;
using System.Text.Json.Nodes;

namespace Plumbline.Benchmarks.Estates;

/// <summary>YAML in block style, as people and tools write manifests; strings in quotes.</summary>
internal static class YamlText
{
    public static string Of(JsonObject manifest)
    {
        var text = new StringBuilder();
        Write(manifest, "", text);
        return text.ToString();
    }

    private static void Write(JsonNode node, string indent, StringBuilder text)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var (name, value) in map)
                {
                    text.Append(indent).Append(name).Append(':');
                    WriteInner(value!, indent + "  ", text);
                }

                break;
            case JsonArray list:
                foreach (var item in list)
                {
                    text.Append(indent).Append('-');
                    WriteInner(item!, indent + "  ", text);
                }

                break;
        }
    }

    private static void WriteInner(JsonNode value, string indent, StringBuilder text)
    {
        if (value is JsonObject { Count: > 0 } or JsonArray { Count: > 0 })
        {
            text.Append('\n');
            Write(value, indent, text);
        }
        else
        {
            text.Append(' ').Append(value.ToJsonString()).Append('\n');
        }
    }
}
