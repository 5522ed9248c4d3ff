using Plumbline.Rego.Builtins.Formats;
using Plumbline.Values;

namespace Plumbline.Rego.Builtins;

/// <summary>Reading and writing JSON.</summary>
internal static class JsonBuiltins
{
    public static readonly Builtin[] All =
    [
        Builtin
            .Of<Value>("json.marshal", (context, v) => Charged(context, GoJson.Write(v, null)))
            .AsTotal((_, o) => MarshalUnknown(o)),
        Builtin.Of<Value, AnObject>("json.marshal_with_options", MarshalWith),
        Builtin.Of<Utf8>("json.unmarshal", Unmarshal),
        Builtin.Of<Value>("json.is_valid", (context, v) => v.IsString && Unmarshal(context, v.Utf8).Fault is null),
    ];

    /// <summary>Nested arrays and objects in a text that a policy reads; far above any document's.</summary>
    private static readonly JsonLimits Limits = new(MaxBytes: 64 << 20, MaxDepth: 256);

    private static Answer Unmarshal(IBuiltinContext context, Utf8 text)
    {
        context.Charge(text.Length);
        return Json.TryParse(text.Span.ToArray(), Limits, keepsPositions: false, out var document, out var fault)
            ? document!.Root
            : Answer.Invalid($"invalid JSON at line {fault!.At.Line}, column {fault.At.Column}: {fault.Message}");
    }

    private static string Charged(IBuiltinContext context, string text)
    {
        context.Charge(text.Length);
        return text;
    }

    private static UnknownAnswer MarshalUnknown(ReadOnlySpan<Value> operands)
    {
        var text = GoJson.Write(operands[0], null);
        var end = text.AsSpan().IndexOfAny('‹', '…');
        // An unknown may be anything, so not even the quotes around it are sure.
        var sure = text[..Math.Max(0, end < 0 ? text.Length : end - 1)];
        return UnknownAnswer.Certain(Unknowns.FreshText(operands, sure, text));
    }

    /// <summary>One line, unless a prefix, an indent or <c>pretty</c> asks for many.</summary>
    private static Answer MarshalWith(IBuiltinContext context, Value value, AnObject options)
    {
        var (prefix, indent, pretty) = (options.Value["prefix"], options.Value["indent"], options.Value["pretty"]);
        if (prefix.IsDefined && !prefix.IsString)
        {
            return Answer.WrongType("operand 2 key \"prefix\" failed cast to string");
        }

        if (indent.IsDefined && !indent.IsString)
        {
            return Answer.WrongType("operand 2 key \"indent\" failed cast to string");
        }

        if (pretty.IsDefined && !pretty.IsBoolean)
        {
            return Answer.WrongType("operand 2 key \"pretty\" failed cast to bool");
        }

        var isPretty = pretty.IsDefined ? pretty.IsTrue : prefix.IsDefined || indent.IsDefined;
        var layout = new JsonLayout(
            prefix.IsDefined ? prefix.Utf8.ToString() : "",
            indent.IsDefined ? indent.Utf8.ToString() : "\t"
        );
        return Charged(context, isPretty ? layout.Prefix + GoJson.Write(value, layout) : GoJson.Write(value, null));
    }
}
