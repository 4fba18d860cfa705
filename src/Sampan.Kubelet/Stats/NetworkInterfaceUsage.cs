using System.Globalization;
using Sampan.Kubelet.Cgroups;

namespace Sampan.Kubelet.Stats;

/// <summary>What went through a network interface since it came up.</summary>
internal sealed record NetworkInterfaceUsage(string Name, ulong RxBytes, ulong RxErrors, ulong TxBytes, ulong TxErrors)
{
    /// <summary>Null from a runtime that does not count packets.</summary>
    public NetworkPackets? Packets { get; init; }

    /// <summary>The table of <c>/proc/net/dev</c>, or of a process in another network, without the loopback interface.</summary>
    public static IReadOnlyList<NetworkInterfaceUsage> Read(string path = "/proc/net/dev") => [.. CgroupFile.Text(path)
        .Split('\n')
        .Skip(2)
        .Select(line => line.Split([':', ' '], StringSplitOptions.RemoveEmptyEntries))
        .Where(f => f.Length > 12 && f[0] != "lo")
        .Select(f => new NetworkInterfaceUsage(f[0], Number(f[1]), Number(f[3]), Number(f[9]), Number(f[11])) { Packets = new(Number(f[2]), Number(f[4]), Number(f[10]), Number(f[12])) })];

    public static NetworkInterfaceUsage Of(Cri.NetworkInterfaceUsage usage) =>
        new(usage.Name, usage.RxBytes?.Value ?? 0, usage.RxErrors?.Value ?? 0, usage.TxBytes?.Value ?? 0, usage.TxErrors?.Value ?? 0);

    private static ulong Number(string text) => ulong.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
