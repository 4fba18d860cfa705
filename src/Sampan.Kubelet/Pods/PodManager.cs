using System.Collections.Concurrent;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Resize;
using Sampan.Kubelet.Runtime;
using Sampan.Kubelet.Stats;

namespace Sampan.Kubelet.Pods;

/// <summary>Gives each pod of this node a worker, and ends what runs but is wanted by nobody.</summary>
internal sealed class PodManager : IAsyncDisposable
{
    private static readonly TimeSpan NextAdmission = TimeSpan.FromSeconds(5);

    /// <summary>Nobody waits for a pod that nobody knows.</summary>
    private static readonly TimeSpan OrphanGrace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeastPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private readonly PodServices _services;
    private readonly ConcurrentDictionary<string, (PodWorker Worker, Task Running)> _workers = new();
    private readonly Dictionary<string, Pod> _returned = [];
    private readonly Lock _lock = new();
    private readonly AllocationManager _allocation;
    private readonly OrphanRemains _remains;
    private readonly PodSignals _signals;
    private readonly CancellationTokenSource _stop = new();

    public PodManager(PodServices services)
    {
        _services = services;
        _allocation = new AllocationManager(services, () => Workers);
        _remains = new OrphanRemains(services);
        _signals = new PodSignals(services, uid => _workers.TryGetValue(uid, out var known) ? known.Worker : null, () => Workers);
    }

    /// <summary>Raised when nothing of a removed pod is left, before it is forgotten.</summary>
    public event Action<Pod>? Ended;

    public IEnumerable<PodWorker> Workers => _workers.Values.Select(w => w.Worker);

    public IEnumerable<Pod> Pods => _workers.Values.Select(w => w.Worker.Pod);

    /// <summary>The pod of this name that is not finished, the newest first.</summary>
    public Pod? Find(string ns, string name) => Pods
        .Where(p => p.Metadata.Namespace == ns && p.Metadata.Name == name)
        .OrderByDescending(p => p.Metadata.CreationTimestamp?.Value ?? default)
        .FirstOrDefault();

    /// <summary>A pod of this node, new or changed. One that came back while what was left of it ends starts anew after that.</summary>
    public void Upsert(Pod pod)
    {
        if (!pod.IsStatic())
        {
            _services.Metrics.Starts.Seen(pod);
        }

        lock (_lock)
        {
            if (!_workers.TryGetValue(pod.Metadata.Uid, out var known))
            {
                Begin(pod);
            }
            else if (known.Worker.IsRemoved)
            {
                _returned[pod.Metadata.Uid] = pod;
            }
            else
            {
                _services.Metrics.Resizes.Requested(known.Worker.Pod, pod);
                known.Worker.Update(pod);
                _services.Statuses.Reconcile(pod);
            }
        }
    }

    /// <summary>A pod that left the API: its worker ends what is left of it.</summary>
    public void Remove(Pod pod)
    {
        lock (_lock)
        {
            _returned.Remove(pod.Metadata.Uid);
            if (_workers.TryGetValue(pod.Metadata.Uid, out var known))
            {
                known.Worker.Terminate(new PodTermination { IsRemoved = true });
                if (known.Worker.State == PodWorkerState.Finished)
                {
                    _workers.TryRemove(pod.Metadata.Uid, out _);
                }
            }
        }
    }

    /// <summary>Whether the same pod is wanted again once it has ended, so that its containers stay as those of an earlier run.</summary>
    public void KeepContainers(string uid, bool isWantedAgain)
    {
        if (_workers.TryGetValue(uid, out var known))
        {
            known.Worker.KeepsContainers = isWantedAgain;
        }
    }

    /// <summary>Ends a pod for the node's sake.</summary>
    /// <returns>False when it is ending already.</returns>
    public bool Evict(Pod pod, PodTermination termination)
    {
        if (!_workers.TryGetValue(pod.Metadata.Uid, out var known) || known.Worker.State != PodWorkerState.Syncing || known.Worker.IsEnding)
        {
            return false;
        }

        known.Worker.Terminate(termination);
        return true;
    }

    /// <summary>Ends a pod for another's sake, and waits until nothing of it runs, or for half as long again as its grace.</summary>
    /// <returns>False when it is ending already.</returns>
    public async Task<bool> EvictAsync(Pod pod, PodTermination termination, CancellationToken cancellationToken)
    {
        var grace = (termination.GracePeriod ?? pod.GracePeriod()) * 1.5;
        if (!Evict(pod, termination))
        {
            return false;
        }

        var started = _services.Time.GetTimestamp();
        while (AreRunning([pod]) && _services.Time.GetElapsedTime(started) < (grace > LeastPatience ? grace : LeastPatience))
        {
            await Task.Delay(Look, _services.Time, cancellationToken);
        }

        return true;
    }

    /// <summary>Whether some of these pods still hold something of the node.</summary>
    public bool AreRunning(IEnumerable<Pod> pods) =>
        pods.Any(p => _workers.TryGetValue(p.Metadata.Uid, out var known) && known.Worker.State is PodWorkerState.Syncing or PodWorkerState.Terminating);

    /// <summary>Whether nothing of a pod is left but what its last status tells of.</summary>
    public bool IsReclaimed(string uid) => !_workers.TryGetValue(uid, out var known) || known.Worker.IsReclaimed;

    /// <summary>
    /// Ends pods in the runtime, removes files and groups, and gives back claims, that belong to no pod of this node. Call it
    /// only once all sources of pods are known completely.
    /// </summary>
    public async Task EndOrphansAsync(CancellationToken cancellationToken)
    {
        foreach (var state in _services.Cache.All)
        {
            EndIfOrphan(state);
        }

        lock (_lock)
        {
            _services.Exclusive.Retain(_workers.ContainsKey);
        }

        await _remains.RemoveAsync(_workers.ContainsKey, cancellationToken);
    }

    /// <summary>Stops the workers; the containers go on.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        _signals.Dispose();
        await _stop.CancelAsync();
        await Task.WhenAll(_workers.Values.Select(w => w.Running)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Nobody can bring the pod in between the look and the end of what is left of it.</summary>
    private void EndIfOrphan(PodRuntimeState state)
    {
        lock (_lock)
        {
            if (_workers.ContainsKey(state.Uid))
            {
                return;
            }

            var worker = new PodWorker(OrphanRemains.Restore(state), _services, _allocation.ResizeAsync) { IsRuntimeOnly = true };
            _services.Metrics.OrphanFound();
            worker.Terminate(new PodTermination(GracePeriod: OrphanGrace) { IsRemoved = true });
            Start(worker);
        }
    }

    private void Begin(Pod pod)
    {
        _services.Metrics.Seen(pod.Spec.Containers.Count);
        if (!pod.IsTerminal())
        {
            _services.Cgroups.Expect(_services.Allocations.Granted(pod));
        }

        Start(new PodWorker(pod, _services, _allocation.ResizeAsync));
    }

    /// <summary>A worker is known before it begins, so that nobody takes what it gets for an orphan's.</summary>
    private void Start(PodWorker worker)
    {
        var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var turn = _allocation.QueueAsync(_stop.Token);
        worker.Released += () => _ = _allocation.RetryPendingAsync(ResizeMetrics.PodsRemoved, _stop.Token);
        _workers[worker.Uid] = (worker, Task.Run(async () =>
        {
            await begin.Task;
            await RunAsync(worker, turn);
        }));
        begin.SetResult();
    }

    /// <summary>A finished worker stays until its pod leaves the API, so that a late event does not start the pod anew.</summary>
    private async Task RunAsync(PodWorker worker, Task turn)
    {
        while (!await _allocation.TryAdmitAsync(worker, turn, _stop.Token))
        {
            await Task.Delay(NextAdmission, _services.Time, _stop.Token);
            turn = _allocation.QueueAsync(_stop.Token);
        }

        await worker.RunAsync(_stop.Token);
        _allocation.Forget(worker.Uid);
        if (worker.IsRemoved)
        {
            Ended?.Invoke(worker.Pod);
            MakeRoom(worker.Uid);
        }
    }

    /// <summary>Whoever came back meanwhile takes the place at once, so that its containers never belong to nobody.</summary>
    private void MakeRoom(string uid)
    {
        lock (_lock)
        {
            if (_returned.Remove(uid, out var pod))
            {
                _services.Metrics.Restarted(pod.IsStatic());
                Begin(pod);
            }
            else
            {
                _workers.TryRemove(uid, out _);
            }
        }
    }
}
