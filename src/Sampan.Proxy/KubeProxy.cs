using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sampan.Client;
using Sampan.Client.Metrics;
using Sampan.Proxy.Nftables;
using Sampan.Proxy.Compile;
using Sampan.Proxy.Health;
using Sampan.Proxy.Model;
using Sampan.Proxy.Sync;

namespace Sampan.Proxy;

/// <summary>
/// Makes Services reachable on this node: follows Services and EndpointSlices and keeps the nftables tables
/// <c>ip sampan-proxy</c> and <c>ip6 sampan-proxy</c>. The rules stay when the proxy stops, so that traffic goes on;
/// <see cref="CleanupAsync"/> takes them away.
/// </summary>
public sealed class KubeProxy : IComponent
{
    private readonly KubeProxyOptions _options;
    private readonly DirtyKeys<ServiceKey> _dirty = new();
    private readonly IReadOnlyList<IPFamily> _families = IPFamilies.OfThisHost();
    private readonly ProxyMetrics _metrics;
    private readonly PendingChanges _pending;
    private readonly ServiceSource _services;
    private readonly NodeSource _node;
    private readonly ServiceCidrSource _cidrs;
    private readonly List<PatientServer> _servers;
    private readonly HealthCheckNodePorts _healthPorts;
    private readonly CancellationTokenSource _stop = new();
    private INftables? _nftables;
    private RuleLoop? _loop;
    private Task _running = Task.CompletedTask;

    public KubeProxy(KubeProxyOptions options)
    {
        _options = options;
        _services = new ServiceSource(options.Informers);
        var compile = CompileOptions(options);
        _node = new NodeSource(options.Informers, compile);
        _cidrs = new ServiceCidrSource(options.Informers);
        _metrics = new ProxyMetrics(options.Metrics, _families);
        _pending = new PendingChanges(_metrics, options.Time);
        var health = new ProxyHealth(_pending, _node, _metrics, options.Time);
        _healthPorts = new HealthCheckNodePorts(compile.NodePortAddresses, () => health.IsHealthy, options.Time, options.Logs.CreateLogger("KubeProxy"));
        IPEndPoint?[] addresses = [options.HealthAddress, options.MetricsAddress];
        HealthServer Serve(IPEndPoint address) => new(
            new HealthServerOptions(address.Address, address.Port) { Component = (Name, options.Flags), Pages = Pages(options, health) }, options.Metrics,
            [new HealthCheck("rules", () => Problem), .. options.MoreChecks]);
        _servers = [.. addresses.OfType<IPEndPoint>().Distinct().Select(address => new PatientServer(
            address, Serve, options.BindAddressHardFail, options.Time, options.Logs.CreateLogger("KubeProxy")))];
    }

    public string Name => "kube-proxy";

    /// <summary>Why the rules are not as they should be; null when they are.</summary>
    public string? Problem => _loop switch
    {
        null => "not started",
        { Ready.IsCompleted: false } => _loop.Problem ?? "waiting for the first list of Services",
        _ => _loop.Problem,
    };

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var log = _options.Logs.CreateLogger("KubeProxy");
        _nftables = _options.OpenNftables();
        var rules = new RuleSync(_nftables, _options.Conntrack, _metrics, log);
        var localCounts = new LocalCounts(_metrics.NoLocalEndpoints, _families);
        var writer = new ServiceWriter(_services, _node, _cidrs, rules, _healthPorts, _dirty, _pending, localCounts, _metrics);
        _loop = new RuleLoop(writer, _metrics.Rules, _options.Time, log) { CheckInterval = _options.SyncPeriod, Pause = _options.MinSyncPeriod };
        _services.Follow(_dirty, _pending);
        _node.Follow(_dirty);
        _cidrs.Follow(_dirty);
        _running = Task.Run(() => _loop.RunAsync(_stop.Token), CancellationToken.None);
        foreach (var server in _servers) await server.StartAsync(cancellationToken);
    }

    public Task ReadyAsync(CancellationToken cancellationToken) =>
        _loop is { } loop ? loop.Ready.WaitAsync(cancellationToken) : throw new InvalidOperationException("Not started.");

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _running.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        foreach (var server in _servers) await server.StopAsync(cancellationToken);
        _healthPorts.Dispose();
        _services.Dispose();
        _node.Dispose();
        _cidrs.Dispose();
        _nftables?.Dispose();
        _dirty.Dispose();
        _stop.Dispose();
    }

    /// <summary>Removes every rule of the proxy from this host.</summary>
    public static async Task CleanupAsync(CancellationToken cancellationToken)
    {
        using var nftables = HostNftables.Open();
        await RuleSync.CleanupAsync(nftables, cancellationToken);
    }

    private static Dictionary<string, RequestDelegate> Pages(KubeProxyOptions options, ProxyHealth health)
    {
        var pages = new Dictionary<string, RequestDelegate>(health.Pages);
        if (options.Configuration is { } configuration)
            pages["/configz"] = http => http.WriteJsonAsync(new JsonObject { ["kubeproxy.config.k8s.io"] = configuration.DeepClone() });
        return pages;
    }

    private static CompileOptions CompileOptions(KubeProxyOptions options) => new()
    {
        NodeName = options.NodeName,
        PodCidrs = [.. options.ClusterCidrs.Select(c => Required(c, "cluster CIDR"))],
        PodCidrsOfNode = options.DetectLocal == DetectLocalMode.NodeCIDR,
        PodInterface = options.PodInterface,
        MasqueradeAll = options.MasqueradeAll,
        MasqueradeBit = options.MasqueradeBit,
        NodePortAddresses = [.. options.NodePortAddresses.Select(c => Required(c, "node port address"))],
        LocalhostNodePorts = options.LocalhostNodePorts,
        DropInvalid = !options.TcpBeLiberal,
        Families = IPFamilies.OfThisHost(),
    };

    private static IPNetwork Required(string cidr, string what) =>
        Cidr.Parse(cidr) ?? throw new ArgumentException($"\"{cidr}\" is no {what}: a CIDR such as 10.244.0.0/16 is needed.");
}
