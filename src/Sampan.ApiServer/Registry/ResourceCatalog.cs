using System.Collections.Frozen;
using Sampan.Api;
using Sampan.ApiServer.Watch;
using Sampan.Client.Metrics;
using Sampan.Store;

namespace Sampan.ApiServer.Registry;

/// <summary>Every resource this server has, and the storage that the versions of a resource share.</summary>
internal sealed class ResourceCatalog
{
    private readonly FrozenDictionary<GroupVersionResource, ResourceDescriptor> _resources;
    private readonly FrozenDictionary<GroupResource, ResourceStorage> _storages;

    public ResourceCatalog(IReadOnlyList<ResourceDescriptor> resources, StoreFeed feed, IStore store, TimeProvider time, MetricRegistry metrics)
    {
        All = resources = [.. resources.GroupBy(resource => resource.StorageKind).SelectMany(Related)];
        _resources = resources.ToFrozenDictionary(resource => resource.Kind.GroupVersionResource);
        _storages = resources.Where(resource => resource is { Review: null, Conversion: null })
            .ToFrozenDictionary(
                resource => resource.StorageKind.GroupResource,
                resource => new ResourceStorage(resource.StorageKind, CacheOf(resource, feed, store, metrics), store, TimesOf(resource, metrics, time), LeasesOf(resource, store, time)));
    }

    public IReadOnlyList<ResourceDescriptor> All { get; }

    public ResourceDescriptor? Find(string group, string version, string resource) =>
        _resources.GetValueOrDefault(new GroupVersionResource(group, version, resource));

    public ResourceDescriptor Of(KindInfo kind) => _resources[kind.GroupVersionResource];

    public ResourceStorage StorageOf(ResourceDescriptor resource) => _storages[resource.StorageKind.GroupResource];

    public IEnumerable<ResourceStorage> Storages => _storages.Values;

    public ResourceStorage StorageOf(KindInfo kind) => StorageOf(Of(kind));

    /// <summary>The versions of one resource, told of each other.</summary>
    private static IEnumerable<ResourceDescriptor> Related(IGrouping<KindInfo, ResourceDescriptor> versions)
    {
        ResourceDescriptor[] members = [.. versions];
        return members.Length == 1 ? members : members.Select(member => member with { Versions = new ObjectVersions(members) });
    }

    private static StoreTimes TimesOf(ResourceDescriptor resource, MetricRegistry metrics, TimeProvider time) =>
        new(metrics, time, resource.StorageKind.Group, resource.StorageKind.Plural);

    private static LeasePool? LeasesOf(ResourceDescriptor resource, IStore store, TimeProvider time) =>
        resource.Strategy.TimeToLive is { } timeToLive ? new LeasePool(store, timeToLive, time) : null;

    private static ResourceCache CacheOf(ResourceDescriptor resource, StoreFeed feed, IStore store, MetricRegistry metrics)
    {
        var strategy = resource.Strategy;
        var options = new ResourceCacheOptions(resource.StorageKind, resource.KeyPrefix)
        {
            Metrics = metrics,
            Selectable = strategy.SelectableFieldNames.Count == 0
                ? SelectableFields.None
                : new SelectableFields(strategy.SelectableFieldNames, strategy.SelectableFieldValues),
        };
        return new ResourceCache(options, feed, store);
    }
}
