using Sampan.Client.Metrics;

namespace Sampan.ApiServer.Registry;

/// <summary>How many objects of each resource are stored, counted when metrics are read.</summary>
internal static class ObjectCounts
{
    public static void AddTo(MetricRegistry metrics, ResourceCatalog catalog)
    {
        var objects = metrics.Gauge("apiserver_resource_objects", "Stored objects.", "group", "resource");
        var older = metrics.Gauge("apiserver_storage_objects", "Stored objects, under the metric's older name.", "resource");
        foreach (var storage in catalog.Storages)
        {
            objects.With(storage.Kind.Group, storage.Kind.Plural).Observe(() => storage.Cache.Snapshot().Count);
            older.With(storage.Resource.ToString()).Observe(() => storage.Cache.Snapshot().Count);
        }
    }
}
