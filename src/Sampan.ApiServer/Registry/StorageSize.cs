using Sampan.Client.Metrics;
using Sampan.Store;
using Sampan.Store.Embedded;

namespace Sampan.ApiServer.Registry;

/// <summary>How much disk the embedded store takes.</summary>
internal static class StorageSize
{
    public static void AddTo(MetricRegistry metrics, IStore store)
    {
        if (store is EmbeddedStore embedded)
        {
            metrics.Gauge("apiserver_storage_size_bytes", "Size of the store's files.", "storage_cluster_id").With("embedded").Observe(() => embedded.SizeInBytes);
        }
    }
}
