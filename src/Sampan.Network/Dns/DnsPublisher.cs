using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;
using Sampan.Api.Meta.V1;
using Sampan.Client;
using Sampan.Client.Informers;
using EndpointPort = Sampan.Api.Discovery.V1.EndpointPort;

namespace Sampan.Network.Dns;

/// <summary>
/// Keeps the Service <c>kube-system/kube-dns</c> and this node's EndpointSlice of it, by which pods reach the server. A Service
/// with a selector belongs to somebody who runs another DNS server in pods, and is left alone.
/// </summary>
internal sealed class DnsPublisher(
    InformerFactory informers, string nodeName, IPEndPoint server, IPAddress clusterIP, TimeProvider time, ILogger log)
{
    public const string ServiceName = "kube-dns";
    private const string Namespace = "kube-system";
    private const string Manager = "dns.sampan.dev";
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan WriteLimit = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim _signal = new(1, 1);
    private readonly TaskCompletionSource _published = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Published => _published.Task;

    private readonly Informer<Node> _nodes = informers.For<Node>(fieldSelector: $"metadata.name={nodeName}");

    private string SliceName => $"{ServiceName}-{nodeName}";

    private ApiClient Client => informers.Client;

    /// <summary>
    /// Publishes, and again whenever somebody changes what was published. Ends between writes, never within one: a write given
    /// up could still arrive after <see cref="WithdrawAsync"/>.
    /// </summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var services = informers.For<Service>().Subscribe((old, current) => Wake((current ?? old)!.Metadata, ServiceName));
        using var slices = informers.For<EndpointSlice>().Subscribe((old, current) => Wake((current ?? old)!.Metadata, SliceName));
        using var node = _nodes.Subscribe((old, current) =>
        {
            if (old?.Metadata.Uid != current?.Metadata.Uid) Wake();
        });
        var retry = FirstRetry;
        while (true)
        {
            await _signal.WaitAsync(cancellationToken);
            if (await TryPublishAsync())
            {
                retry = FirstRetry;
                continue;
            }

            await Task.Delay(retry, time, cancellationToken);
            retry = retry * 2 > LastRetry ? LastRetry : retry * 2;
            Wake();
        }
    }

    /// <summary>Takes this node's server out of the Service, once <see cref="RunAsync"/> has ended.</summary>
    public async Task WithdrawAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Client.Of<EndpointSlice>().DeleteAsync(Namespace, SliceName, cancellationToken);
        }
        catch (Exception e) when (e is StatusException or ApiConnectionException or OperationCanceledException)
        {
            log.LogDebug("The DNS endpoint stays behind: {Problem}", e.Message);
        }
    }

    private void Wake(Api.Meta.V1.ObjectMeta changed, string name)
    {
        if (changed.Namespace == Namespace && changed.Name == name) Wake();
    }

    private void Wake()
    {
        lock (_signal)
        {
            if (_signal.CurrentCount == 0) _signal.Release();
        }
    }

    private async Task<bool> TryPublishAsync()
    {
        using var limit = new CancellationTokenSource(WriteLimit, time);
        try
        {
            if (await EnsureServiceAsync(limit.Token)) await EnsureSliceAsync(limit.Token);
            _published.TrySetResult();
            return true;
        }
        catch (Exception e) when (e is StatusException or ApiConnectionException or OperationCanceledException)
        {
            log.LogInformation("Publishing the Service {Namespace}/{Name} waits: {Problem}", Namespace, ServiceName, e.Message);
            return false;
        }
    }

    private async Task<bool> EnsureServiceAsync(CancellationToken cancellationToken)
    {
        var services = Client.Of<Service>();
        var existing = await services.FindAsync(Namespace, ServiceName, cancellationToken);
        if (existing is null) await services.CreateAsync(Service(), cancellationToken);
        return existing?.Spec?.Selector is null or { Count: 0 };
    }

    private async Task EnsureSliceAsync(CancellationToken cancellationToken)
    {
        var slices = Client.Of<EndpointSlice>();
        var wanted = Slice();
        var existing = await slices.FindAsync(Namespace, SliceName, cancellationToken);
        if (existing is null)
        {
            await slices.CreateAsync(wanted, cancellationToken);
            return;
        }

        if (IsSame(existing, wanted)) return;
        wanted.Metadata.ResourceVersion = existing.Metadata.ResourceVersion;
        await slices.UpdateAsync(wanted, cancellationToken);
    }

    private static bool IsSame(EndpointSlice one, EndpointSlice other) =>
        one.AddressType == other.AddressType
        && one.Endpoints.OrEmpty().Select(e => string.Join(',', e.Addresses)).SequenceEqual(other.Endpoints.OrEmpty().Select(e => string.Join(',', e.Addresses)))
        && one.Endpoints.OrEmpty().All(e => e.Hints?.ForNodes.OrEmpty().Count == 1)
        && one.Ports.OrEmpty().Select(p => (p.Name, p.Port)).SequenceEqual(other.Ports.OrEmpty().Select(p => (p.Name, p.Port)))
        && other.Metadata.OwnerReferences.OrEmpty().All(o => one.Metadata.OwnerReferences.OrEmpty().Any(p => p.Uid == o.Uid))
        && other.Metadata.Labels.OrEmpty().All(l => one.Metadata.Labels.OrEmpty().GetValueOrDefault(l.Key) == l.Value);

    private Service Service() => new()
    {
        Metadata = new()
        {
            Namespace = Namespace,
            Name = ServiceName,
            Labels = new() { ["k8s-app"] = ServiceName, ["kubernetes.io/cluster-service"] = "true", ["kubernetes.io/name"] = "CoreDNS" },
        },
        Spec = new()
        {
            ClusterIP = clusterIP.ToString(),
            Ports = [Port("dns", "UDP"), Port("dns-tcp", "TCP")],
        },
    };

    private static ServicePort Port(string name, string protocol) => new() { Name = name, Port = 53, TargetPort = 53, Protocol = protocol };

    /// <summary>The slice goes with its node when that is deleted.</summary>
    private List<OwnerReference>? Owner() => _nodes.Get(null, nodeName) is { } node
        ? [new() { ApiVersion = "v1", Kind = "Node", Name = nodeName, Uid = node.Metadata.Uid }]
        : null;

    private EndpointSlice Slice() => new()
    {
        Metadata = new()
        {
            Namespace = Namespace,
            Name = SliceName,
            Labels = new() { ["kubernetes.io/service-name"] = ServiceName, ["endpointslice.kubernetes.io/managed-by"] = Manager },
            OwnerReferences = Owner(),
        },
        AddressType = server.AddressFamily == AddressFamily.InterNetworkV6 ? "IPv6" : "IPv4",
        Ports =
        [
            new EndpointPort { Name = "dns", Port = server.Port, Protocol = "UDP" },
            new EndpointPort { Name = "dns-tcp", Port = server.Port, Protocol = "TCP" },
        ],
        Endpoints =
        [
            new Endpoint
            {
                Addresses = [server.Address.ToString()],
                NodeName = nodeName,
                Conditions = new() { Ready = true, Serving = true, Terminating = false },

                // Each node asks its own server, and another's only while it has none.
                Hints = new() { ForNodes = [new ForNode { Name = nodeName }] },
            },
        ],
    };
}
