using System.Collections.Concurrent;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Events;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Runtime;

namespace Sampan.Kubelet.Probes;

/// <summary>One worker per probe of each running container.</summary>
/// <param name="prober">Asks.</param>
/// <param name="events">Told of what is not well.</param>
/// <param name="node">This one.</param>
/// <param name="metrics">Counts.</param>
/// <param name="time">When to ask.</param>
/// <param name="random">How the probes of what ran before this kubelet are spread.</param>
internal sealed class ProbeManager(Prober prober, IPodEvents events, Func<NodeFacts> node, ProbeMetrics metrics, TimeProvider time, Random random) : IProbeManager
{
    private readonly DateTimeOffset _since = time.GetUtcNow();
    private readonly ConcurrentDictionary<(string ContainerId, ProbeKind Kind), ProbeWorker> _workers = new();

    public event Action<string>? Changed;

    public ProbeResult Startup(string containerId) => Result(containerId, ProbeKind.Startup);

    public ProbeResult Liveness(string containerId) => Result(containerId, ProbeKind.Liveness);

    public ProbeResult Readiness(string containerId) => Result(containerId, ProbeKind.Readiness);

    public void Sync(Pod pod, PodRuntimeState state, PodStatus told)
    {
        var running = state.Running.Select(c => c.Id).ToHashSet();
        foreach (var container in pod.Spec.Containers.Concat(pod.Sidecars()))
        {
            if (state.Latest(container.Name) is { } status && running.Contains(status.Id))
            {
                SyncContainer(pod, container, status, state, told);
            }
        }

        StopEnded(pod.Metadata.Uid, state);
    }

    public void StopEnded(string podUid, PodRuntimeState state)
    {
        var running = state.Running.Select(c => c.Id).ToHashSet();
        StopWhere(w => w.Target.Pod.Metadata.Uid == podUid && !running.Contains(w.Target.ContainerId));
    }

    public void StopRestarts(string podUid) => StopWhere(w => w.Target.Pod.Metadata.Uid == podUid && w.Target.Kind != ProbeKind.Readiness);

    public void Remove(string podUid) => StopWhere(w => w.Target.Pod.Metadata.Uid == podUid);

    private void SyncContainer(Pod pod, Container container, Cri.ContainerStatus status, PodRuntimeState state, PodStatus told)
    {
        foreach (var (kind, probe) in new[] { (ProbeKind.Startup, container.StartupProbe), (ProbeKind.Liveness, container.LivenessProbe), (ProbeKind.Readiness, container.ReadinessProbe) })
        {
            if (probe is not null && !_workers.ContainsKey((status.Id, kind)))
            {
                Start(pod, container, kind, probe, status, state, told);
            }
        }

        if (container.StartupProbe is null || Startup(status.Id) == ProbeResult.Success)
        {
            MarkStarted(status.Id);
        }
    }

    private void Start(Pod pod, Container container, ProbeKind kind, Probe probe, Cri.ContainerStatus status, PodRuntimeState state, PodStatus told)
    {
        var sandbox = SandboxAddresses.Of(state.LatestSandbox, node());
        var startedAt = DateTimeOffset.UnixEpoch.AddTicks(status.StartedAt / 100);
        var target = new ProbeTarget(pod, container, kind, status.Id, startedAt, () => sandbox.Count > 0 ? sandbox : node().Addresses);
        var worker = new ProbeWorker(target, probe, prober, events, metrics, time, () => OnChanged(target)) { Delay = SpreadOf(probe, startedAt) };
        if (kind == ProbeKind.Startup && HadStarted(status.Id, told))
        {
            worker.Succeed();
        }

        if (_workers.TryAdd((status.Id, kind), worker))
        {
            _ = Task.Run(worker.RunAsync);
        }
    }

    /// <summary>A kubelet that starts anew finds all its containers at once; it asks them one by one over the length of a period.</summary>
    private TimeSpan SpreadOf(Probe probe, DateTimeOffset startedAt) =>
        startedAt < _since && time.GetUtcNow() - _since < ProbeWorker.PeriodOf(probe) ? ProbeWorker.PeriodOf(probe) * random.NextDouble() : TimeSpan.Zero;

    private bool HadStarted(string containerId, PodStatus told) =>
        told.ContainerStatuses.OrEmpty().Concat(told.InitContainerStatuses.OrEmpty()).Any(c => c.Started == true && c.ContainerID == node().ContainerId(containerId));

    private void OnChanged(ProbeTarget target)
    {
        if (target.Kind == ProbeKind.Startup && Startup(target.ContainerId) == ProbeResult.Success)
        {
            MarkStarted(target.ContainerId);
        }

        Changed?.Invoke(target.Pod.Metadata.Uid);
    }

    private void MarkStarted(string containerId)
    {
        foreach (var kind in new[] { ProbeKind.Liveness, ProbeKind.Readiness })
        {
            _workers.GetValueOrDefault((containerId, kind))?.MarkStarted();
        }
    }

    private ProbeResult Result(string containerId, ProbeKind kind) =>
        _workers.TryGetValue((containerId, kind), out var worker) ? worker.Result : ProbeWorker.Initial(kind);

    private void StopWhere(Func<ProbeWorker, bool> condition)
    {
        foreach (var (key, worker) in _workers.Where(w => condition(w.Value)))
        {
            Stop(key, worker);
        }
    }

    private void Stop((string ContainerId, ProbeKind Kind) key, ProbeWorker worker)
    {
        if (_workers.TryRemove(key, out _))
        {
            worker.Dispose();
            metrics.Forget(worker.Target);
        }
    }
}
