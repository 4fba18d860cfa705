using Sampan.Client.Grpc;
using Sampan.Kubelet.Cri;

namespace Sampan.Kubelet.Runtime;

/// <summary>Ends every pod of a runtime, for a node that is taken down: nothing is asked of the API server.</summary>
public static class RuntimeCleanup
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private const int AtOnce = 16;

    /// <summary>Stops and removes all pods, many at a time. Containers get five seconds to end by themselves.</summary>
    /// <returns>How many pods there were.</returns>
    public static async Task<int> RemoveAllPodsAsync(string socket, TimeProvider time, CancellationToken ct)
    {
        using var runtime = new CriRuntime(socket, time);
        var sandboxes = await runtime.ListPodSandboxesAsync(new PodSandboxFilter(), ct);
        var containers = await runtime.ListContainersAsync(new ContainerFilter(), ct);
        var running = containers.Where(c => c.State == ContainerState.ContainerRunning);
        await ForEachAsync(running, container => runtime.StopContainerAsync(container.Id, Grace, ct), ct);
        await ForEachAsync(sandboxes, async sandbox =>
        {
            await runtime.StopPodSandboxAsync(sandbox.Id, ct);
            await runtime.RemovePodSandboxAsync(sandbox.Id, ct);
        }, ct);
        return sandboxes.Count;
    }

    // One that can't be removed must not keep the others: what is left over ends with the runtime's shims.
    private static Task ForEachAsync<T>(IEnumerable<T> items, Func<T, Task> action, CancellationToken ct) =>
        Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (item, _) =>
        {
            try
            {
                await action(item);
            }
            catch (RpcException)
            {
            }
        });
}
