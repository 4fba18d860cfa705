namespace Sampan.EndToEnd.Tests.Cluster;

/// <summary>
/// A network namespace that stands for a host: one interface with an address and a default route that leads nowhere.
/// Everything that a test's cluster does to the network stays in it.
/// </summary>
public sealed class HostNamespace : IAsyncDisposable
{
    public const string Address = "192.0.2.10";

    private HostNamespace(string name) => Name = name;

    public string Name { get; }

    public static async Task<HostNamespace> CreateAsync(string name)
    {
        await Shell.RunAsync("ip", ["netns", "add", name]);
        var host = new HostNamespace(name);
        await host.RunAsync("ip", "link", "set", "lo", "up");
        await host.RunAsync("ip", "link", "add", "eth0", "type", "veth", "peer", "name", "uplink");
        await host.RunAsync("ip", "link", "set", "uplink", "up");
        await host.RunAsync("ip", "address", "add", $"{Address}/24", "dev", "eth0");
        await host.RunAsync("ip", "link", "set", "eth0", "up");
        await host.RunAsync("ip", "route", "add", "default", "via", "192.0.2.1");
        return host;
    }

    /// <summary>Runs a program on this host; its failure fails the test.</summary>
    public Task<string> RunAsync(string program, params string[] arguments) => Shell.RunAsync("nsenter", Enter(program, arguments));

    /// <summary>Runs a program on this host, whatever it says.</summary>
    public Task<ShellResult> TryAsync(string program, params string[] arguments) => Shell.TryAsync("nsenter", Enter(program, arguments));

    /// <summary>The arguments of nsenter that run a program here. (`ip netns exec` would hide /sys/fs/cgroup.)</summary>
    public string[] Enter(string program, params string[] arguments) => [$"--net=/run/netns/{Name}", program, .. arguments];

    public async ValueTask DisposeAsync() => await Shell.TryAsync("ip", ["netns", "delete", Name]);
}
