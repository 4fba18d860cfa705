using System.Collections.Immutable;
using System.Net;
using Sampan.Api;
using Sampan.Api.Networking.V1;
using Sampan.Client.Informers;
using Sampan.Proxy.Model;

namespace Sampan.Proxy.Sync;

/// <summary>The ranges that Services get their addresses from, as the API has them.</summary>
internal sealed class ServiceCidrSource(InformerFactory informers) : IDisposable
{
    private readonly Informer<ServiceCIDR> _cidrs = informers.For<ServiceCIDR>();
    private IDisposable? _subscription;

    public ImmutableArray<IPNetwork> Current =>
    [
        .. _cidrs.List().SelectMany(c => c.Spec.Cidrs.OrEmpty()).Select(Cidr.Parse).OfType<IPNetwork>().Distinct()
            .OrderBy(c => c.ToString(), StringComparer.Ordinal),
    ];

    public void Follow(DirtyKeys<ServiceKey> dirty) => _subscription = _cidrs.Subscribe((_, _) => dirty.Wake());

    public Task WaitForSyncAsync(CancellationToken cancellationToken) => _cidrs.WaitForSyncAsync(cancellationToken);

    public void Dispose() => _subscription?.Dispose();
}
