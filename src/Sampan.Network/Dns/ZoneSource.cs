using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;
using Sampan.Client.Informers;
using Sampan.Network.Dns.Zone;

namespace Sampan.Network.Dns;

/// <summary>Keeps the zone equal to the cluster's Services, EndpointSlices and Namespaces.</summary>
internal sealed class ZoneSource : IDisposable
{
    private const string ServiceNameLabel = "kubernetes.io/service-name";
    private const string ServiceIndex = "dns-service";
    private readonly Informer<Service> _services;
    private readonly Informer<EndpointSlice> _slices;
    private readonly Informer<Namespace> _namespaces;
    private readonly ZoneTable _table;
    private readonly ServiceRecords _records;
    private readonly Lock _lock = new();
    private readonly List<IDisposable> _subscriptions = [];

    public ZoneSource(InformerFactory informers, ZoneTable table, ZoneOptions options)
    {
        _table = table;
        _records = new ServiceRecords(options);
        _services = informers.For<Service>();
        _slices = informers.For<EndpointSlice>();
        _namespaces = informers.For<Namespace>();
        _slices.AddIndex(ServiceIndex, slice => KeyOf(slice) is { } key ? [key.ToString()] : []);
    }

    public void Follow()
    {
        _subscriptions.Add(_namespaces.Subscribe((old, current) => _table.SetNamespace((current ?? old)!.Metadata.Name, current is not null)));
        _subscriptions.Add(_services.Subscribe((old, current) => Refresh(KeyOf((current ?? old)!))));
        _subscriptions.Add(_slices.Subscribe((old, current) =>
        {
            foreach (var key in new[] { KeyOf(old), KeyOf(current) }.Distinct())
            {
                if (key is not { } name || _services.Get(name) is not { } service) continue;
                if (service.Spec.ClusterIP == "None" || ServiceRecords.HasHostnames(old) || ServiceRecords.HasHostnames(current)) Refresh(name);
            }
        }));
    }

    public Task WaitForSyncAsync(CancellationToken cancellationToken) => Task.WhenAll(
        _namespaces.WaitForSyncAsync(cancellationToken),
        _services.WaitForSyncAsync(cancellationToken),
        _slices.WaitForSyncAsync(cancellationToken));

    public void Dispose() => _subscriptions.ForEach(s => s.Dispose());

    /// <summary>Reads and writes under one lock, so that of two changes at once the later reading wins.</summary>
    private void Refresh(ObjectKey key)
    {
        lock (_lock)
        {
            var names = _services.Get(key) is { } service
                ? _records.Build(service, _slices.ByIndex(ServiceIndex, key.ToString()))
                : ServiceNames.None;
            _table.SetService(key, names);
        }
    }

    private static ObjectKey KeyOf(Service service) => new(service.Metadata.Namespace, service.Metadata.Name);

    private static ObjectKey? KeyOf(EndpointSlice? slice) =>
        slice is not null && slice.Metadata.Labels.OrEmpty().TryGetValue(ServiceNameLabel, out string? name)
            ? new ObjectKey(slice.Metadata.Namespace, name)
            : null;
}
