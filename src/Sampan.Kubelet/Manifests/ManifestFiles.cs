using Microsoft.Extensions.Logging;
using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Manifests;

/// <summary>One pod in each file of a directory.</summary>
internal sealed class ManifestFiles(string directory, ManifestReader reader, ILogger logger) : IManifests
{
    public Task<IReadOnlyCollection<Pod>?> ReadAsync(CancellationToken cancellationToken)
    {
        var files = Directory.Exists(directory) ? Directory.GetFiles(directory).Where(f => !Path.GetFileName(f).StartsWith('.')) : [];
        return Task.FromResult<IReadOnlyCollection<Pod>?>([.. files.SelectMany(Read)]);
    }

    private IEnumerable<Pod> Read(string file)
    {
        try
        {
            return reader.Read(File.ReadAllBytes(file), "file", file);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.LogError("The manifest {File} is no pod: {Error}", file, e.Message);
            return [];
        }
    }
}
