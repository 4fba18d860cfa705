using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Events;
using Sampan.Kubelet.Runtime;

namespace Sampan.Kubelet.Pods;

/// <summary>Stops containers: preStop hook, stop signal, and the kill when the grace is over.</summary>
internal sealed class ContainerKiller(PodServices services)
{
    /// <summary>After a hook that used up the grace, the process still gets a moment to obey.</summary>
    private static readonly TimeSpan MinGrace = TimeSpan.FromSeconds(2);

    public async Task KillAsync(
        Pod pod, Container? container, string id, IReadOnlyList<string> podIPs, TimeSpan grace, string? message, CancellationToken cancellationToken)
    {
        services.Events.Pod(pod, container?.Name, EventReasons.Normal, EventReasons.Killing, message ?? $"Stopping container {container?.Name}");
        var left = grace;
        if (container?.Lifecycle?.PreStop is { } hook && grace > TimeSpan.Zero)
        {
            var started = services.Time.GetTimestamp();
            await RunPreStopAsync(pod, container, id, hook, podIPs, grace, cancellationToken);
            left = grace - services.Time.GetElapsedTime(started);
            left = left < MinGrace ? MinGrace : left;
        }

        try
        {
            await services.Runtime.StopContainerAsync(id, left, cancellationToken);
        }
        catch (RpcException e) when (e.Code == GrpcStatusCode.NotFound)
        {
            // It is gone, which is what was wanted.
        }
    }

    /// <summary>Stops all containers of a pod at once, sidecars after the others in reverse order, and then its sandboxes.</summary>
    public async Task KillPodAsync(Pod pod, PodRuntimeState state, TimeSpan grace, CancellationToken cancellationToken)
    {
        var started = services.Time.GetTimestamp();
        var podIPs = SandboxAddresses.Of(state.LatestSandbox, services.Node());
        var sidecars = pod.Sidecars().Select(c => c.Name).Reverse().ToList();
        var running = state.Containers.Where(c => c.State is Cri.ContainerState.ContainerRunning or Cri.ContainerState.ContainerUnknown).ToList();
        await Task.WhenAll(running.Where(c => !sidecars.Contains(c.Metadata.Name)).Select(c => Kill(c, grace)));
        foreach (var sidecar in sidecars.SelectMany(name => running.Where(c => c.Metadata.Name == name)))
        {
            var left = grace - services.Time.GetElapsedTime(started);
            await Kill(sidecar, left > TimeSpan.Zero ? left : grace == TimeSpan.Zero ? TimeSpan.Zero : MinGrace);
        }

        foreach (var sandbox in state.Sandboxes)
        {
            await services.Runtime.StopPodSandboxAsync(sandbox.Id, cancellationToken);
        }

        Task Kill(Cri.ContainerStatus c, TimeSpan within) =>
            KillAsync(pod, pod.FindContainer(c.Metadata.Name), c.Id, podIPs, within, $"Stopping container {c.Metadata.Name}", cancellationToken);
    }

    private async Task RunPreStopAsync(
        Pod pod, Container container, string id, LifecycleHandler hook, IReadOnlyList<string> podIPs, TimeSpan grace, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(grace, services.Time);
        using var joined = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            if (await services.Hooks.RunAsync(pod, container, id, hook, podIPs, joined.Token) is not null)
            {
                services.Events.Pod(pod, container.Name, EventReasons.Warning, EventReasons.FailedPreStopHook, "PreStopHook failed");
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            services.Logger.LogPreStopTimeout(pod.Describe(), container.Name, grace);
        }
    }
}
