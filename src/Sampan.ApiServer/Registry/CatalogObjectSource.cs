using Sampan.Api;
using Sampan.ApiServer.Watch;

namespace Sampan.ApiServer.Registry;

/// <summary>The server's own view of the stored objects, straight from the watch caches.</summary>
internal sealed class CatalogObjectSource(Func<ResourceCatalog> catalog) : IObjectSource
{
    public IEnumerable<T> List<T>(string? ns = null)
        where T : class, IObject<T> =>
        CacheOf<T>().Snapshot().Items(ns).ToList().Select(item => (T)item.Object);

    public T? Get<T>(string? ns, string name)
        where T : class, IObject<T> =>
        CacheOf<T>().Find(ns ?? "", name)?.Object as T;

    public IDisposable Subscribe<T>(Action<T?, T?> onChange)
        where T : class, IObject<T> => CacheSubscription<T>.Start(CacheOf<T>(), onChange);

    private ResourceCache CacheOf<T>()
        where T : class, IObject<T> => catalog().StorageOf(T.Info).Cache;
}
