using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace Plumbline.Languages.Yaml;

/// <summary>Counts nesting on tokens, before the parser keeps a state for each level.</summary>
/// <remarks>
/// The scanner's cost grows with the square of the depth of flow collections (100,000 of them took 41 s), and it looks
/// at most 1,024 characters ahead; so it is stopped here, where the count is exact and cheap.
/// </remarks>
internal sealed class DepthLimit(IScanner scanner, int maxDepth) : IScanner
{
    private int _depth;

    public Mark CurrentPosition => scanner.CurrentPosition;

    public Token? Current => scanner.Current;

    public bool MoveNext() => Count(scanner.MoveNext());

    public bool MoveNextWithoutConsuming() => Count(scanner.MoveNextWithoutConsuming());

    public void ConsumeCurrent() => scanner.ConsumeCurrent();

    private bool Count(bool moved)
    {
        switch (moved ? scanner.Current : null)
        {
            case FlowSequenceStart or FlowMappingStart or BlockSequenceStart or BlockMappingStart:
                if (++_depth > maxDepth)
                {
                    throw new TooDeepException(scanner.Current!.Start);
                }

                break;
            case FlowSequenceEnd or FlowMappingEnd or BlockEnd:
                _depth--;
                break;
        }

        return moved;
    }
}

/// <summary>More levels than the limit.</summary>
internal sealed class TooDeepException(Mark at) : Exception
{
    public Mark At { get; } = at;
}
