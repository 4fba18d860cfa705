using Sampan.Api.Core.V1;
using Sampan.Kubelet.Images;
using Sampan.Kubelet.Volumes;

namespace Sampan.Kubelet.Pods;

/// <summary>All that is known when a container is about to start.</summary>
internal sealed record ContainerStart(
    Pod Pod,
    Container Container,
    string SandboxId,
    Cri.PodSandboxConfig Sandbox,
    IReadOnlyList<string> PodIPs,
    IReadOnlyDictionary<string, MountedVolume> Volumes,
    IReadOnlyList<RegistryCredential> Credentials,
    int RestartCount,
    string? TargetContainerId = null)
{
    /// <summary>The container's image volumes, by name.</summary>
    public IReadOnlyDictionary<string, ImageVolume> ImageVolumes { get; init; } = new Dictionary<string, ImageVolume>();
}
