using Plumbline.Languages.Config;

namespace Plumbline.Targets.Hosts.Services;

/// <summary>What a unit file says that matters without systemd running (systemd.unit(5), systemd.service(5)).</summary>
/// <param name="IsInstallable">It says with what it wants to be started.</param>
/// <param name="IsIndirect">It only names others that are to be enabled with it.</param>
/// <param name="Program">Path of what its service starts; empty without one.</param>
/// <param name="IsOneShot">Its service ends when its work is done, so that no process shows it.</param>
internal sealed record UnitFile(bool IsInstallable, bool IsIndirect, string Program, bool IsOneShot)
{
    public static UnitFile Parse(string text)
    {
        var (isInstallable, hasAlso, program, type) = (false, false, "", "");
        foreach (var (_, section, name, value) in Ini.Read(text))
        {
            switch (section, name)
            {
                case ("Install", "WantedBy" or "RequiredBy" or "UpheldBy" or "Alias"):
                    isInstallable |= value?.Length > 0;
                    break;
                case ("Install", "Also"):
                    hasAlso = true;
                    break;
                case ("Service", "ExecStart") when program.Length == 0:
                    program = (value ?? "").TrimStart('@', '-', ':', '+', '!').Split(' ')[0];
                    break;
                case ("Service", "Type"):
                    type = value ?? "";
                    break;
            }
        }

        return new UnitFile(isInstallable, hasAlso && !isInstallable, program, type == "oneshot");
    }
}
