using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;
using Sampan.Client.Informers;
using Sampan.Proxy.Compile;
using Sampan.Proxy.Model;

namespace Sampan.Proxy.Sync;

/// <summary>Reads Services and their EndpointSlices from informers, and says which Services changed.</summary>
internal sealed class ServiceSource : IDisposable
{
    private const string ServiceIndex = "proxy-service";
    private readonly Informer<Service> _services;
    private readonly Informer<EndpointSlice> _slices;
    private readonly List<IDisposable> _subscriptions = [];

    public ServiceSource(InformerFactory informers)
    {
        _services = informers.For<Service>();
        _slices = informers.For<EndpointSlice>();
        _slices.AddIndex(ServiceIndex, slice => KeyOf(slice) is { } key ? [key.ToString()] : []);
    }

    /// <summary>Marks the Service behind every change, beginning with all that exist.</summary>
    public void Follow(DirtyKeys<ServiceKey> dirty, PendingChanges pending)
    {
        _subscriptions.Add(_services.Subscribe((old, current) =>
        {
            pending.SawService();
            dirty.Mark(KeyOf((current ?? old)!));
        }));
        _subscriptions.Add(_slices.Subscribe((old, current) =>
        {
            pending.SawEndpoints(current);
            foreach (var slice in new[] { old, current })
            {
                if (slice is not null && KeyOf(slice) is { } key) dirty.Mark(key);
            }
        }));
    }

    public Task WaitForSyncAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_services.WaitForSyncAsync(cancellationToken), _slices.WaitForSyncAsync(cancellationToken));

    public IReadOnlyCollection<ServiceRules> CompileAll(CompileOptions options) =>
        [.. _services.List().Where(ServiceViews.IsProxied).Select(s => Compile(s, SlicesOf(KeyOf(s)), options))];

    public IReadOnlyCollection<ServiceRules> Compile(IEnumerable<ServiceKey> keys, CompileOptions options) =>
    [
        .. keys.Select(key => _services.Get(key.Namespace, key.Name) is { } service
            ? Compile(service, SlicesOf(key), options)
            : ServiceRules.None(key)),
    ];

    public void Dispose() => _subscriptions.ForEach(s => s.Dispose());

    /// <summary>The rules of a Service, of which there are none when it is not the proxy's.</summary>
    public static ServiceRules Compile(Service service, IReadOnlyList<EndpointSlice> slices, CompileOptions options)
    {
        if (!ServiceViews.IsProxied(service)) return ServiceRules.None(KeyOf(service));
        var ports = options.Families
            .SelectMany(family => ServiceViews.Of(service, family))
            .Select(port => (port, EndpointViews.Of(port, slices, options.NodeName)));
        return new ServiceCompiler(options).Compile(KeyOf(service), ports);
    }

    private IReadOnlyList<EndpointSlice> SlicesOf(ServiceKey key) => [.. _slices.ByIndex(ServiceIndex, key.ToString())];

    private static ServiceKey KeyOf(Service service) => new(service.Metadata.Namespace, service.Metadata.Name);

    private static ServiceKey? KeyOf(EndpointSlice slice) =>
        slice.Metadata.Labels.OrEmpty().TryGetValue(EndpointViews.ServiceNameLabel, out string? name)
            ? new ServiceKey(slice.Metadata.Namespace, name)
            : null;
}
