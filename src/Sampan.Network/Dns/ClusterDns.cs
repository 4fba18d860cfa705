using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Sampan.Client;
using Sampan.Network.Dns.Forwarding;
using Sampan.Network.Dns.Search;
using Sampan.Network.Dns.Server;
using Sampan.Network.Dns.Zone;

namespace Sampan.Network.Dns;

/// <summary>
/// The cluster's DNS server on one node: answers for the cluster's domain from informers, forwards the rest to the host's
/// name servers or those that a ConfigMap names, and publishes itself behind the Service <c>kube-system/kube-dns</c>.
/// </summary>
public sealed class ClusterDns : IComponent
{
    private const int PortAttempts = 10;
    private readonly ClusterDnsOptions _options;
    private readonly ILogger _log;
    private readonly ZoneSource _source;
    private readonly ClusterZone _zone;
    private readonly Forwarder _forwarder;
    private readonly ForwardingSource _forwarding;
    private readonly QueryHandler _handler;
    private readonly PodClients _clients;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _stopPublishing = new();
    private readonly List<Task> _serving = [];
    private Task _publishing = Task.CompletedTask;
    private UdpServer? _udp;
    private TcpServer? _tcp;
    private DnsPublisher? _publisher;

    public ClusterDns(ClusterDnsOptions options)
    {
        _options = options;
        _log = options.Logs.CreateLogger("ClusterDns");
        var zoneOptions = new ZoneOptions(options.Domain.Trim('.').ToLowerInvariant(), (uint)options.TimeToLive)
        {
            Server = options.ClusterIP, Ranges = options.Ranges,
        };
        var table = new ZoneTable(zoneOptions);
        _source = new ZoneSource(options.Informers, table, zoneOptions);
        _zone = new ClusterZone(table, zoneOptions);
        var metrics = new DnsMetrics(options.Metrics);
        var resolvConf = new ResolvConf(options.Time, Ourselves(options), options.ResolvConf);
        var paths = new SearchPaths(zoneOptions, () => resolvConf.Domains);
        _clients = new PodClients(options.Informers, options.NodeName, paths);
        var cache = new AnswerCache(options.Time, options.CacheBytes);
        _forwarder = new Forwarder(() => options.Upstreams.Count > 0 ? options.Upstreams : resolvConf.Servers, cache, metrics, options.Time, _log);
        _forwarding = new ForwardingSource(options.Informers, _forwarder, _log);
        _handler = new QueryHandler(_zone, _forwarder, paths, metrics);
        DnsMetrics.Observe(options.Metrics, cache);
    }

    public string Name => "dns";

    /// <summary>Where the server listens, once started; the same port for UDP and TCP.</summary>
    public IPEndPoint LocalAddress => _udp?.LocalAddress ?? _options.Listen;

    /// <summary>Why the server does not speak for the cluster's domain; null when it does.</summary>
    public string? Problem => _zone.IsReady ? null : "waiting for the first lists of Services, EndpointSlices and Namespaces";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        (_udp, _tcp) = Bind();
        _source.Follow();
        _forwarding.Follow();
        _clients.Follow();
        _serving.Add(_udp.RunAsync(_stop.Token));
        _serving.Add(_tcp.RunAsync(_stop.Token));
        if (_options.ClusterIP is { } clusterIP)
        {
            _publisher = new DnsPublisher(
                _options.Informers, _options.NodeName, LocalAddress, clusterIP, _options.Time, _log);
        }

        _publishing = Task.Run(() => OpenZoneAsync(_stopPublishing.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task ReadyAsync(CancellationToken cancellationToken)
    {
        await _source.WaitForSyncAsync(cancellationToken);
        if (_publisher is { } publisher) await publisher.Published.WaitAsync(cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopPublishing.CancelAsync();
        await EndOf(_publishing);
        if (_publisher is { } publisher) await publisher.WithdrawAsync(cancellationToken);
        await _stop.CancelAsync();
        _udp?.Dispose();
        _tcp?.Dispose();
        await EndOf(Task.WhenAll(_serving));
        _source.Dispose();
        _forwarding.Dispose();
        _clients.Dispose();
        _forwarder.Dispose();
        _stop.Dispose();
        _stopPublishing.Dispose();
    }

    private static Task EndOf(Task task) =>
        task.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    private (UdpServer Udp, TcpServer Tcp) Bind()
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return BindOnce();
            }
            catch (SocketException e) when (_options.Listen.Port != 0 || attempt == PortAttempts)
            {
                throw new InvalidOperationException(
                    $"DNS cannot listen on {_options.Listen}: {e.Message}. Is another server on this port, or the address not this node's?", e);
            }
            catch (SocketException e)
            {
                _log.LogDebug("The port that UDP got is taken for TCP: {Problem}", e.Message);
            }
        }
    }

    private (UdpServer Udp, TcpServer Tcp) BindOnce()
    {
        var udp = new UdpServer(_options.Listen, _handler, _log);
        TcpServer? tcp = null;
        try
        {
            udp.Bind();
            tcp = new TcpServer(udp.LocalAddress, _handler, _options.Time, _log);
            tcp.Bind();
            return (udp, tcp);
        }
        catch (SocketException)
        {
            udp.Dispose();
            tcp?.Dispose();
            throw;
        }
    }

    /// <summary>Begins to speak for the cluster's domain once everything is known, and only then asks for clients.</summary>
    private async Task OpenZoneAsync(CancellationToken cancellationToken)
    {
        await _source.WaitForSyncAsync(cancellationToken);
        _zone.IsReady = true;
        _log.LogInformation("DNS for {Domain} answers on {Address}", _options.Domain, LocalAddress);
        if (_publisher is { } publisher) await publisher.RunAsync(cancellationToken);
    }

    private static HashSet<IPEndPoint> Ourselves(ClusterDnsOptions options)
    {
        var ourselves = new HashSet<IPEndPoint> { options.Listen };
        if (options.ClusterIP is { } clusterIP) ourselves.Add(new IPEndPoint(clusterIP, 53));
        return ourselves;
    }
}
