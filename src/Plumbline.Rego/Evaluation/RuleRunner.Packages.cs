using System.Collections.Immutable;
using Plumbline.Rego.Compiling;
using Plumbline.Values;

namespace Plumbline.Rego.Evaluation;

internal sealed partial class RuleRunner
{
    /// <summary>Everything below a package: base documents with the documents of its rules over them.</summary>
    public Value Package(Frame frame, VirtualNode node, ImmutableArray<string> path)
    {
        var documents = Paths.Find(frame.World.Data, path);
        if (frame.World.Overlay is { } overlay && overlay.Covers(path))
        {
            return documents;
        }

        var members = new ObjectBuilder { Open = documents.Open };
        for (var i = 0; i < documents.Count && documents.IsObject; i++)
        {
            if (!IsHidden(path, documents.KeyAt(i).Utf8))
            {
                members[documents.KeyAt(i)] = documents[i];
            }
        }

        foreach (var (name, child) in node.Children)
        {
            // Where a base document stands at the very place of a rule, OPA shows the base document.
            if (IsHidden(path, name) || (child.Rules is not null && members[name].IsDefined))
            {
                continue;
            }

            var doubt = frame.Doubt;
            frame.Doubt = null;
            var value =
                child.Rules is null ? Package(frame, child, path.Add(name))
                : child.Rules.Kind == Syntax.RuleKind.Function ? default
                : Document(frame, child.Rules);
            if (value.IsDefined)
            {
                members[name] = frame.Doubt is null
                    ? value
                    : Value.Of(new Unknown { Cause = frame.Doubt.All[0], Kind = value.IsUnknown ? null : value.Kind });
            }

            frame.Doubt = doubt;
        }

        return members.ToValue();
    }

    /// <summary><c>data.system</c> is OPA's own: <c>data</c> as a whole does not show it.</summary>
    private static bool IsHidden(ImmutableArray<string> path, Utf8 name) => path.IsEmpty && name == "system";
}
