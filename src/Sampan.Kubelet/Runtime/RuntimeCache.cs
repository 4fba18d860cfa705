using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Stats;

namespace Sampan.Kubelet.Runtime;

/// <summary>
/// The last known state of every pod in the runtime. It learns of changes from the runtime's events, from the kubelet's
/// own actions (<see cref="RefreshAsync"/>), and, in any case, from a listing now and then.
/// </summary>
/// <param name="runtime">What is cached.</param>
/// <param name="time">Paces listings.</param>
/// <param name="logger">Told of failures.</param>
/// <param name="metrics">Null where nobody counts.</param>
internal sealed class RuntimeCache(IContainerRuntime runtime, TimeProvider time, ILogger logger, RelistMetrics? metrics = null)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PollIntervalWithEvents = TimeSpan.FromSeconds(5);

    /// <summary>
    /// An event may come before the runtime's listing shows its effect (containerd writes it to its disk in between, which takes about
    /// 45 ms), so the pod is looked at until it does: after 2, 6, 14, 30, 46 and 62 ms, then ever more rarely, up to half a second.
    /// </summary>
    private static readonly TimeSpan[] Looks = [.. new[] { 2, 4, 8, 16, 16, 16, 32, 64, 128, 256 }.Select(pause => TimeSpan.FromMilliseconds(pause))];

    private readonly ConcurrentDictionary<string, PodRuntimeState> _pods = new();

    /// <summary>Pods of which the runtime would not tell how they are, and why.</summary>
    private readonly ConcurrentDictionary<string, RpcException> _unreadable = new();

    /// <summary>Each guards the pods whose UIDs fall on it.</summary>
    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, 128).Select(_ => new SemaphoreSlim(1))];
    private volatile bool _hasEvents;
    private readonly TaskCompletionSource _listed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastListing;

    /// <summary>Raised with the pod's UID when its state changed.</summary>
    public event Action<string>? Changed;

    /// <summary>Completes when the runtime has answered a listing for the first time.</summary>
    public Task Listed => _listed.Task;

    /// <summary>How long ago the runtime last answered a listing; null before the first.</summary>
    public TimeSpan? SinceLastListing => Listed.IsCompleted ? time.GetElapsedTime(Volatile.Read(ref _lastListing)) : null;

    public IEnumerable<PodRuntimeState> All => _pods.Values;

    /// <summary>The runtime has something of a pod, and would not say what.</summary>
    public bool IsUnreadable(string uid) => _unreadable.ContainsKey(uid);

    /// <exception cref="RpcException">Nobody can say how the pod is: nothing is to be done to it by what was known before.</exception>
    public void EnsureReadable(string uid)
    {
        if (_unreadable.TryGetValue(uid, out var failure))
        {
            throw new RpcException(failure.Code, failure.Detail);
        }
    }

    public PodRuntimeState Get(string uid) => _pods.GetValueOrDefault(uid) ?? PodRuntimeState.Empty(uid);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var events = WatchAsync(cancellationToken);
        await Periodically.RunAsync(
            RelistAsync, () => _hasEvents ? PollIntervalWithEvents : PollInterval, "The container runtime does not answer", time, logger, cancellationToken);

        await events;
    }

    /// <summary>Lists everything once and refreshes the pods that changed.</summary>
    public async Task RelistAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var sandboxes = await runtime.ListPodSandboxesAsync(new(), cancellationToken);
        var containers = await runtime.ListContainersAsync(new(), cancellationToken);
        Volatile.Write(ref _lastListing, time.GetTimestamp());
        _listed.TrySetResult();
        metrics?.Relisted(time.GetElapsedTime(started));
        var sandboxesOf = sandboxes.ToLookup(s => s.Labels.GetValueOrDefault(RuntimeLabels.PodUid, ""));
        var containersOf = containers.ToLookup(c => c.Labels.GetValueOrDefault(RuntimeLabels.PodUid, ""));
        var uids = sandboxesOf.Concat<IGrouping<string, object>>(containersOf).Select(g => g.Key).Concat(_pods.Keys).Concat(_unreadable.Keys).Where(u => u.Length > 0).Distinct().ToList();
        foreach (var uid in uids.Where(uid => _unreadable.ContainsKey(uid) || !IsCurrent(Get(uid), [.. sandboxesOf[uid]], [.. containersOf[uid]])))
        {
            await TryRefreshAsync(uid, cancellationToken);
        }
    }

    /// <summary>A pod that cannot be looked at does not keep the others from being seen.</summary>
    private async Task TryRefreshAsync(string uid, CancellationToken cancellationToken)
    {
        try
        {
            await RefreshAsync(uid, cancellationToken);
        }
        catch (RpcException e)
        {
            logger.LogWarning("The container runtime does not tell how pod {Uid} is: {Error}", uid, e.Message);
        }
    }

    /// <summary>Looks at one pod now. Refreshes of the same pod follow one another, so a newer state is never replaced by an older.</summary>
    public async Task<PodRuntimeState> RefreshAsync(string uid, CancellationToken cancellationToken)
    {
        var gate = _gates[(uint)uid.GetHashCode(StringComparison.Ordinal) % (uint)_gates.Length];
        await gate.WaitAsync(cancellationToken);
        PodRuntimeState before, after;
        bool wasUnreadable;
        try
        {
            before = Get(uid);
            after = await ReadAsync(before, cancellationToken);
            wasUnreadable = _unreadable.TryRemove(uid, out _);
            if (after.IsEmpty)
            {
                _pods.TryRemove(uid, out _);
            }
            else
            {
                _pods[uid] = after;
            }
        }
        catch (RpcException e)
        {
            _unreadable[uid] = e;
            throw;
        }
        finally
        {
            gate.Release();
        }

        if (wasUnreadable || !SameAs(before, after))
        {
            Changed?.Invoke(uid);
        }

        return after;
    }

    private static bool SameAs(PodRuntimeState before, PodRuntimeState after) =>
        before.Sandboxes.SequenceEqual(after.Sandboxes) && before.Containers.SequenceEqual(after.Containers);

    /// <summary>Compared as sets: a pod may have left thousands of ended containers.</summary>
    private static bool IsCurrent(PodRuntimeState known, Cri.PodSandbox[] sandboxes, Cri.Container[] containers) =>
        known.Sandboxes.Length == sandboxes.Length
        && known.Containers.Length == containers.Length
        && known.Sandboxes.Select(s => (s.Id, s.State)).ToHashSet().SetEquals(sandboxes.Select(s => (s.Id, s.State)))
        && known.Containers.Select(c => (c.Id, c.State)).ToHashSet().SetEquals(containers.Select(c => (c.Id, c.State)));

    /// <summary>Newest first by the number of the attempt: the machine's clock may have been set back in between.</summary>
    private async Task<PodRuntimeState> ReadAsync(PodRuntimeState before, CancellationToken cancellationToken)
    {
        var labels = new Dictionary<string, string> { [RuntimeLabels.PodUid] = before.Uid };
        var sandboxes = await runtime.ListPodSandboxesAsync(new() { LabelSelector = { labels } }, cancellationToken);
        var containers = await runtime.ListContainersAsync(new() { LabelSelector = { labels } }, cancellationToken);
        var (knownSandboxes, knownContainers) = (before.Sandboxes.ToDictionary(s => s.Id), before.Containers.ToDictionary(c => c.Id));
        var sandboxStates = new List<Cri.PodSandboxStatus>();
        foreach (var sandbox in sandboxes.OrderByDescending(s => s.Metadata.Attempt).ThenByDescending(s => s.CreatedAt))
        {
            var known = knownSandboxes.GetValueOrDefault(sandbox.Id) is { } k && k.State == sandbox.State ? k : null;
            if ((known ?? await FindAsync(() => runtime.PodSandboxStatusAsync(sandbox.Id, cancellationToken))) is { } status)
            {
                sandboxStates.Add(status);
            }
        }

        var containerStates = new List<Cri.ContainerStatus>();
        foreach (var container in containers.OrderByDescending(c => c.Metadata.Attempt).ThenByDescending(c => c.CreatedAt))
        {
            var known = knownContainers.GetValueOrDefault(container.Id) is { } k && k.State == container.State ? k : null;
            if ((known ?? await FindAsync(() => runtime.ContainerStatusAsync(container.Id, cancellationToken))) is { } status)
            {
                containerStates.Add(status);
            }
        }

        var of = sandboxes.Select(s => s.Labels).Concat(containers.Select(c => c.Labels)).FirstOrDefault();
        return new PodRuntimeState(
            before.Uid,
            of?.GetValueOrDefault(RuntimeLabels.PodName) ?? before.Name,
            of?.GetValueOrDefault(RuntimeLabels.PodNamespace) ?? before.Namespace,
            [.. sandboxStates],
            [.. containerStates]) { SandboxOf = containers.ToDictionary(c => c.Id, c => c.PodSandboxId) };
    }

    /// <summary>What disappears between the listing and the look at it is absent.</summary>
    private static async Task<T?> FindAsync<T>(Func<Task<T>> read) where T : class
    {
        try
        {
            return await read();
        }
        catch (RpcException e) when (e.Code == GrpcStatusCode.NotFound)
        {
            return null;
        }
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var (asked, isFirst) = (time.GetTimestamp(), true);
            try
            {
                _hasEvents = true;
                await foreach (var change in runtime.WatchEventsAsync(cancellationToken))
                {
                    metrics?.Heard(isFirst, time.GetElapsedTime(asked));
                    isFirst = false;
                    _ = LookAsync(change.ContainerId, cancellationToken);
                }
            }
            catch (RpcException e) when (e.Code == GrpcStatusCode.Unimplemented)
            {
                _hasEvents = false;
                logger.LogInformation("The container runtime has no events; its containers are listed every second");
                return;
            }
            catch (Exception e) when (e is RpcException or OperationCanceledException)
            {
                // The runtime restarts, or the kubelet ends.
                metrics?.Lost();
            }

            _hasEvents = false;
            await Task.Delay(PollInterval, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Looks until the container or sandbox that the event is about runs no more, or for a while.</summary>
    private async Task LookAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var look in Looks)
            {
                await Task.Delay(look, time, cancellationToken);
                if (Find(id) is not { } pod)
                {
                    // It is so new that its start is not in the cache yet.
                    await RelistAsync(cancellationToken);
                }
                else if (HasEnded(pod, id))
                {
                    return;
                }
                else
                {
                    await RefreshAsync(pod.Uid, cancellationToken);
                }
            }
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException)
        {
            // The next listing catches up.
        }
    }

    private PodRuntimeState? Find(string id) =>
        _pods.Values.FirstOrDefault(p => p.Find(id) is not null || p.Sandboxes.Any(s => s.Id == id));

    private static bool HasEnded(PodRuntimeState pod, string id) => pod.Find(id) is { } container
        ? container.State == Cri.ContainerState.ContainerExited
        : pod.Sandboxes.Any(s => s.Id == id && s.State == Cri.PodSandboxState.SandboxNotready);
}
