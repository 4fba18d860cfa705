using Sampan.Kubelet.Cgroups;

namespace Sampan.Kubelet.Stats;

/// <summary>The names of disks: <c>8:0</c> is <c>/dev/sda</c>.</summary>
internal static class BlockDevices
{
    private const string Key = "DEVNAME=";

    /// <summary>Empty for one that the host does not name.</summary>
    public static string Name(string numbers, string sys = "/sys") =>
        CgroupFile.Text(Path.Combine(sys, "dev/block", numbers, "uevent")).Split('\n').FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal)) is { } line
            ? "/dev/" + line[Key.Length..]
            : "";
}
