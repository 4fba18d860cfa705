using System.Net;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Client.Informers;
using Sampan.Proxy.Compile;
using Sampan.Proxy.Model;

namespace Sampan.Proxy.Sync;

/// <summary>Completes the options with what the Node object says: its zone, its addresses and those of its pods.</summary>
internal sealed class NodeSource : IDisposable
{
    private const string ToBeDeletedTaint = "ToBeDeletedByClusterAutoscaler";
    private const string ZoneLabel = "topology.kubernetes.io/zone";
    private readonly CompileOptions _options;
    private readonly Informer<Node> _nodes;
    private IDisposable? _subscription;

    public NodeSource(InformerFactory informers, CompileOptions options)
    {
        _options = options;
        _nodes = informers.For<Node>(fieldSelector: $"metadata.name={options.NodeName}");
    }

    public void Follow(DirtyKeys<ServiceKey> dirty) => _subscription = _nodes.Subscribe((old, current) =>
    {
        if (!Same(With(old), With(current))) dirty.Wake();
    });

    public CompileOptions Current => With(_nodes.Get(null, _options.NodeName));

    /// <summary>False for a node that is being deleted, or that the cluster autoscaler is about to take away.</summary>
    public bool IsStaying => _nodes.Get(null, _options.NodeName) is not { } node
        || (node.Metadata.DeletionTimestamp is null && !node.Spec.Taints.OrEmpty().Any(t => t.Key == ToBeDeletedTaint));

    public static bool Same(CompileOptions one, CompileOptions other) =>
        one.Zone == other.Zone && one.NodeAddresses.SetEquals(other.NodeAddresses) && one.PodCidrs.SequenceEqual(other.PodCidrs)
        && one.ServiceCidrs.SequenceEqual(other.ServiceCidrs);

    public Task WaitForSyncAsync(CancellationToken cancellationToken) => _nodes.WaitForSyncAsync(cancellationToken);

    public void Dispose() => _subscription?.Dispose();

    private CompileOptions With(Node? node)
    {
        if (node is null) return _options;
        var addresses = node.Status?.Addresses.OrEmpty().Select(a => IPAddress.TryParse(a.Address, out var ip) ? ip : null);
        return _options with
        {
            Zone = node.Metadata.Labels.OrEmpty().GetValueOrDefault(ZoneLabel),
            PodCidrs = _options.PodCidrsOfNode ? [.. PodCidrs(node)] : _options.PodCidrs,
            NodeAddresses = [.. _options.NodeAddresses, .. addresses?.OfType<IPAddress>() ?? []],
        };
    }

    private static IEnumerable<IPNetwork> PodCidrs(Node node) =>
        (node.Spec.PodCIDRs is { Count: > 0 } all ? all : [node.Spec.PodCIDR ?? ""]).Select(Cidr.Parse).OfType<IPNetwork>();
}
