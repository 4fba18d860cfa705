using Sampan.Api;
using Sampan.Api.Authentication.V1;
using Sampan.Api.Core.V1;
using Sampan.Client;
using Sampan.Client.Informers;
using Sampan.Client.Pods;
using Sampan.Kubelet.References;

namespace Sampan.Kubelet.Pods;

/// <summary>What pods refer to, from the API server: ConfigMaps and Secrets by references that are kept, the rest as it is now.</summary>
internal sealed class ApiPodObjects(ApiClient client, Informer<Service> services, IReferences<ConfigMap> maps, IReferences<Secret> secrets) : IPodObjects
{
    public event Action<string>? Changed
    {
        add
        {
            maps.Changed += value;
            secrets.Changed += value;
        }

        remove
        {
            maps.Changed -= value;
            secrets.Changed -= value;
        }
    }

    public Task<ConfigMap?> FindConfigMapAsync(string ns, string name, CancellationToken cancellationToken) =>
        maps.FindAsync(new ObjectKey(ns, name), cancellationToken);

    public Task<Secret?> FindSecretAsync(string ns, string name, CancellationToken cancellationToken) =>
        secrets.FindAsync(new ObjectKey(ns, name), cancellationToken);

    public Task<PersistentVolumeClaim?> FindClaimAsync(string ns, string name, CancellationToken cancellationToken) =>
        client.Of<PersistentVolumeClaim>().FindAsync(ns, name, cancellationToken);

    public Task<Api.Resource.V1.ResourceClaim?> FindResourceClaimAsync(string ns, string name, CancellationToken cancellationToken) =>
        client.Of<Api.Resource.V1.ResourceClaim>().FindAsync(ns, name, cancellationToken);

    public Task<PersistentVolume?> FindVolumeAsync(string name, CancellationToken cancellationToken) =>
        client.Of<PersistentVolume>().FindAsync(null, name, cancellationToken);

    public Task<ServiceAccount?> FindServiceAccountAsync(string ns, string name, CancellationToken cancellationToken) =>
        client.Of<ServiceAccount>().FindAsync(ns, name, cancellationToken);

    public Task<TokenRequest> CreateTokenAsync(string ns, string serviceAccount, TokenRequest request, CancellationToken cancellationToken) =>
        client.Of<ServiceAccount>().CreateSubresourceAsync<TokenRequest, TokenRequest>(ns, serviceAccount, "token", request, cancellationToken);

    public IEnumerable<Service> Services(string ns) => services.List(ns);

    public void Refer(Pod pod)
    {
        maps.Set(pod.Metadata.Uid, Keys(pod, PodReferences.ConfigMaps));
        secrets.Set(pod.Metadata.Uid, Keys(pod, PodReferences.Secrets));
    }

    public void Forget(string podUid)
    {
        maps.Set(podUid, []);
        secrets.Set(podUid, []);
    }

    private static List<ObjectKey> Keys(Pod pod, Func<Pod, IEnumerable<string>> names) =>
        [.. names(pod).Where(name => name.Length > 0).Distinct().Select(name => new ObjectKey(pod.Metadata.Namespace, name))];
}
