using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Events;
using Sampan.Kubelet.Images;
using Sampan.Kubelet.Logs;
using Sampan.Kubelet.Network;
using Sampan.Kubelet.Runtime;
using Sampan.Kubelet.Volumes;

namespace Sampan.Kubelet.Pods;

/// <summary>Carries out a pod's plan and remembers why containers wait.</summary>
internal sealed class PodActuator(PodServices services, ContainerKiller killer)
{
    private const string CrashLoop = "CrashLoopBackOff";
    private readonly SandboxConfigFactory _sandboxes = new(services);
    private readonly ContainerStarter _starter = new(services, killer);
    private readonly ContainerResizer _resizer = new(services);

    /// <returns>How long until another try makes sense; null when nothing failed.</returns>
    public async Task<TimeSpan?> ExecuteAsync(
        Pod pod, PodPlan plan, IReadOnlyDictionary<string, MountedVolume> volumes, PodMemory memory, CancellationToken cancellationToken)
    {
        var uid = pod.Metadata.Uid;
        var before = services.Cache.Get(uid);
        if (plan.KillPod)
        {
            if (plan.CreateSandbox)
            {
                services.Events.Pod(pod, null, EventReasons.Normal, EventReasons.SandboxChanged, "Pod sandbox changed, it will be killed and re-created.");
            }

            await killer.KillPodAsync(pod, before, pod.GracePeriod(), cancellationToken);
            await services.Cache.RefreshAsync(uid, cancellationToken);
        }

        if (plan.Remove.Count > 0)
        {
            return await StartOverAsync(pod, plan.Remove, memory, cancellationToken);
        }

        foreach (var kill in plan.Kill)
        {
            var podIPs = PodIPs(pod, services.Cache.Get(uid));
            await killer.KillAsync(pod, kill.Container, kill.Status.Id, podIPs, kill.GracePeriod ?? pod.GracePeriod(), kill.Message, cancellationToken);
            await services.Cache.RefreshAsync(uid, cancellationToken);
        }

        if (plan.CreateSandbox && await CreateSandboxAsync(pod, plan.Attempt, volumes, memory, cancellationToken) is { } wait)
        {
            return wait;
        }

        var resized = await _resizer.ResizeAsync(pod, plan, memory, cancellationToken);
        var started = plan.Start.Count == 0 ? null : await StartAllAsync(pod, plan, before, volumes, memory, cancellationToken);
        return started is null || resized < started ? resized ?? started : started;
    }

    /// <summary>No hook runs and nobody gets time to end: the pod stays, and only starts over.</summary>
    private async Task<TimeSpan?> StartOverAsync(Pod pod, IReadOnlyList<Cri.ContainerStatus> containers, PodMemory memory, CancellationToken cancellationToken)
    {
        foreach (var source in PodRestart.Sources(pod, services.Cache.Get(pod.Metadata.Uid)))
        {
            if (CrashWait(pod, pod.FindContainer(source.Metadata.Name)!, source, memory) is { } left)
            {
                return left;
            }
        }

        var running = containers.Where(c => c.State is Cri.ContainerState.ContainerRunning or Cri.ContainerState.ContainerUnknown);
        await Task.WhenAll(running.Select(c => killer.KillAsync(pod, pod.FindContainer(c.Metadata.Name), c.Id, [], TimeSpan.Zero, null, cancellationToken)));
        foreach (var container in containers)
        {
            await services.Runtime.RemoveContainerAsync(container.Id, cancellationToken);
            services.LogLinks.Remove(container);
            memory.Clear(container.Metadata.Name);
        }

        await services.Cache.RefreshAsync(pod.Metadata.Uid, cancellationToken);
        return null;
    }

    private async Task<TimeSpan?> CreateSandboxAsync(Pod pod, uint attempt, IReadOnlyDictionary<string, MountedVolume> volumes, PodMemory memory, CancellationToken cancellationToken)
    {
        try
        {
            await services.UserNamespaces.EnsureAsync(pod, services.RuntimeClasses.HandlerOf(pod), cancellationToken);
            foreach (var (reason, message) in services.Dns.Remarks(pod))
            {
                services.Events.Pod(pod, null, EventReasons.Warning, reason, message);
                if (reason == EventReasons.MissingClusterDns)
                {
                    services.Events.Node(EventReasons.Warning, reason, PodDns.NoClusterDns);
                }
            }

            var config = _sandboxes.Create(pod, attempt, volumes.Values);
            if (services.TouchesHost)
            {
                Directory.CreateDirectory(config.LogDirectory);
            }

            await RunSandboxAsync(pod, config, cancellationToken);
            await services.Cache.RefreshAsync(pod.Metadata.Uid, cancellationToken);
            return null;
        }
        catch (Exception e) when (e is RpcException or StartFailure)
        {
            var detail = (e as RpcException)?.Message ?? e.Message;
            services.Events.Pod(pod, null, EventReasons.Warning, EventReasons.FailedCreatePodSandBox, $"Failed to create pod sandbox: {detail}");
            return memory.NextRetry();
        }
    }

    private async Task RunSandboxAsync(Pod pod, Cri.PodSandboxConfig config, CancellationToken cancellationToken)
    {
        var handler = services.RuntimeClasses.HandlerOf(pod);
        long started = services.Time.GetTimestamp();
        bool isMade = false;
        try
        {
            await services.Runtime.RunPodSandboxAsync(config, handler, cancellationToken);
            isMade = true;
        }
        finally
        {
            services.Metrics.SandboxMade(handler, pod.Spec.HostUsers == false, services.Time.GetElapsedTime(started), !isMade);
        }
    }

    private async Task<TimeSpan?> StartAllAsync(
        Pod pod, PodPlan plan, PodRuntimeState before, IReadOnlyDictionary<string, MountedVolume> volumes, PodMemory memory, CancellationToken cancellationToken)
    {
        var credentials = await PullCredentialsAsync(pod, cancellationToken);
        TimeSpan? retry = null;
        foreach (var container in plan.Start)
        {
            var wait = WaitBefore(pod, container, before, memory) ?? await StartAsync(pod, container, volumes, credentials, memory, cancellationToken);
            retry = wait is null ? retry : retry is null || wait < retry ? wait : retry;
        }

        return retry;
    }

    /// <summary>What ended before this plan counts; what it kills itself is to start again at once.</summary>
    private TimeSpan? WaitBefore(Pod pod, Container container, PodRuntimeState before, PodMemory memory)
    {
        var key = HoldKey(container);
        var ended = before.InstancesOf(container.Name).FirstOrDefault(c => c.State == Cri.ContainerState.ContainerExited);
        if ((memory.HoldLeft(key) ?? CrashWait(pod, container, ended, memory)) is { } left)
        {
            memory.Hold(key, left);
            return left;
        }

        return null;
    }

    private static string HoldKey(Container container) => $"{container.Name}/{ContainerHash.Of(container)}";

    private async Task<TimeSpan?> StartAsync(
        Pod pod,
        Container container,
        IReadOnlyDictionary<string, MountedVolume> volumes,
        IReadOnlyList<RegistryCredential> credentials,
        PodMemory memory,
        CancellationToken cancellationToken)
    {
        var state = services.Cache.Get(pod.Metadata.Uid);
        if (state.ReadySandbox is not { } sandbox)
        {
            return memory.NextRetry();
        }

        var last = state.Latest(container.Name);
        var start = new ContainerStart(
            pod, container, sandbox.Id, _sandboxes.Create(pod, sandbox.Metadata.Attempt, volumes.Values), PodIPs(pod, state), volumes, credentials,
            await RestartCountAsync(pod, container, last), TargetOf(pod, container, state));
        var kind = pod.KindOf(container.Name);
        services.Metrics.ContainerBegun(kind);
        try
        {
            await _starter.StartAsync(start, memory, cancellationToken);
            memory.Clear(container.Name);
            return null;
        }
        catch (StartFailure e)
        {
            services.Metrics.ContainerFailed(kind, e.Reason);
            memory.SetWaiting(container.Name, new WaitingState(e.Reason, e.Message));
            var wait = e.RetryAfter ?? memory.NextRetry();
            memory.Hold(HoldKey(container), wait);
            await services.Cache.RefreshAsync(pod.Metadata.Uid, cancellationToken);
            return wait;
        }
    }

    /// <summary>A container that ended is started again at once the first time, and then later and later.</summary>
    private TimeSpan? CrashWait(Pod pod, Container container, Cri.ContainerStatus? ended, PodMemory memory)
    {
        if (ended is null)
        {
            return null;
        }

        var key = $"{pod.Metadata.Uid}/{container.Name}/{ContainerHash.Of(container)}";
        var endedAt = DateTimeOffset.UnixEpoch.AddTicks(ended.FinishedAt / 100);
        if (services.CrashBackoff.Remaining(key, endedAt) is { } left)
        {
            services.Events.Pod(pod, container.Name, EventReasons.Warning, EventReasons.BackOff, $"Back-off restarting failed container {container.Name} in pod {pod.Describe()}");
            memory.SetWaiting(container.Name, new WaitingState(CrashLoop, $"back-off {Duration(services.CrashBackoff.Get(key))} restarting failed container={container.Name} pod={pod.Describe()}"));
            return left;
        }

        services.CrashBackoff.Next(key, endedAt);
        return null;
    }

    /// <summary><c>10s</c>, <c>1m20s</c>, <c>5m0s</c>.</summary>
    private static string Duration(TimeSpan wait) =>
        wait.TotalMinutes >= 1 ? $"{(int)wait.TotalMinutes}m{wait.Seconds}s" : $"{(int)wait.TotalSeconds}s";

    private IReadOnlyList<string> PodIPs(Pod pod, PodRuntimeState state) =>
        pod.Spec.HostNetwork ? services.Node().Addresses : SandboxAddresses.Of(state.LatestSandbox, services.Node());

    private async Task<int> RestartCountAsync(Pod pod, Container container, Cri.ContainerStatus? last)
    {
        if (last is not null)
        {
            var next = last.Annotations.TryGetValue(RuntimeLabels.RestartCount, out var text) && int.TryParse(text, out var count) ? count : (int)last.Metadata.Attempt;
            if (last.State == Cri.ContainerState.ContainerCreated)
            {
                // It was never started: its number is taken, but a restart it was not.
                await RemoveQuietlyAsync(last.Id);
                return next;
            }

            return next + 1;
        }

        var status = services.Statuses.Find(pod.Metadata.Uid) ?? pod.Status;
        var known = status.ContainerStatuses.OrEmpty().Concat(status.InitContainerStatuses.OrEmpty()).FirstOrDefault(s => s.Name == container.Name);
        var told = known switch
        {
            { ContainerID: not null } => known.RestartCount + 1,
            { LastState.Terminated: not null } => known.RestartCount,       // the runtime lost it, which has been counted
            _ => 0,
        };

        // A log that is there is never written over, whatever was forgotten of the container.
        return services.TouchesHost ? Math.Max(told, LogFiles.CountOf(Path.Combine(services.Paths.LogDirectory(pod), container.Name))) : told;
    }

    private static string? TargetOf(Pod pod, Container container, PodRuntimeState state)
    {
        var target = pod.Spec.EphemeralContainers.OrEmpty().FirstOrDefault(e => e.Name == container.Name)?.TargetContainerName;
        return string.IsNullOrEmpty(target) ? null : state.Latest(target)?.Id;
    }

    private async Task RemoveQuietlyAsync(string id)
    {
        try
        {
            await services.Runtime.RemoveContainerAsync(id, CancellationToken.None);
        }
        catch (RpcException)
        {
            // It stays until the pod is removed.
        }
    }

    private async Task<IReadOnlyList<RegistryCredential>> PullCredentialsAsync(Pod pod, CancellationToken cancellationToken)
    {
        var result = new List<RegistryCredential>();
        var missing = new List<string>();
        foreach (var name in pod.Spec.ImagePullSecrets.OrEmpty().Select(reference => reference.Name).OfType<string>().Where(name => name.Length > 0))
        {
            if (await LoginsAsync(pod, name, cancellationToken) is { } logins)
            {
                result.AddRange(logins);
            }
            else
            {
                missing.Add(name);
            }
        }

        if (missing.Count > 0)
        {
            services.Events.Pod(
                pod, null, EventReasons.Warning, EventReasons.FailedToRetrieveImagePullSecret,
                $"Unable to retrieve some image pull secrets ({string.Join(", ", missing)}); attempting to pull the image may not succeed.");
        }

        return result;
    }

    /// <returns>Null where there is no such secret, or where nobody can read it.</returns>
    private async Task<IEnumerable<RegistryCredential>?> LoginsAsync(Pod pod, string secret, CancellationToken cancellationToken)
    {
        try
        {
            return await services.Objects.FindSecretAsync(pod.Metadata.Namespace, secret, cancellationToken) is { } found ? RegistryCredential.From(found) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
