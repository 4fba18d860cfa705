namespace Sampan.Cluster.Host;

/// <summary>
/// The programs of the host that a node uses, each with the Debian and Ubuntu package that brings it.
/// </summary>
public static class HostPackages
{
    private static readonly (string Probe, string Package)[] Needed =
    [
        ("containerd", "containerd"),
        ("runc", "runc"),
        ("nft", "nftables"),
        ("conntrack", "conntrack"),
        ("ip", "iproute2"),
        ("iptables", "iptables"),                                   // used by the portmap CNI plugin
        ("/usr/lib/cni/bridge:/opt/cni/bin/bridge", "containernetworking-plugins"),
        ("libnftables.so.1", "libnftables1"),
        ("libsqlite3.so.0", "libsqlite3-0"),
        ("setsid", "util-linux"),
    ];

    /// <summary>The packages whose programs are missing on this host.</summary>
    public static IReadOnlyList<string> Missing() => [.. Needed.Where(n => !IsPresent(n.Probe)).Select(n => n.Package)];

    /// <summary>Installs what is missing with apt-get, without asking.</summary>
    /// <returns>The packages that were installed.</returns>
    /// <exception cref="HostException">They can't be installed here; the message names them.</exception>
    public static async Task<IReadOnlyList<string>> EnsureAsync(CancellationToken ct = default)
    {
        var missing = Missing();
        if (missing.Count == 0) return missing;
        if (!HostCommand.Exists("apt-get"))
            throw new HostException($"these packages are missing and this host has no apt-get to install them: {string.Join(' ', missing)}. Install their equivalents, then run this again.");
        await AptAsync(["update", "-q"], ct);
        await AptAsync(["install", "-q", "-y", "--no-install-recommends", .. missing], ct);
        return Missing() is { Count: > 0 } still
            ? throw new HostException($"apt-get installed {string.Join(' ', missing)}, but {string.Join(' ', still)} is still not found")
            : missing;
    }

    private static Task<string> AptAsync(string[] arguments, CancellationToken ct) =>
        HostCommand.RunAsync("env", ["DEBIAN_FRONTEND=noninteractive", "apt-get", .. arguments], TimeSpan.FromMinutes(10), ct);

    private static bool IsPresent(string probe) => probe switch
    {
        _ when probe.Contains('/') => probe.Split(':').Any(File.Exists),
        _ when probe.Contains(".so", StringComparison.Ordinal) => IsLibrary(probe),
        _ => HostCommand.Exists(probe),
    };

    private static bool IsLibrary(string name)
    {
        if (!System.Runtime.InteropServices.NativeLibrary.TryLoad(name, out var handle)) return false;
        System.Runtime.InteropServices.NativeLibrary.Free(handle);
        return true;
    }
}
