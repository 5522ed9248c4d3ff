using Plumbline.Core;
using Plumbline.Languages.Config;
using Plumbline.Values;

namespace Plumbline.Targets.Hosts.Machine;

/// <summary><c>linux/kernel_modules</c>: loaded, kept from loading, and there to be loaded (modprobe.d(5), depmod(8)).</summary>
internal static class KernelModules
{
    public static async Task<Value> ReadAsync(HostReading host, CancellationToken cancel)
    {
        var files = await SettingsFiles.DropInsAsync(host, "modprobe.d", cancel);
        var missing = files.FirstMissing();
        var disabled = new HashSet<string>(StringComparer.Ordinal);
        var blacklisted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (_, line) in files.SelectMany(f => f.Lines(continues: true)))
        {
            switch (Words.Split(line))
            {
                case ["install", var module, var program, ..] when LoadsNothing(program):
                    disabled.Add(Name(module));
                    break;
                case ["install", var module, ..]:
                    disabled.Remove(Name(module));
                    break;
                case ["blacklist", var module, ..]:
                    blacklisted.Add(Name(module));
                    break;
            }
        }

        return new ObjectBuilder
        {
            ["loaded"] = await LoadedAsync(host, cancel),
            ["disabled"] = Sorted(disabled, missing),
            ["blacklisted"] = Sorted(blacklisted, missing),
            ["available"] = await OfKernelAsync(host, "modules.dep", cancel),
            ["built_in"] = await OfKernelAsync(host, "modules.builtin", cancel),
        }.ToValue();
    }

    private static bool LoadsNothing(string program) =>
        program[(program.LastIndexOf('/') + 1)..] is "false" or "true" or "nologin";

    /// <summary>The kernel takes <c>-</c> and <c>_</c> for the same, and calls a module by the latter.</summary>
    private static string Name(string module) => module.Replace('-', '_');

    private static Value Sorted(IEnumerable<string> names, Missing? missing) =>
        HostValues.List(names.Order(Ordinal.Comparer).Select(n => (Value)n), missing?.Open);

    private static async Task<Value> LoadedAsync(HostReading host, CancellationToken cancel)
    {
        if (!host.Host.IsRunning)
        {
            return host.NotRunning().Present(ValueKind.Array);
        }

        var file = await host.TextAsync("/proc/modules", cancel);
        return file.Missing?.Present(ValueKind.Array)
            ?? HostValues.SortedTexts(file.Lines().Select(l => l.Text.Split(' ')[0]));
    }

    /// <summary>Names in an index of the running kernel's modules; in a folder of the only kernel that it has.</summary>
    private static async Task<Value> OfKernelAsync(HostReading host, string index, CancellationToken cancel)
    {
        var release =
            host.Host.IsRunning ? (await host.TextAsync("/proc/sys/kernel/osrelease", cancel)).Trimmed
            : (await host.ListAsync("/lib/modules", cancel)).Names is [var only] ? only
            : "";
        var file = await host.TextAsync($"/lib/modules/{release}/{index}", cancel);
        if (release.Length == 0 || !file.Exists)
        {
            return HostValues.Untold("no index of this kernel's modules below /lib/modules", ValueKind.Array);
        }

        return file.Missing?.Present(ValueKind.Array)
            ?? HostValues.SortedTexts(file.Lines().Select(l => ModuleOf(l.Text.Split(':')[0])));
    }

    private static string ModuleOf(string path)
    {
        var file = path[(path.LastIndexOf('/') + 1)..];
        var dot = file.IndexOf('.');
        return Name(dot < 0 ? file : file[..dot]);
    }
}
