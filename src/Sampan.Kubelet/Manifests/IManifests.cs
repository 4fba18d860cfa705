using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Manifests;

/// <summary>Where manifests of pods are that this node runs without the API server.</summary>
internal interface IManifests
{
    /// <summary>All pods there are now; null where nothing can be told now, and all stays as it is.</summary>
    Task<IReadOnlyCollection<Pod>?> ReadAsync(CancellationToken cancellationToken);
}
