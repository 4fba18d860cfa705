using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Volumes;

/// <summary>
/// The content of an image. It is there once a container of the pod has pulled it; runtimes that can mount it themselves have
/// nothing of it on the host.
/// </summary>
internal sealed class ImagePlugin(ImageMounts mounts) : IVolumePlugin
{
    public const string Kind = "kubernetes.io/image";

    public string Name => Kind;

    public bool Supports(Volume volume) => volume.Image is not null;

    public bool IsReadOnly(Volume volume) => true;

    public Task<string> SetUpAsync(Pod pod, Volume volume, CancellationToken cancellationToken) => Task.FromResult("");

    public Task TearDownAsync(string podUid, CancellationToken cancellationToken) => mounts.UnmountAllAsync(podUid, cancellationToken);
}
