using Sampan.Api.Core.V1;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Events;
using Sampan.Kubelet.Resize;
using Sampan.Kubelet.Status;
using Sampan.Kubelet.Volumes;

namespace Sampan.Kubelet.Pods;

/// <summary>
/// One pod's life on this node, as a loop of its own: something changed or time passed, look at what is wanted and what is,
/// take the next step. See <see cref="PodWorkerState"/> for its states.
/// </summary>
internal sealed class PodWorker
{
    private static readonly TimeSpan NetworkPatience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ReleasePatience = TimeSpan.FromSeconds(10);
    private readonly PodServices _services;
    private readonly PodPlanner _planner;
    private readonly PodActuator _actuator;
    private readonly ContainerKiller _killer;
    private readonly PodRemoval _removal;
    private readonly PodPreparation _preparation;
    private readonly ResizeProgress _resizing;
    private readonly Replacement _replacement;
    private readonly PodTiming _timing;
    private readonly StatusPublisher _statuses;
    private readonly PodMemory _memory;
    private readonly WorkerSignal _signal;
    private volatile Pod _pod;
    private volatile PodTermination? _termination;

    /// <param name="pod">The pod.</param>
    /// <param name="services">What all workers share.</param>
    /// <param name="resize">Grants the pod other resources, or says why it has to wait for them.</param>
    public PodWorker(Pod pod, PodServices services, Func<Pod, CancellationToken, Task<PendingResize?>> resize)
    {
        _pod = pod;
        _services = services;
        _signal = new WorkerSignal(services.Time);
        _memory = new PodMemory(services.Time);
        _planner = new PodPlanner(services.Probes, (p, c) => c is null ? services.Allocations.Actuated(p.Metadata.Uid) : services.Allocations.Actuated(p.Metadata.Uid, c.Name));
        _killer = new ContainerKiller(services);
        _removal = new PodRemoval(services);
        _actuator = new PodActuator(services, _killer);
        _preparation = new PodPreparation(services, resize);
        _resizing = new ResizeProgress(services, _memory);
        _replacement = new Replacement(services.Time, OnObserved);
        _timing = new PodTiming(services.Metrics, services.Time);
        _statuses = new StatusPublisher(services, _memory, _timing);
        _memory.PostStartEnded += OnObserved;
    }

    public string Uid => _pod.Metadata.Uid;

    public Pod Pod => _pod;

    /// <summary>Raised when the pod holds nothing of the node any more.</summary>
    public event Action? Released;

    /// <summary>Other resources are wanted than the node could grant so far.</summary>
    public bool AwaitsRoom => PendingResize is { Reason: PendingResize.Deferred };

    /// <summary>Since when it has waited for other resources.</summary>
    public DateTimeOffset AwaitsRoomSince => _preparation.PendingSince;

    /// <summary>Why other resources that are wanted could not be granted so far; null where there are none such.</summary>
    public PendingResize? PendingResize => _preparation.PendingResize;

    public PodWorkerState State { get; private set; }

    /// <summary>The pod is gone from the API.</summary>
    public bool IsRemoved => _termination is { IsRemoved: true };

    /// <summary>Nothing of the pod runs, and its volumes, groups and devices are given back.</summary>
    public bool IsReclaimed { get; private set; }

    /// <summary>Found in the runtime, and wanted by nobody that the kubelet knows.</summary>
    public bool IsRuntimeOnly { get; init; }

    /// <summary>The same pod is wanted again when it has ended: its containers stay, as those of an earlier run.</summary>
    public bool KeepsContainers { get; set; }

    /// <summary>Somebody has decided that the pod ends.</summary>
    public bool IsEnding => _termination is not null || _pod.Metadata.DeletionTimestamp is not null;

    /// <summary>A new version of the pod. A deletion, or a shorter grace, interrupts what is going on.</summary>
    public void Update(Pod pod)
    {
        var before = _pod;
        _pod = pod;
        var isNewlyDeleted = pod.Metadata.DeletionTimestamp is not null && before.Metadata.DeletionTimestamp is null;
        var isHurried = pod.Metadata.DeletionGracePeriodSeconds < before.Metadata.DeletionGracePeriodSeconds;
        if (isNewlyDeleted || isHurried)
        {
            _signal.Interrupt();
        }

        Poke();
    }

    public void Terminate(PodTermination termination)
    {
        _termination ??= termination;
        if (termination.IsRemoved)
        {
            _termination = _termination with { IsRemoved = true };
        }

        if (State == PodWorkerState.Syncing)
        {
            _signal.Interrupt();
        }

        Poke();
    }

    /// <summary>Something the worker looks at has changed.</summary>
    public void Poke() => _signal.Poke();

    /// <summary>The runtime or a probe says something new: tell it at once, even while a step is going on.</summary>
    public void OnObserved()
    {
        if (State is PodWorkerState.Syncing or PodWorkerState.Terminating)
        {
            _services.Probes.StopEnded(Uid, _services.Cache.Get(Uid));
            if (!_replacement.IsOn)
            {
                PublishStatus(isTerminal: false);
            }
        }

        Poke();
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _timing.Begin();
        while (State != PodWorkerState.Finished && !cancellationToken.IsCancellationRequested)
        {
            var step = _signal.BeginStep(cancellationToken);
            var (next, wait) = await StepAsync(step, cancellationToken);
            if (next != State)
            {
                _services.Logger.LogPodTransition(_pod.Describe(), State, next);
                State = PodWorkerTransitions.Check(State, next);
                if (State == PodWorkerState.Terminated)
                {
                    Released?.Invoke();
                }

                continue;
            }

            await _signal.WaitAsync(wait, cancellationToken);
        }
    }

    private async Task<(PodWorkerState Next, TimeSpan Wait)> StepAsync(CancellationToken step, CancellationToken cancellationToken)
    {
        using var measured = _timing.Step(State, _pod);
        try
        {
            return State switch
            {
                PodWorkerState.Syncing => await SyncAsync(step),
                PodWorkerState.Terminating => await TerminateAsync(step),
                _ => await CleanUpAsync(cancellationToken),
            };
        }
        catch (OperationCanceledException)
        {
            // Interrupted: the next round sees why.
            return (State, TimeSpan.Zero);
        }
        catch (PodRejectedException e)
        {
            _services.Metrics.Rejected(e.Rejection.Reason!);
            _services.Events.Pod(_pod, null, EventReasons.Warning, e.Rejection.Reason!, e.Rejection.Message!);
            _termination = e.Rejection;
            return (PodWorkerState.Terminating, default);
        }
        catch (VolumeFailure e)
        {
            _services.Events.Pod(_pod, null, EventReasons.Warning, EventReasons.FailedUnMount, e.Message);
            return (State, _memory.NextRetry());
        }
        catch (Exception e)
        {
            _services.Logger.LogPodFailure(e, _pod.Describe(), State.ToString());
            ReportFailure(e);
            return (State, _memory.NextRetry());
        }
    }

    private void ReportFailure(Exception e)
    {
        var text = (e as RpcException)?.Detail ?? e.Message;
        var (reason, message) = State == PodWorkerState.Syncing ? (EventReasons.FailedSync, $"error syncing pod: {text}") : (EventReasons.FailedKillPod, $"error killing pod: {text}");
        _services.Events.Pod(_pod, null, EventReasons.Warning, reason, message);
    }

    private async Task<(PodWorkerState, TimeSpan)> SyncAsync(CancellationToken cancellationToken)
    {
        var pod = _pod;
        if (IsEnding || pod.IsTerminal())
        {
            return (PodWorkerState.Terminating, default);
        }

        _resizing.Look(_services.Allocations.Granted(pod));
        PublishStatus(isTerminal: false);
        if (DeadlineLeft(pod) is { } left && left <= TimeSpan.Zero)
        {
            _services.Events.Pod(pod, null, EventReasons.Normal, EventReasons.DeadlineExceeded, "Pod was active on the node longer than the specified deadline");
            _termination = new PodTermination("DeadlineExceeded", "Pod was active on the node longer than the specified deadline");
            return (PodWorkerState.Terminating, default);
        }

        if (!pod.Spec.HostNetwork && _services.Health?.NetworkProblem is { } problem)
        {
            _services.Events.Pod(pod, null, EventReasons.Warning, EventReasons.NetworkNotReady, $"network is not ready: {problem}");
            return (PodWorkerState.Syncing, NetworkPatience);
        }

        _services.Cache.EnsureReadable(Uid);
        _preparation.Refer(pod);
        pod = await _preparation.GrantAsync(pod, cancellationToken);
        if (_resizing.Look(pod))
        {
            PublishStatus(isTerminal: false);
        }

        if (await _preparation.PrepareAsync(pod, cancellationToken) is not { } volumes)
        {
            return (PodWorkerState.Syncing, _memory.NextRetry());
        }

        var state = _services.Cache.Get(Uid);
        var plan = _planner.Plan(pod, state, PodRestart.IsInProgress(pod, state, _statuses.Last(_pod)));
        if (plan is { KillPod: true, CreateSandbox: false })
        {
            return (PodWorkerState.Terminating, default);
        }

        if (plan.Remove.Count > 0)
        {
            // How they ended is known only while they are there.
            PublishStatus(isTerminal: false);
        }

        var retry = await _replacement.DuringAsync(pod, plan, () => _actuator.ExecuteAsync(pod, plan, volumes, _memory, cancellationToken));
        _services.Probes.Sync(pod, _services.Cache.Get(Uid), _statuses.Last(_pod));
        _resizing.Look(pod);
        PublishStatus(isTerminal: false);
        if (retry is null && _preparation.IsStale)
        {
            retry = _memory.NextRetry();
        }
        else if (retry is null)
        {
            _memory.ResetRetry();
        }

        // An init container that is up already, or a sidecar that has started, may let the next one go.
        return (PodWorkerState.Syncing, Min(retry, Min(DeadlineLeft(pod), _services.SyncInterval) ?? _services.SyncInterval)!.Value);
    }

    private async Task<(PodWorkerState, TimeSpan)> TerminateAsync(CancellationToken cancellationToken)
    {
        var pod = _pod;
        _services.Probes.StopRestarts(Uid);
        PublishStatus(isTerminal: false);
        var state = await _services.Cache.RefreshAsync(Uid, cancellationToken);
        await _killer.KillPodAsync(pod, state, _termination?.GracePeriod ?? pod.GracePeriod(), cancellationToken);
        state = await _services.Cache.RefreshAsync(Uid, cancellationToken);
        if (state.Running.Any())
        {
            return (PodWorkerState.Terminating, _memory.NextRetry());
        }

        _services.Probes.Remove(Uid);
        await _services.Claims.UnprepareAsync(Uid, cancellationToken);
        PublishStatus(isTerminal: false);
        return (PodWorkerState.Terminated, default);
    }

    /// <summary>Gives back what the pod held. Its last containers stay, for their logs, until it leaves the API.</summary>
    private async Task<(PodWorkerState, TimeSpan)> CleanUpAsync(CancellationToken cancellationToken)
    {
        var pod = _pod;
        await ReleaseAsync(cancellationToken);
        IsReclaimed = true;
        if (!IsEnding || (_termination is { IsRemoved: false } && pod.Metadata.DeletionTimestamp is null))
        {
            return (PodWorkerState.Terminated, _services.SyncInterval);
        }

        await _removal.RemoveAsync(pod, isInApi: _termination is not { IsRemoved: true }, KeepsContainers, cancellationToken);
        return (PodWorkerState.Finished, default);
    }

    /// <summary>The end is told when others can have the pod's volumes, unless that takes too long.</summary>
    private async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        var release = _removal.ReleaseAsync(Uid, cancellationToken);
        await release.WaitAsync(ReleasePatience, _services.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        PublishStatus(isTerminal: true);
        await release;
    }

    private TimeSpan? DeadlineLeft(Pod pod)
    {
        if (pod.Spec.ActiveDeadlineSeconds is not { } seconds || _statuses.Last(_pod).StartTime is not { } start)
        {
            return null;
        }

        return TimeSpan.FromSeconds(seconds) - (_services.Time.GetUtcNow() - start.Value);
    }

    private void PublishStatus(bool isTerminal) => _statuses.Publish(_pod, _termination, PendingResize, isTerminal);

    private static TimeSpan? Min(TimeSpan? a, TimeSpan? b) => a is null ? b : b is null ? a : a < b ? a : b;
}
