using System.Collections.Concurrent;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Client.Informers;

namespace Sampan.Kubelet.Simulated;

/// <summary>
/// Lives the lives of all pods on simulated nodes: one watch and one queue of due steps for all of them.
/// <code>
/// bound ─start-after─► running ─ready-after─► ready ─run-for─► ended ─► Succeeded or Failed
///                        ▲                                       └─ restart policy ─► waiting (CrashLoopBackOff) ─┐
///                        └──────────────────────────────────────────────────────────────────────────────────────┘
/// deleted ─stop-after─► gone
/// </code>
/// </summary>
internal sealed class PodSimulation(SimulatedNodesOptions options, NodeRoster roster, Informer<Pod> pods, DueWork work)
{
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, Life> _lives = new();

    public void Changed(Pod? old, Pod? current)
    {
        if (current is null)
        {
            _lives.TryRemove(old!.Metadata.Uid!, out _);
            return;
        }
        if (!roster.TryGet(current.Spec.NodeName, out var node) || node.IsSilent) return;
        if (current.Metadata.DeletionTimestamp is not null) Stop(current);
        else if (!_lives.ContainsKey(current.Metadata.Uid!)) Begin(current, node);
    }

    private void Begin(Pod pod, NodeRoster.Member node)
    {
        if (pod.Status.Phase is "Succeeded" or "Failed") return;
        var life = new Life(new(pod.Metadata.Namespace!, pod.Metadata.Name), pod.Metadata.Uid!, node, PodBehaviour.Of(pod));
        if (!_lives.TryAdd(life.Uid, life)) return;
        if (pod.Status.Phase == "Running") Continue(life, pod);
        else work.Add(life.Behaviour.StartAfter, ct => StartAsync(life, ct));
    }

    // A pod from before a restart of this process goes on as if it had just come to run.
    private void Continue(Life life, Pod pod)
    {
        life.Restarts = pod.Status.ContainerStatuses.OrEmpty().Select(c => c.RestartCount).DefaultIfEmpty().Max();
        Running(life, isReady: pod.Status.Conditions.OrEmpty().Any(c => c is { Type: "Ready", Status: "True" }));
    }

    private void Stop(Pod pod)
    {
        var life = _lives.GetOrAdd(pod.Metadata.Uid!, uid => new Life(new(pod.Metadata.Namespace!, pod.Metadata.Name), uid, null, PodBehaviour.Of(pod)));
        if (life.IsStopping) return;
        life.IsStopping = true;
        var grace = TimeSpan.FromSeconds(pod.Metadata.DeletionGracePeriodSeconds ?? 0);
        work.Add(life.Behaviour.StopAfter < grace ? life.Behaviour.StopAfter : grace, ct => options.Client.Of<Pod>().DeleteAsync(
            life.Key.Namespace, life.Key.Name, new DeleteOptions { GracePeriodSeconds = 0, Preconditions = new() { Uid = life.Uid } }, ct));
    }

    private async Task StartAsync(Life life, CancellationToken ct)
    {
        if (life.Behaviour.FailStart is { } reason)
        {
            await WriteAsync(life, (pod, now) => SimulatedStatus.Waiting(pod, reason, "the pod's annotations say so", life.Restarts, now), ct);
            return;
        }
        life.Address ??= life.Node!.NextPodAddress();
        var isReady = life.Behaviour.ReadyAfter == TimeSpan.Zero;
        if (await WriteAsync(life, (pod, now) => SimulatedStatus.Running(pod, life.Node!, life.Address, life.Restarts, isReady, now), ct)) Running(life, isReady);
    }

    private void Running(Life life, bool isReady)
    {
        if (!isReady && life.Behaviour.ReadyAfter is { } ready) work.Add(ready, ct => WriteAsync(life, SimulatedStatus.Ready, ct));
        if (life.Behaviour.RunFor is { } runs) work.Add(runs, ct => EndAsync(life, ct));
    }

    private async Task EndAsync(Life life, CancellationToken ct)
    {
        var code = life.Behaviour.ExitCode;
        if (pods.Get(life.Key) is not { } pod) return;
        if (pod.Spec.RestartPolicy == "Never" || (pod.Spec.RestartPolicy == "OnFailure" && code == 0))
        {
            await WriteAsync(life, (p, now) => SimulatedStatus.Ended(p, code, now), ct);
            return;
        }
        // Counted only once it is written: what the API server refuses for now is done again.
        var restarts = life.Restarts + 1;
        if (!await WriteAsync(life, (p, now) => SimulatedStatus.BackingOff(p, code, restarts, now), ct)) return;
        life.Restarts = restarts;
        var backoff = FirstBackoff * Math.Pow(2, Math.Min(life.Restarts - 1, 10));
        work.Add(backoff < LongestBackoff ? backoff : LongestBackoff, next => StartAsync(life, next));
    }

    /// <returns>False when the pod is on its way out.</returns>
    private async Task<bool> WriteAsync(Life life, Action<Pod, Time> change, CancellationToken ct)
    {
        if (life.IsStopping || pods.Get(life.Key) is not { } known || known.Metadata.Uid != life.Uid) return false;
        var pod = known.DeepClone();
        change(pod, options.Time.GetUtcNow());
        await options.Client.Of<Pod>().UpdateStatusAsync(pod, ct);
        return true;
    }

    private sealed class Life(ObjectKey key, string uid, NodeRoster.Member? node, PodBehaviour behaviour)
    {
        public ObjectKey Key => key;
        public string Uid => uid;
        public NodeRoster.Member? Node => node;
        public PodBehaviour Behaviour => behaviour;
        public string? Address { get; set; }
        public int Restarts { get; set; }
        public bool IsStopping { get; set; }
    }
}
