using System.Text;

namespace Plumbline.Cli.Completing;

/// <summary>Completion for fish, a line for each thing that may stand somewhere.</summary>
internal static class FishScript
{
    public static string Write(CommandTree tree)
    {
        var script = new StringBuilder(
            """
            # Completes plumb in fish: plumb completion fish > ~/.config/fish/completions/plumb.fish

            function __plumb_at
                set -l at plumb
                for word in (commandline -opc)[2..]
                    switch "$at $word"

            """
        );
        script.Append($"            case {string.Join(' ', tree.Places.Skip(1).Select(p => $"'{p.Path}'"))}\n");
        script.Append(
            """
                            set at "$at $word"
                    end
                end
                test "$at" = "$argv[1]"
            end

            complete -c plumb -f

            """
        );
        foreach (var place in tree.Places)
        {
            var head = $"complete -c plumb -n \"__plumb_at '{place.Path}'\"";
            foreach (var (name, meaning) in place.Verbs)
            {
                script.Append($"{head} -a {name} -d '{Quoted(meaning)}'\n");
            }

            foreach (var option in place.Options)
            {
                var value = option.Value is { } offer ? $" -r{Values(offer)}" : "";
                script.Append($"{head} -l {option.Name.TrimStart('-')}{value} -d '{Quoted(option.Meaning)}'\n");
            }

            if (place.Argument != Offer.Nothing)
            {
                script.Append($"{head}{Values(place.Argument)}\n");
            }
        }

        return script.ToString();
    }

    private static string Values(Offer offer) =>
        offer.Kind switch
        {
            OfferKind.Files => " -F",
            OfferKind.Folders => " -a '(__fish_complete_directories)'",
            OfferKind.List => $" -a '(__fish_append , {string.Join(' ', offer.Words)})'",
            _ => $" -a '{string.Join(' ', offer.Words)}'",
        };

    private static string Quoted(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal);
}
