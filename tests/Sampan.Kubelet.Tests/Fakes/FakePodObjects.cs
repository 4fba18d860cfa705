using Sampan.Api.Authentication.V1;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Pods;

namespace Sampan.Kubelet.Tests.Fakes;

internal sealed class FakePodObjects(TimeProvider? time = null) : IPodObjects
{
    public Dictionary<string, ConfigMap> ConfigMaps { get; } = [];

    /// <summary>By name, or by <c>namespace/name</c> where that matters.</summary>
    public Dictionary<string, Secret> Secrets { get; } = [];

    public List<Service> AllServices { get; } = [];

    public List<TokenRequest> TokenRequests { get; } = [];

    public Task<ConfigMap?> FindConfigMapAsync(string ns, string name, CancellationToken cancellationToken) =>
        Task.FromResult(ConfigMaps.GetValueOrDefault(name));

    public Task<Secret?> FindSecretAsync(string ns, string name, CancellationToken cancellationToken) =>
        Task.FromResult(Secrets.GetValueOrDefault($"{ns}/{name}") ?? Secrets.GetValueOrDefault(name));

    public Dictionary<string, PersistentVolumeClaim> Claims { get; } = [];

    public Dictionary<string, PersistentVolume> Volumes { get; } = [];

    public Task<PersistentVolumeClaim?> FindClaimAsync(string ns, string name, CancellationToken cancellationToken) =>
        Task.FromResult(Claims.GetValueOrDefault(name));

    public Dictionary<string, Sampan.Api.Resource.V1.ResourceClaim> ResourceClaims { get; } = [];

    public Task<Sampan.Api.Resource.V1.ResourceClaim?> FindResourceClaimAsync(string ns, string name, CancellationToken cancellationToken) =>
        Task.FromResult(ResourceClaims.GetValueOrDefault(name));

    public Task<PersistentVolume?> FindVolumeAsync(string name, CancellationToken cancellationToken) => Task.FromResult(Volumes.GetValueOrDefault(name));

    public Dictionary<string, ServiceAccount> ServiceAccounts { get; } = [];

    public Task<ServiceAccount?> FindServiceAccountAsync(string ns, string name, CancellationToken cancellationToken) => Task.FromResult(ServiceAccounts.GetValueOrDefault(name));

    public Task<TokenRequest> CreateTokenAsync(string ns, string serviceAccount, TokenRequest request, CancellationToken cancellationToken)
    {
        TokenRequests.Add(request);
        var answer = request.DeepClone();
        answer.Status.Token = $"token-{TokenRequests.Count}";
        answer.Status.ExpirationTimestamp = (time ?? TimeProvider.System).GetUtcNow() + TimeSpan.FromSeconds(request.Spec.ExpirationSeconds ?? 3600);
        return Task.FromResult(answer);
    }

    public IEnumerable<Service> Services(string ns) => AllServices.Where(s => s.Metadata.Namespace == ns);

    public event Action<string>? Changed;

    /// <summary>The UIDs of pods that refer to something.</summary>
    public HashSet<string> Referring { get; } = [];

    public void Refer(Pod pod) => Referring.Add(pod.Metadata.Uid);

    public void Forget(string podUid) => Referring.Remove(podUid);

    public void Change(string podUid) => Changed?.Invoke(podUid);
}
