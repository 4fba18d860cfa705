using Microsoft.Extensions.Logging;
using Sampan.Api.Core.V1;
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
    private static readonly TimeSpan CheckInterval = TimeSpan.FromMinutes(1);
    private readonly ILogger _log = options.Logs.CreateLogger("PodNetwork");
    private readonly CancellationTokenSource _stop = new();
    private IReadOnlyList<ForwardPolicy> _policies = [];
    private Task _prepared = Task.CompletedTask;
    private Task _watching = Task.CompletedTask;

    public string Name => "pod-network";

    /// <summary>The directory with the CNI plugins, for the container runtime's configuration.</summary>
    public static string? FindPlugins(PodNetworkOptions options) =>
        options.PluginDirectories.FirstOrDefault(d => Plugins.All(p => File.Exists(Path.Combine(d, p))));

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (FindPlugins(options) is null)
        {
            throw new HostCommandException(
                $"The CNI plugins {string.Join(", ", Plugins)} are in none of {string.Join(", ", options.PluginDirectories)}: "
                + "install the package containernetworking-plugins.");
        }

        _prepared = Task.Run(() => PrepareAsync(_stop.Token), CancellationToken.None);
        _watching = Task.Run(() => KeepForwardingAsync(_stop.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Completes when pods can be attached; without <see cref="PodNetworkOptions.PodCidr"/> not before the node has one.</summary>
    public Task ReadyAsync(CancellationToken cancellationToken) => _prepared.WaitAsync(cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_prepared, _watching).ContinueWith(
            _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        _stop.Dispose();
    }

    /// <summary>Removes the bridge, rules, configuration and leases, and puts the kernel's settings back.</summary>
    public static async Task CleanupAsync(PodNetworkOptions options, CancellationToken cancellationToken)
    {
        var log = options.Logs.CreateLogger("PodNetwork");
        new CniConfig(options).Remove();
        foreach (var policy in ForwardPolicies(options, log)) await policy.ForgetAsync(cancellationToken);
        await new HostPortChains(options.Host).RemoveAsync(cancellationToken);
        await new BridgeLink(options.Host, options).RemoveAsync(cancellationToken);
        await options.Host.RunAsync("nft", [PodNetworkRules.Remove()], cancellationToken);
        await Settings(options, log).RestoreAsync(cancellationToken);
    }

    /// <summary>Of the host's firewall for each IP family, IPv4 first.</summary>
    private static ForwardPolicy[] ForwardPolicies(PodNetworkOptions options, ILogger log) =>
        [new(options.Host, options.Bridge, log), new(options.Host, options.Bridge, log, "ip6tables")];

    private static KernelSettings Settings(PodNetworkOptions options, ILogger log) =>
        new(options.Host, Path.Combine(options.StateDirectory, "kernel-settings.json"), log);

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var subnets = PodSubnet.ParseAll(options.PodCidr ?? await AssignedCidrsAsync(cancellationToken));
        bool dualStack = subnets.Count > 1;
        await PrepareKernelAsync(cancellationToken);
        if (dualStack) await new IPv6Forwarding(options.Host, Settings(options, _log)).AllowAsync(cancellationToken);
        await new BridgeLink(options.Host, options).EnsureAsync(subnets, cancellationToken);
        await options.Host.WriteSettingAsync($"net/ipv4/conf/{options.Bridge}/route_localnet", "1", cancellationToken);
        await options.Host.RunAsync("nft", [PodNetworkRules.Install(options, subnets)], cancellationToken);
        _policies = [.. ForwardPolicies(options, _log).Take(subnets.Count)];
        foreach (var policy in _policies) await policy.AllowAsync(cancellationToken);
        var config = new CniConfig(options);
        config.Write(config.Render(subnets, await HasIptablesAsync(cancellationToken)));
        _log.LogInformation("Pods of this node get addresses of {Cidrs}", string.Join(',', subnets.Select(s => s.Cidr)));
    }

    private async Task<string> AssignedCidrsAsync(CancellationToken cancellationToken)
    {
        if (options is not { NodeName: { } node, Informers: { } informers })
            throw new InvalidOperationException("Either PodCidr or NodeName and Informers must be set.");
        var nodes = informers.For<Node>(fieldSelector: $"metadata.name={node}");
        await nodes.WaitUntilAsync(_ => !string.IsNullOrEmpty(nodes.Get(null, node)?.Spec?.PodCIDR), cancellationToken);
        var spec = nodes.Get(null, node)!.Spec;
        return spec.PodCIDRs is { Count: > 0 } all ? string.Join(',', all) : spec.PodCIDR!;
    }

    private async Task PrepareKernelAsync(CancellationToken cancellationToken)
    {
        var settings = Settings(options, _log);
        await settings.SetAsync("net/ipv4/ip_forward", "1", cancellationToken);

        // Without this, answers between two pods of one bridge would bypass the translation of Service addresses.
        if (await options.Host.ReadSettingAsync("net/bridge/bridge-nf-call-iptables", cancellationToken) is null)
            await TryLoadModuleAsync("br_netfilter", cancellationToken);
        await settings.SetAsync("net/bridge/bridge-nf-call-iptables", "1", cancellationToken);
    }

    /// <summary>A firewall that is started later, as with docker, must not cut pods off either.</summary>
    private async Task KeepForwardingAsync(CancellationToken cancellationToken)
    {
        await _prepared.WaitAsync(cancellationToken);
        using var timer = new PeriodicTimer(CheckInterval, options.Time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            foreach (var policy in _policies) await policy.AllowAsync(cancellationToken);
        }
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
