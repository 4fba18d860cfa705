using Microsoft.Extensions.Logging;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Runtime;

namespace Sampan.Kubelet.Cpus;

/// <summary>Moves running containers to the processors that are theirs: those that share have fewer or more as others come and go.</summary>
internal sealed class CpuReconciler(CpuManager cpus, RuntimeCache cache, IContainerRuntime runtime, TimeSpan interval, TimeProvider time, ILogger logger)
{
    private readonly Dictionary<string, string> _applied = [];

    public Task RunAsync(CancellationToken cancellationToken) =>
        Periodically.RunAsync(SyncAsync, () => interval, "Moving containers to their processors", time, logger, cancellationToken);

    public async Task SyncAsync(CancellationToken cancellationToken)
    {
        var running = cache.All.SelectMany(pod => pod.Running.Select(c => (pod.Uid, c.Metadata.Name, c.Id))).ToList();
        foreach (var gone in _applied.Keys.Except(running.Select(c => c.Id)).ToList())
        {
            _applied.Remove(gone);
        }

        foreach (var (uid, name, id) in running)
        {
            var wanted = cpus.For(uid, name).ToString();
            if (wanted.Length > 0 && _applied.GetValueOrDefault(id) != wanted)
            {
                await ApplyAsync(id, wanted, cancellationToken);
            }
        }
    }

    private async Task ApplyAsync(string id, string wanted, CancellationToken cancellationToken)
    {
        try
        {
            await runtime.UpdateContainerResourcesAsync(id, new Cri.LinuxContainerResources { CpusetCpus = wanted }, cancellationToken);
            _applied[id] = wanted;
        }
        catch (RpcException e)
        {
            logger.LogWarning("Container {Container} could not be moved to processors {Cpus}: {Error}", id, wanted, e.Message);
        }
    }
}
