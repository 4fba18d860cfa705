using System.Net;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Client.Informers;

namespace Sampan.Network.Dns.Search;

/// <summary>Tells the search paths which of this node's pods has which address.</summary>
internal sealed class PodClients(InformerFactory informers, string nodeName, SearchPaths paths) : IDisposable
{
    private readonly Informer<Pod> _pods = informers.For<Pod>(fieldSelector: $"spec.nodeName={nodeName}");
    private IDisposable? _subscription;

    public void Follow() => _subscription = _pods.Subscribe((old, current) =>
    {
        var addresses = Addresses(current);
        foreach (var gone in Addresses(old).Except(addresses)) paths.Remove(gone, old!.Metadata.Uid);
        foreach (var address in addresses) paths.Set(address, current!.Metadata.Uid, current.Metadata.Namespace);
    });

    public Task WaitForSyncAsync(CancellationToken cancellationToken) => _pods.WaitForSyncAsync(cancellationToken);

    public void Dispose() => _subscription?.Dispose();

    /// <summary>Of a pod that runs, has addresses of its own and uses the cluster's search path.</summary>
    private static List<ClientAddress> Addresses(Pod? pod) =>
        pod?.Spec is not { HostNetwork: not true, DnsPolicy: null or "" or "ClusterFirst" } || pod.Status?.Phase is "Succeeded" or "Failed"
            ? []
            : [.. pod.Status?.PodIPs.OrEmpty().Select(p => IPAddress.TryParse(p.Ip, out var ip) ? ip : null).OfType<IPAddress>().Select(ClientAddress.Of) ?? []];
}
