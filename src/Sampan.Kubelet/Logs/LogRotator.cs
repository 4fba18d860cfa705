using Microsoft.Extensions.Logging;
using Sampan.Api;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Configuration;
using Sampan.Kubelet.Runtime;

namespace Sampan.Kubelet.Logs;

/// <summary>Keeps the logs of running containers from growing without end.</summary>
internal sealed class LogRotator(RuntimeCache cache, IContainerRuntime runtime, KubeletConfiguration configuration, TimeProvider time, ILogger logger)
{
    private readonly long _maxSize = Quantity.Parse(configuration.ContainerLogMaxSize).AsLong();

    public Task RunAsync(CancellationToken cancellationToken) =>
        Periodically.RunAsync(RotateAsync, configuration.ContainerLogMonitorInterval.ToTimeSpan, "Could not look for full logs", time, logger, cancellationToken);

    internal async Task RotateAsync(CancellationToken cancellationToken)
    {
        var full = cache.All.SelectMany(pod => pod.Running).Where(c => c.LogPath.Length > 0 && NeedsAnother(c.LogPath)).ToList();
        var workers = new ParallelOptions { MaxDegreeOfParallelism = configuration.ContainerLogMaxWorkers, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(full, workers, async (container, ct) => await RotateAsync(container.Id, container.LogPath, ct));
    }

    /// <summary>It is full, or somebody took it away, and the container writes where nobody reads.</summary>
    private bool NeedsAnother(string path) => new FileInfo(path) is not { Exists: true } file || file.Length >= _maxSize;

    private async Task RotateAsync(string id, string path, CancellationToken cancellationToken)
    {
        try
        {
            if (!File.Exists(path))
            {
                await runtime.ReopenContainerLogAsync(id, cancellationToken);
                return;
            }

            await new LogFiles(path, configuration.ContainerLogMaxFiles).RotateAsync(() => runtime.ReopenContainerLogAsync(id, cancellationToken), time.GetUtcNow(), cancellationToken);
        }
        catch (Exception e) when (e is RpcException or IOException or UnauthorizedAccessException)
        {
            logger.LogError("Could not rotate the log {Path}: {Error}", path, e.Message);
        }
    }
}
