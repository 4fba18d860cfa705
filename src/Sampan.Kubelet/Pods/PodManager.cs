using System.Collections.Concurrent;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Events;
using Sampan.Kubelet.Resize;
using Sampan.Kubelet.Runtime;

namespace Sampan.Kubelet.Pods;

/// <summary>Gives each pod of this node a worker, and ends what runs but is wanted by nobody.</summary>
internal sealed class PodManager : IAsyncDisposable
{
    private static readonly TimeSpan NextAdmission = TimeSpan.FromSeconds(5);
    private readonly PodServices _services;
    private readonly ConcurrentDictionary<string, (PodWorker Worker, Task Running)> _workers = new();
    private readonly ConcurrentDictionary<string, PodWorker> _admitted = new();
    private readonly SemaphoreSlim _admitting = new(1);
    private readonly CancellationTokenSource _stop = new();

    public PodManager(PodServices services)
    {
        _services = services;
        services.Cache.Changed += OnObserved;
        services.Probes.Changed += OnObserved;
        services.Objects.Changed += OnReferred;
        services.Exclusive.Devices.HealthChanged += OnObserved;
        services.Claims.HealthChanged += OnObserved;
    }

    public IEnumerable<PodWorker> Workers => _workers.Values.Select(w => w.Worker);

    public IEnumerable<Pod> Pods => _workers.Values.Select(w => w.Worker.Pod);

    /// <summary>The pod of this name that is not finished, the newest first.</summary>
    public Pod? Find(string ns, string name) => Pods
        .Where(p => p.Metadata.Namespace == ns && p.Metadata.Name == name)
        .OrderByDescending(p => p.Metadata.CreationTimestamp?.Value ?? default)
        .FirstOrDefault();

    /// <summary>A pod of this node, new or changed.</summary>
    public void Upsert(Pod pod)
    {
        if (_workers.TryGetValue(pod.Metadata.Uid, out var known))
        {
            known.Worker.Update(pod);
            _services.Statuses.Reconcile(pod);
        }
        else
        {
            _services.Metrics.Seen(pod.Spec.Containers.Count);
            Start(new PodWorker(pod, _services, ResizeAsync));
        }
    }

    /// <summary>A pod that left the API: its worker ends what is left of it.</summary>
    public void Remove(Pod pod)
    {
        if (_workers.TryGetValue(pod.Metadata.Uid, out var known))
        {
            known.Worker.Terminate(new PodTermination { IsRemoved = true });
            if (known.Worker.State == PodWorkerState.Finished)
            {
                _workers.TryRemove(pod.Metadata.Uid, out _);
            }
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

    /// <summary>Whether some of these pods still hold something of the node.</summary>
    public bool AreRunning(IEnumerable<Pod> pods) =>
        pods.Any(p => _workers.TryGetValue(p.Metadata.Uid, out var known) && known.Worker.State is PodWorkerState.Syncing or PodWorkerState.Terminating);

    /// <summary>Whether nothing of a pod is left but what its last status tells of.</summary>
    public bool IsReclaimed(string uid) => !_workers.TryGetValue(uid, out var known) || known.Worker.IsReclaimed;

    /// <summary>
    /// Ends pods in the runtime, and removes files and groups, that belong to no pod of this node. Call it only once all
    /// sources of pods are known completely.
    /// </summary>
    public async Task EndOrphansAsync(CancellationToken cancellationToken)
    {
        foreach (var state in _services.Cache.All.Where(s => !_workers.ContainsKey(s.Uid)))
        {
            var worker = new PodWorker(Restore(state), _services, ResizeAsync) { IsRuntimeOnly = true };
            _services.Metrics.OrphanFound();
            worker.Terminate(new PodTermination { IsRemoved = true });
            Start(worker);
        }

        _services.Exclusive.Retain(_workers.Keys.ToHashSet());
        if (!_services.TouchesHost)
        {
            return;
        }

        var directories = Directory.Exists(_services.Paths.Pods) ? Directory.GetDirectories(_services.Paths.Pods).Select(d => Path.GetFileName(d)) : [];
        foreach (var uid in directories.Concat(_services.Cgroups.Pods()).Distinct().Where(uid => !_workers.ContainsKey(uid)).ToList())
        {
            await RemoveRemainsAsync(uid, cancellationToken);
        }

        await RemoveStrayLogsAsync(cancellationToken);

        await TryAsync("volumes that no pod holds", () => _services.Volumes.CollectAsync(cancellationToken));
    }

    /// <summary>Stops the workers; the containers go on.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        _services.Cache.Changed -= OnObserved;
        _services.Probes.Changed -= OnObserved;
        _services.Objects.Changed -= OnReferred;
        _services.Exclusive.Devices.HealthChanged -= OnObserved;
        _services.Claims.HealthChanged -= OnObserved;
        await _stop.CancelAsync();
        await Task.WhenAll(_workers.Values.Select(w => w.Running)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Start(PodWorker worker)
    {
        worker.Released += PokeWaiting;
        var running = Task.Run(() => RunAsync(worker));
        _workers[worker.Uid] = (worker, running);
    }

    /// <summary>A finished worker stays until its pod leaves the API, so that a late event does not start the pod anew.</summary>
    private async Task RunAsync(PodWorker worker)
    {
        while (!await TryAdmitAsync(worker))
        {
            await Task.Delay(NextAdmission, _services.Time, _stop.Token);
        }

        await worker.RunAsync(_stop.Token);
        _admitted.TryRemove(worker.Uid, out _);
        if (worker.IsRemoved)
        {
            _workers.TryRemove(worker.Uid, out _);
        }
    }

    /// <summary>What is given out is written down; a disk that takes nothing keeps the pod waiting.</summary>
    private async Task<bool> TryAdmitAsync(PodWorker worker)
    {
        try
        {
            await AdmitAsync(worker);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _services.Logger.LogPodFailure(e, worker.Pod.Describe(), "admission");
            _services.Events.Pod(worker.Pod, null, EventReasons.Warning, EventReasons.FailedSync, $"error syncing pod: {e.Message}");
            return false;
        }
    }

    /// <summary>One at a time, so that two pods never get the same room. What already runs, or is over, is not asked again.</summary>
    private async Task AdmitAsync(PodWorker worker)
    {
        await _admitting.WaitAsync(_stop.Token);
        try
        {
            var pod = worker.Pod;
            var isKnown = !_services.Cache.Get(worker.Uid).IsEmpty || pod.IsTerminal() || pod.Metadata.DeletionTimestamp is not null;
            var others = Others(worker.Uid);
            if (isKnown || (await _services.Admission.AdmitAsync(pod, others, _stop.Token) ?? await _services.Exclusive.Topology.AllocateAsync(pod, _stop.Token)) is not { } rejection)
            {
                _services.Allocations.Admit(pod);
                _admitted[worker.Uid] = worker;
                return;
            }

            _services.Events.Pod(pod, null, EventReasons.Warning, rejection.Reason!, rejection.Message!);
            worker.Terminate(rejection);
        }
        finally
        {
            _admitting.Release();
        }
    }

    /// <summary>Among admissions, so that room is never given out twice.</summary>
    private async Task<PendingResize?> ResizeAsync(Pod pod, CancellationToken cancellationToken)
    {
        if (ReferenceEquals(_services.Allocations.Granted(pod), pod))
        {
            return null;
        }

        await _admitting.WaitAsync(cancellationToken);
        try
        {
            var pending = _services.Allocations.TryResize(pod, Others(pod.Metadata.Uid));
            if (pending is null)
            {
                PokeWaiting();
            }

            return pending;
        }
        finally
        {
            _admitting.Release();
        }
    }

    /// <summary>What the other pods that hold something of the node were granted.</summary>
    private List<Pod> Others(string uid) => [.. _admitted.Values
        .Where(w => w.Uid != uid && w.State is (PodWorkerState.Syncing or PodWorkerState.Terminating))
        .Select(w => _services.Allocations.Granted(w.Pod))];

    /// <summary>There may be room now for pods that wait for more.</summary>
    private void PokeWaiting()
    {
        foreach (var (worker, _) in _workers.Values.Where(w => w.Worker.AwaitsRoom))
        {
            worker.Poke();
        }
    }

    private void OnObserved(string uid)
    {
        if (_workers.TryGetValue(uid, out var known))
        {
            known.Worker.OnObserved();
        }
    }

    private void OnReferred(string uid)
    {
        if (_workers.TryGetValue(uid, out var known))
        {
            known.Worker.Poke();
        }
    }

    private Task RemoveRemainsAsync(string uid, CancellationToken cancellationToken) => TryAsync(uid, async () =>
    {
        await _services.Volumes.RemoveAsync(uid, cancellationToken);
        _services.Cgroups.Remove(uid);
    });

    private async Task RemoveStrayLogsAsync(CancellationToken cancellationToken)
    {
        var stray = StrayLogs();
        foreach (var logs in stray)
        {
            await TryAsync(logs, () => Task.Run(() => Directory.Delete(logs, recursive: true), cancellationToken));
        }

        if (stray.Count > 0)
        {
            _services.LogLinks.Sweep();
        }
    }

    /// <summary>Directories of logs of pods that nobody knows any more: <c>NAMESPACE_NAME_UID</c>.</summary>
    private List<string> StrayLogs() => !Directory.Exists(_services.Paths.Logs) ? [] : [.. Directory.GetDirectories(_services.Paths.Logs)
        .Where(directory => Path.GetFileName(directory).Split('_') is [_, _, var uid] && !_workers.ContainsKey(uid))];

    /// <summary>The next round tries again.</summary>
    private async Task TryAsync(string what, Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or Volumes.VolumeFailure or Client.Grpc.RpcException)
        {
            _services.Logger.LogPodFailure(e, what, "removing its remains");
        }
    }

    /// <summary>As much of a pod as its containers' labels tell; enough to end it.</summary>
    private static Pod Restore(PodRuntimeState state)
    {
        var pod = new Pod();
        pod.Metadata.Uid = state.Uid;
        pod.Metadata.Name = state.Name;
        pod.Metadata.Namespace = state.Namespace;
        foreach (var container in state.Containers.DistinctBy(c => c.Metadata.Name))
        {
            pod.Spec.Containers.Add(new Container { Name = container.Metadata.Name, Image = container.Image?.Image });
            if (container.Annotations.TryGetValue(RuntimeLabels.PodTerminationGracePeriod, out var text) && long.TryParse(text, out var seconds))
            {
                pod.Spec.TerminationGracePeriodSeconds = seconds;
            }
        }

        return pod;
    }
}
