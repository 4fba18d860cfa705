using Sampan.Api.Authentication.V1;
using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Pods;

/// <summary>The objects of the API that a pod's specification refers to.</summary>
internal interface IPodObjects
{
    /// <summary>Raised with the UID of a pod that refers to something that has changed.</summary>
    event Action<string>? Changed;

    /// <summary>Null when it does not exist.</summary>
    Task<ConfigMap?> FindConfigMapAsync(string ns, string name, CancellationToken cancellationToken);

    Task<Secret?> FindSecretAsync(string ns, string name, CancellationToken cancellationToken);

    /// <summary>As it is now: whether a claim is bound cannot wait.</summary>
    Task<PersistentVolumeClaim?> FindClaimAsync(string ns, string name, CancellationToken cancellationToken);

    Task<Api.Resource.V1.ResourceClaim?> FindResourceClaimAsync(string ns, string name, CancellationToken cancellationToken);

    Task<PersistentVolume?> FindVolumeAsync(string name, CancellationToken cancellationToken);

    /// <summary>As it is now: its annotations may allow something.</summary>
    Task<ServiceAccount?> FindServiceAccountAsync(string ns, string name, CancellationToken cancellationToken);

    Task<TokenRequest> CreateTokenAsync(string ns, string serviceAccount, TokenRequest request, CancellationToken cancellationToken);

    /// <summary>The Services of a namespace, as far as they are known on this node.</summary>
    IEnumerable<Service> Services(string ns);

    /// <summary>The pod starts, or refers to other objects than before.</summary>
    void Refer(Pod pod);

    /// <summary>The pod has ended: it refers to nothing any more.</summary>
    void Forget(string podUid);
}
