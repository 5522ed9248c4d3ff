using System.ComponentModel;
using System.Diagnostics;
using Plumbline.Cli.Faults;

namespace Plumbline.Cli.Accepting;

/// <summary>Has the machine's <c>ssh-keygen</c> sign, so that no private key is ever read here: agents and security keys sign as well.</summary>
internal static class SshKeygen
{
    /// <param name="key">Path of the private key, or of the public half of one that an agent holds.</param>
    /// <returns>The armored signature.</returns>
    /// <exception cref="WrongInputException">It did not sign; its own words are in it.</exception>
    public static async Task<string> SignAsync(
        string key,
        string purpose,
        ReadOnlyMemory<byte> payload,
        CancellationToken cancel
    )
    {
        var start = new ProcessStartInfo("ssh-keygen")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in (string[])["-Y", "sign", "-n", purpose, "-f", key])
        {
            start.ArgumentList.Add(argument);
        }

        using var keygen = Start(start);
        var said = keygen.StandardError.ReadToEndAsync(cancel);
        var signature = keygen.StandardOutput.ReadToEndAsync(cancel);
        await keygen.StandardInput.BaseStream.WriteAsync(payload, cancel);
        keygen.StandardInput.Close();
        await keygen.WaitForExitAsync(cancel);
        return keygen.ExitCode == 0
            ? await signature
            : throw new WrongInputException(
                CliFaults.Signing,
                $"`ssh-keygen` did not sign with `{key}`: {(await said).Trim().ReplaceLineEndings("; ")}"
            );
    }

    /// <summary>What a person types to sign a file themselves.</summary>
    public static string Command(string purpose, string file) =>
        $"ssh-keygen -Y sign -n {purpose} -f KEY {Quoted(file)}";

    private static string Quoted(string file) =>
        file.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/')
            ? file
            : $"'{file.Replace("'", "'\\''")}'";

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new WrongInputException(
                CliFaults.Signing,
                "there is no program `ssh-keygen`: sign the bytes of `--payload` elsewhere, and hand over `--signature FILE`"
            );
        }
    }
}
