using System.Text;

namespace Plumbline.Cli.Completing;

/// <summary>Completion for bash 4 and newer.</summary>
/// <remarks>
/// bash splits words at <c>=</c> and <c>:</c> (COMP_WORDBREAKS), which stand in <c>--format=json:FILE</c>: the script puts together
/// what belongs together.
/// </remarks>
internal static class BashScript
{
    public static string Write(CommandTree tree)
    {
        var script = new StringBuilder(
            """
            # Completes plumb in bash: source <(plumb completion bash)

            _plumb_words() { mapfile -t COMPREPLY < <(compgen -W "$1" -- "$word"); }
            _plumb_list() {
                local head=
                [[ $word == *,* ]] && head=${word%,*},
                mapfile -t COMPREPLY < <(compgen -P "$head" -W "$1" -- "${word##*,}")
            }
            _plumb_files() { compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$word"); }
            _plumb_folders() { compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -d -- "$word"); }

            _plumb() {
                local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} at=plumb i
                COMPREPLY=()
                for ((i = 1; i < COMP_CWORD; i++)); do
                    case "$at ${COMP_WORDS[i]}" in

            """
        );
        var paths = tree.Places.Skip(1).Select(p => $"'{p.Path}'").ToList();
        script.Append($"            {string.Join(" | ", paths)}) at=\"$at ${{COMP_WORDS[i]}}\" ;;\n");
        script.Append(
            """
                    esac
                done
                if [[ $word == : || $before == : ]]; then
                    word=${word#:}
                    _plumb_files
                    return
                fi
                if [[ $word == = ]]; then
                    word=
                elif [[ $before == = ]]; then
                    before=${COMP_WORDS[COMP_CWORD - 2]}
                fi
                case "$at $before" in

            """
        );
        foreach (
            var values in tree
                .Places.SelectMany(p =>
                    p.Options.Where(o => o.Value is not null).Select(o => ($"'{p.Path} {o.Name}'", Call(o.Value!)))
                )
                .GroupBy(v => v.Item2, v => v.Item1)
        )
        {
            script.Append($"        {string.Join(" | ", values)}) {values.Key}; return ;;\n");
        }

        script.Append("    esac\n    case \"$at $word\" in\n");
        foreach (var place in tree.Places)
        {
            script.Append(
                $"        '{place.Path} -'*) _plumb_words '{string.Join(' ', place.Options.Select(o => o.Name))}' ;;\n"
            );
        }

        script.Append("        *)\n            case \"$at\" in\n");
        foreach (var place in tree.Places)
        {
            var call =
                place.Verbs.Count > 0
                    ? $"_plumb_words '{string.Join(' ', place.Verbs.Select(v => v.Name))}'"
                    : Call(place.Argument);
            script.Append($"                '{place.Path}') {call} ;;\n");
        }

        return script.Append("            esac ;;\n    esac\n}\n\ncomplete -F _plumb plumb\n").ToString();
    }

    private static string Call(Offer offer) =>
        offer.Kind switch
        {
            OfferKind.Files => "_plumb_files",
            OfferKind.Folders => "_plumb_folders",
            OfferKind.List => $"_plumb_list '{string.Join(' ', offer.Words)}'",
            _ when offer.Words.Count == 0 => ":",
            _ => $"_plumb_words '{string.Join(' ', offer.Words)}'",
        };
}
