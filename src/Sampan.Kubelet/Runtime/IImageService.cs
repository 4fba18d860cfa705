namespace Sampan.Kubelet.Runtime;

/// <summary>The runtime's images.</summary>
internal interface IImageService
{
    /// <summary>The image as the runtime knows it; null when it is not present.</summary>
    Task<Cri.Image?> FindImageAsync(string image, CancellationToken cancellationToken);

    /// <summary>Pulls an image and returns the runtime's reference to it.</summary>
    Task<string> PullImageAsync(
        string image, Cri.AuthConfig? auth, Cri.PodSandboxConfig sandbox, CancellationToken cancellationToken);

    Task<IReadOnlyList<Cri.Image>> ListImagesAsync(CancellationToken cancellationToken);

    Task RemoveImageAsync(string image, CancellationToken cancellationToken);

    Task<IReadOnlyList<Cri.FilesystemUsage>> ImageFsInfoAsync(CancellationToken cancellationToken);
}
