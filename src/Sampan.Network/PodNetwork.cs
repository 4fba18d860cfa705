using Microsoft.Extensions.Logging;
using Sampan.Client;
using Sampan.Network.Cni;
using Sampan.Network.Host;

namespace Sampan.Network;

/// <summary>
/// Prepares this node for pods: kernel settings, the bridge, masquerading, and last the CNI configuration, whose presence
/// tells the container runtime that the network is ready. All of it stays when the process stops, since pods go on;
/// <see cref="CleanupAsync"/> takes it away.
/// </summary>
public sealed class PodNetwork(PodNetworkOptions options) : IComponent
{
    private static readonly string[] Plugins = ["bridge", "host-local", "loopback", "portmap"];
    private readonly ILogger _log = options.Logs.CreateLogger("PodNetwork");

    public string Name => "pod-network";

    /// <summary>The directory with the CNI plugins, for the container runtime's configuration.</summary>
    public static string? FindPlugins(PodNetworkOptions options) =>
        options.PluginDirectories.FirstOrDefault(d => Plugins.All(p => File.Exists(Path.Combine(d, p))));

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var subnet = PodSubnet.Parse(options.PodCidr);
        if (FindPlugins(options) is null)
        {
            throw new HostCommandException(
                $"The CNI plugins {string.Join(", ", Plugins)} are in none of {string.Join(", ", options.PluginDirectories)}: "
                + "install the package containernetworking-plugins.");
        }

        await PrepareKernelAsync(cancellationToken);
        await new BridgeLink(options.Host, options).EnsureAsync(subnet, cancellationToken);
        await options.Host.WriteSettingAsync($"net/ipv4/conf/{options.Bridge}/route_localnet", "1", cancellationToken);
        await options.Host.RunAsync("nft", [PodNetworkRules.Install(options)], cancellationToken);
        await new ForwardPolicy(options.Host, options.Bridge, _log).AllowAsync(cancellationToken);
        var config = new CniConfig(options);
        config.Write(config.Render(options.PodCidr, await HasIptablesAsync(cancellationToken)));
    }

    public Task ReadyAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Removes the bridge, rules, configuration and leases, and puts the kernel's settings back.</summary>
    public static async Task CleanupAsync(PodNetworkOptions options, CancellationToken cancellationToken)
    {
        var log = options.Logs.CreateLogger("PodNetwork");
        new CniConfig(options).Remove();
        await new ForwardPolicy(options.Host, options.Bridge, log).ForgetAsync(cancellationToken);
        await new HostPortChains(options.Host).RemoveAsync(cancellationToken);
        await new BridgeLink(options.Host, options).RemoveAsync(cancellationToken);
        await options.Host.RunAsync("nft", [PodNetworkRules.Remove()], cancellationToken);
        await Settings(options, log).RestoreAsync(cancellationToken);
    }

    private static KernelSettings Settings(PodNetworkOptions options, ILogger log) =>
        new(options.Host, Path.Combine(options.StateDirectory, "kernel-settings.json"), log);

    private async Task PrepareKernelAsync(CancellationToken cancellationToken)
    {
        var settings = Settings(options, _log);
        await settings.SetAsync("net/ipv4/ip_forward", "1", cancellationToken);

        // Without this, answers between two pods of one bridge would bypass the translation of Service addresses.
        if (await options.Host.ReadSettingAsync("net/bridge/bridge-nf-call-iptables", cancellationToken) is null)
            await TryLoadModuleAsync("br_netfilter", cancellationToken);
        await settings.SetAsync("net/bridge/bridge-nf-call-iptables", "1", cancellationToken);
    }

    private async Task TryLoadModuleAsync(string module, CancellationToken cancellationToken)
    {
        try
        {
            await options.Host.RunAsync("modprobe", [module], cancellationToken);
        }
        catch (HostCommandException e)
        {
            _log.LogWarning("The kernel module {Module} cannot be loaded: {Problem}", module, e.Message);
        }
    }

    private async Task<bool> HasIptablesAsync(CancellationToken cancellationToken)
    {
        try
        {
            await options.Host.RunAsync("iptables", ["--version"], cancellationToken);
            return true;
        }
        catch (HostCommandException)
        {
            _log.LogWarning("Without the program iptables, which the plugin portmap needs, hostPort of pods has no effect.");
            return false;
        }
    }
}
