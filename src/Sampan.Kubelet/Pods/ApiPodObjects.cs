using System.Collections.Concurrent;
using Sampan.Api;
using Sampan.Api.Authentication.V1;
using Sampan.Api.Core.V1;
using Sampan.Client;
using Sampan.Client.Informers;

namespace Sampan.Kubelet.Pods;

/// <summary>
/// Reads ConfigMaps and Secrets one by one, as a node is allowed to, and keeps each for a short time so that many pods with
/// the same reference cost one request. A new pod always gets the newest.
/// </summary>
internal sealed class ApiPodObjects(ApiClient client, Informer<Service> services, TimeProvider time) : IPodObjects
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<ObjectKey, Entry<ConfigMap>> _maps = new();
    private readonly ConcurrentDictionary<ObjectKey, Entry<Secret>> _secrets = new();

    public Task<ConfigMap?> FindConfigMapAsync(string ns, string name, CancellationToken cancellationToken) =>
        FindAsync(_maps, new ObjectKey(ns, name), cancellationToken);

    public Task<Secret?> FindSecretAsync(string ns, string name, CancellationToken cancellationToken) =>
        FindAsync(_secrets, new ObjectKey(ns, name), cancellationToken);

    public Task<PersistentVolumeClaim?> FindClaimAsync(string ns, string name, CancellationToken cancellationToken) =>
        client.Of<PersistentVolumeClaim>().FindAsync(ns, name, cancellationToken);

    public Task<Api.Resource.V1.ResourceClaim?> FindResourceClaimAsync(string ns, string name, CancellationToken cancellationToken) =>
        client.Of<Api.Resource.V1.ResourceClaim>().FindAsync(ns, name, cancellationToken);

    public Task<PersistentVolume?> FindVolumeAsync(string name, CancellationToken cancellationToken) =>
        client.Of<PersistentVolume>().FindAsync(null, name, cancellationToken);

    public Task<TokenRequest> CreateTokenAsync(string ns, string serviceAccount, TokenRequest request, CancellationToken cancellationToken) =>
        client.Of<ServiceAccount>().CreateSubresourceAsync<TokenRequest, TokenRequest>(ns, serviceAccount, "token", request, cancellationToken);

    public IEnumerable<Service> Services(string ns) => services.List(ns);

    public void Forget(Pod pod)
    {
        foreach (var key in _maps.Keys.Where(k => k.Namespace == pod.Metadata.Namespace))
        {
            _maps.TryRemove(key, out _);
        }

        foreach (var key in _secrets.Keys.Where(k => k.Namespace == pod.Metadata.Namespace))
        {
            _secrets.TryRemove(key, out _);
        }
    }

    private async Task<T?> FindAsync<T>(ConcurrentDictionary<ObjectKey, Entry<T>> cache, ObjectKey key, CancellationToken cancellationToken)
        where T : class, IObject<T>
    {
        if (cache.TryGetValue(key, out var known) && time.GetElapsedTime(known.ReadAt) < Lifetime)
        {
            return known.Value;
        }

        var readAt = time.GetTimestamp();
        var value = await client.Of<T>().FindAsync(key.Namespace, key.Name, cancellationToken);
        if (value is null)
        {
            // What is missing is asked for again: somebody is about to create it.
            cache.TryRemove(key, out _);
        }
        else
        {
            cache[key] = new Entry<T>(value, readAt);
        }

        return value;
    }

    private sealed record Entry<T>(T Value, long ReadAt);
}
