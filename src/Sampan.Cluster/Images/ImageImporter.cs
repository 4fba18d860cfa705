using Sampan.Cluster.Host;

namespace Sampan.Cluster.Images;

/// <summary>Brings image archives into the node's image store, and lists what is there.</summary>
public sealed class ImageImporter(ClusterPaths paths)
{
    private static readonly TimeSpan ImportLimit = TimeSpan.FromMinutes(10);

    /// <summary>Imports an OCI or Docker archive (as `docker save` writes it).</summary>
    /// <returns>The names of the images in it.</returns>
    public async Task<IReadOnlyList<string>> ImportAsync(string archive, CancellationToken ct)
    {
        if (!File.Exists(archive)) throw new HostException($"there is no file {archive}");
        var output = await CtrAsync(["images", "import", "--all-platforms", archive], ct);
        return [.. output.Split('\n').Where(line => line.StartsWith("unpacking ", StringComparison.Ordinal)).Select(line => line.Split(' ')[1])];
    }

    /// <summary>The names of the images on the node.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken ct) =>
        [.. (await CtrAsync(["images", "ls", "-q"], ct)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(name => !name.StartsWith("sha256:", StringComparison.Ordinal))];

    public async Task EnsurePauseImageAsync(CancellationToken ct)
    {
        var present = await CtrAsync(["images", "ls", "-q", $"name=={PauseImage.Name}"], ct);
        if (present.Contains(PauseImage.Name, StringComparison.Ordinal)) return;
        var archive = Path.Combine(paths.Run, $"pause-{Environment.ProcessId}.tar");
        try
        {
            await using (var file = File.Create(archive)) PauseImage.Write(file);
            await ImportAsync(archive, ct);
        }
        finally
        {
            File.Delete(archive);
        }
    }

    private Task<string> CtrAsync(string[] arguments, CancellationToken ct) =>
        HostCommand.RunAsync("ctr", ["--address", paths.ContainerdSocket, "--namespace", "k8s.io", .. arguments], ImportLimit, ct);
}
