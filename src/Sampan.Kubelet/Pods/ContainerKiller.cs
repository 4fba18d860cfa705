using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Events;
using Sampan.Kubelet.Runtime;

namespace Sampan.Kubelet.Pods;

/// <summary>Stops containers: preStop hook, stop signal, and the kill when the grace is over.</summary>
internal sealed class ContainerKiller(PodServices services)
{
    /// <summary>Whatever the grace, and what a hook used of it, the process gets a moment to obey.</summary>
    private static readonly TimeSpan MinGrace = TimeSpan.FromSeconds(2);

    /// <param name="pod">The pod.</param>
    /// <param name="container">Null when nobody knows its definition any more.</param>
    /// <param name="id">The instance.</param>
    /// <param name="podIPs">For hooks.</param>
    /// <param name="grace">How long it may take to end.</param>
    /// <param name="message">For the event.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="turn">What the container, after its hook, waits for within its grace; null for nothing.</param>
    public async Task KillAsync(
        Pod pod, Container? container, string id, IReadOnlyList<string> podIPs, TimeSpan grace, string? message, CancellationToken cancellationToken, Task? turn = null)
    {
        services.Events.Pod(pod, container?.Name, EventReasons.Normal, EventReasons.Killing, message ?? $"Stopping container {container?.Name}");
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var started = services.Time.GetTimestamp();
        if (container?.Lifecycle?.PreStop is { } hook && grace > TimeSpan.Zero)
        {
            await RunPreStopAsync(pod, container, services.Hooks.RunAsync(pod, container, id, hook, podIPs, stopped.Token), grace, cancellationToken);
        }

        if (turn is not null && grace - services.Time.GetElapsedTime(started) is { Ticks: > 0 } wait)
        {
            await AwaitAsync(turn, wait, cancellationToken);
        }

        // The runtime counts whole seconds.
        var left = grace - TimeSpan.FromSeconds(Math.Floor(services.Time.GetElapsedTime(started).TotalSeconds));
        left = left < MinGrace && grace > TimeSpan.Zero ? MinGrace : left;
        try
        {
            await services.Runtime.StopContainerAsync(id, left, cancellationToken);
        }
        catch (RpcException e) when (e.Code == GrpcStatusCode.NotFound)
        {
            // It is gone, which is what was wanted.
        }
        finally
        {
            await stopped.CancelAsync();
        }
    }

    /// <summary>Stops all containers of a pod, sidecars after the others in reverse order, and then its sandboxes.</summary>
    public async Task KillPodAsync(Pod pod, PodRuntimeState state, TimeSpan grace, CancellationToken cancellationToken)
    {
        var podIPs = SandboxAddresses.Of(state.LatestSandbox, services.Node());
        var running = state.Containers.Where(c => c.State is Cri.ContainerState.ContainerRunning or Cri.ContainerState.ContainerUnknown).ToList();
        var order = new TerminationOrder(pod, running.Select(c => c.Metadata.Name));
        await Task.WhenAll(running.Select(Kill));
        foreach (var sandbox in state.Sandboxes)
        {
            await services.Runtime.StopPodSandboxAsync(sandbox.Id, cancellationToken);
        }

        async Task Kill(Cri.ContainerStatus c)
        {
            var name = c.Metadata.Name;
            try
            {
                await KillAsync(pod, pod.FindContainer(name), c.Id, podIPs, grace, $"Stopping container {name}", cancellationToken, order.TurnOf(name));
            }
            finally
            {
                order.Ended(name);
            }
        }
    }

    /// <summary>Who waits longer is stopped out of turn.</summary>
    private async Task AwaitAsync(Task turn, TimeSpan atMost, CancellationToken cancellationToken)
    {
        try
        {
            await turn.WaitAsync(atMost, services.Time, cancellationToken);
        }
        catch (TimeoutException)
        {
        }
    }

    /// <summary>A hook that takes longer is left alone: it ends with its container.</summary>
    private async Task RunPreStopAsync(Pod pod, Container container, Task<string?> hook, TimeSpan grace, CancellationToken cancellationToken)
    {
        try
        {
            if (await hook.WaitAsync(grace, services.Time, cancellationToken) is not null)
            {
                services.Events.Pod(pod, container.Name, EventReasons.Warning, EventReasons.FailedPreStopHook, "PreStopHook failed");
            }
        }
        catch (TimeoutException)
        {
            services.Logger.LogPreStopTimeout(pod.Describe(), container.Name, grace);
        }
    }
}
