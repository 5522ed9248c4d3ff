using System.Text;

namespace Plumbline.Cli.Completing;

/// <summary>Completion for zsh, by the functions of its completion system (zshcompsys(1)).</summary>
internal static class ZshScript
{
    public static string Write(CommandTree tree)
    {
        var script = new StringBuilder(
            """
            #compdef plumb
            # Completes plumb in zsh: plumb completion zsh > "${fpath[1]}/_plumb"

            _plumb() {
              local at=plumb word=${words[CURRENT]} before=${words[CURRENT-1]} i
              local -a offered
              for ((i = 2; i < CURRENT; i++)); do
                case "$at ${words[i]}" in

            """
        );
        script.Append(
            $"      ({string.Join('|', tree.Places.Skip(1).Select(p => $"'{p.Path}'"))}) at=\"$at ${{words[i]}}\" ;;\n"
        );
        script.Append(
            """
                esac
              done
              if [[ $word == --*=* ]]; then
                before=${word%%=*}
                compset -P 1 '*='
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
            script.Append($"    ({string.Join('|', values)}) {values.Key}; return ;;\n");
        }

        script.Append("  esac\n  case \"$at\" in\n");
        foreach (var place in tree.Places)
        {
            script.Append($"    ('{place.Path}')\n      if [[ $word == -* ]]; then\n");
            script.Append($"        offered=({Described(place.Options.Select(o => (o.Name, o.Meaning)))})\n");
            script.Append("        _describe -o option offered\n      else\n");
            script.Append(
                place.Verbs.Count > 0
                    ? $"        offered=({Described(place.Verbs)})\n        _describe verb offered\n"
                    : $"        {Call(place.Argument)}\n"
            );
            script.Append("      fi ;;\n");
        }

        return script.Append("  esac\n}\n\n_plumb \"$@\"\n").ToString();
    }

    private static string Call(Offer offer) =>
        offer.Kind switch
        {
            OfferKind.Files => "_files",
            OfferKind.Folders => "_files -/",
            OfferKind.List => $"compset -P '*,'; compadd -S '' -- {string.Join(' ', offer.Words)}",
            OfferKind.WordAndFile =>
                $"if compset -P '*:'; then _files; else compadd -- {string.Join(' ', offer.Words)}; fi",
            _ when offer.Words.Count == 0 => ":",
            _ => $"compadd -- {string.Join(' ', offer.Words)}",
        };

    /// <summary><c>'name:meaning'</c>, in which a colon of the name or meaning stands behind a backslash.</summary>
    private static string Described(IEnumerable<(string Name, string Meaning)> items) =>
        string.Join(' ', items.Select(i => $"'{i.Name}:{Quoted(i.Meaning)}'"));

    private static string Quoted(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace(":", "\\:", StringComparison.Ordinal)
            .Replace("'", "'\\''", StringComparison.Ordinal);
}
