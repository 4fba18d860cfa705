using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Sampan.Kubelet.Nodes;

/// <summary>What the machine tells of itself.</summary>
internal static class HostFacts
{
    public static long MemoryBytes() => MemoryInfo("MemTotal:");

    /// <summary>Zero where nothing is swapped.</summary>
    public static long SwapBytes() => MemoryInfo("SwapTotal:");

    public static int Cores() => Math.Max(File.ReadLines("/proc/cpuinfo").Count(l => l.StartsWith("processor", StringComparison.Ordinal)), 1);

    public static string KernelVersion() => ReadLine("/proc/sys/kernel/osrelease");

    public static string BootId() => ReadLine("/proc/sys/kernel/random/boot_id");

    public static string MachineId() => ReadLine("/etc/machine-id");

    public static string SystemUuid() => ReadLine("/sys/class/dmi/id/product_uuid") is { Length: > 0 } uuid ? uuid : MachineId();

    public static string OsImage()
    {
        const string name = "PRETTY_NAME=";
        return File.Exists("/etc/os-release")
            ? File.ReadLines("/etc/os-release").FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal))?[name.Length..].Trim('"') ?? "Linux"
            : "Linux";
    }

    /// <summary>Go's name of the processor's architecture.</summary>
    public static string Architecture() => RuntimeInformation.OSArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => "amd64",
        System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
        var other => other.ToString().ToLowerInvariant(),
    };

    /// <summary>The address of the interface that the default route leaves by.</summary>
    public static string DefaultAddress()
    {
        var device = File.ReadLines("/proc/net/route").Skip(1).Select(l => l.Split('\t')).FirstOrDefault(f => f.Length > 1 && f[1] == "00000000")?[0];
        var interfaces = NetworkInterface.GetAllNetworkInterfaces();
        var chosen = interfaces.FirstOrDefault(i => i.Name == device) ?? interfaces.FirstOrDefault(i => i.OperationalStatus == OperationalStatus.Up && i.NetworkInterfaceType != NetworkInterfaceType.Loopback);
        var address = chosen?.GetIPProperties().UnicastAddresses.Select(a => a.Address).FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork);
        return (address ?? IPAddress.Loopback).ToString();
    }

    private static long MemoryInfo(string field) =>
        File.ReadLines("/proc/meminfo").FirstOrDefault(l => l.StartsWith(field, StringComparison.Ordinal))?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var kib, ..]
            ? long.Parse(kib) * 1024
            : 0;

    private static string ReadLine(string path)
    {
        try
        {
            return File.ReadLines(path).FirstOrDefault()?.Trim() ?? "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
