using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Volumes;

/// <summary>The content of an image. The runtime mounts it into each container, so there is nothing of it on the host.</summary>
internal sealed class ImagePlugin : IVolumePlugin
{
    public string Name => "kubernetes.io/image";

    public bool Supports(Volume volume) => volume.Image is not null;

    public bool IsReadOnly(Volume volume) => true;

    public Task<string> SetUpAsync(Pod pod, Volume volume, CancellationToken cancellationToken) => Task.FromResult("");
}
