using System.Text.Json;

namespace Sampan.Kubelet.Cri;

/// <summary>The calls about images.</summary>
internal sealed partial class CriRuntime
{
    public async Task<Image?> FindImageAsync(string image, CancellationToken cancellationToken)
    {
        var request = new ImageStatusRequest { Image = new() { Image = image } };
        return (await CallAsync(_images, CriMethods.ImageStatus, request, _limit, cancellationToken)).Image;
    }

    public async Task<string> PullImageAsync(string image, AuthConfig? auth, PodSandboxConfig sandbox, CancellationToken cancellationToken)
    {
        var request = new PullImageRequest { Image = new() { Image = image, UserSpecifiedImage = image }, Auth = auth, SandboxConfig = sandbox };
        return (await CallAsync(_images, CriMethods.PullImage, request, null, cancellationToken)).ImageRef;
    }

    public async Task<IReadOnlyList<Image>> ListImagesAsync(CancellationToken cancellationToken)
    {
        var images = (await CallAsync(_images, CriMethods.ListImages, new ListImagesRequest(), _limit, cancellationToken)).Images;
        if (!images.Any(i => i.Pinned) && await SandboxImageAsync(cancellationToken) is { } sandbox)
        {
            foreach (var image in images.Where(i => i.Id == sandbox.Id))
            {
                image.Pinned = true;
            }
        }

        return images;
    }

    public Task RemoveImageAsync(string image, CancellationToken cancellationToken) =>
        CallAsync(_images, CriMethods.RemoveImage, new RemoveImageRequest { Image = new() { Image = image } }, _limit, cancellationToken);

    public async Task<IReadOnlyList<FilesystemUsage>> ImageFsInfoAsync(CancellationToken cancellationToken) =>
        (await CallAsync(_images, CriMethods.ImageFsInfo, new ImageFsInfoRequest(), _limit, cancellationToken)).ImageFilesystems;

    /// <summary>
    /// The image that every pod needs. containerd before 1.7 does not say that it is pinned, but which one its settings name: once
    /// collected with the unused images, no pod would start where no registry has it.
    /// </summary>
    private async Task<Image?> SandboxImageAsync(CancellationToken cancellationToken)
    {
        var status = await CallAsync(CriMethods.Status, new StatusRequest { Verbose = true }, cancellationToken);
        return SandboxImageOf(status.Info.GetValueOrDefault("config")) is { Length: > 0 } name ? await FindImageAsync(name, cancellationToken) : null;
    }

    /// <param name="settings">containerd's, as JSON; other runtimes have another form or none.</param>
    private static string? SandboxImageOf(string? settings)
    {
        try
        {
            using var json = JsonDocument.Parse(settings ?? "{}");
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("sandboxImage", out var name) ? name.GetString() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
