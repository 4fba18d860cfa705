using System.Globalization;

namespace Sampan.Kubelet.Stats;

/// <summary>What went through a network interface since it came up.</summary>
internal sealed record NetworkInterfaceUsage(string Name, ulong RxBytes, ulong RxErrors, ulong TxBytes, ulong TxErrors)
{
    /// <summary>The table of <c>/proc/net/dev</c>, without the loopback interface.</summary>
    public static IReadOnlyList<NetworkInterfaceUsage> Read(string path = "/proc/net/dev") => !File.Exists(path) ? [] : [.. File.ReadLines(path)
        .Skip(2)
        .Select(line => line.Split([':', ' '], StringSplitOptions.RemoveEmptyEntries))
        .Where(f => f.Length > 11 && f[0] != "lo")
        .Select(f => new NetworkInterfaceUsage(f[0], Number(f[1]), Number(f[3]), Number(f[9]), Number(f[11])))];

    public static NetworkInterfaceUsage Of(Cri.NetworkInterfaceUsage usage) =>
        new(usage.Name, usage.RxBytes?.Value ?? 0, usage.RxErrors?.Value ?? 0, usage.TxBytes?.Value ?? 0, usage.TxErrors?.Value ?? 0);

    private static ulong Number(string text) => ulong.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
