using System.Threading.Channels;
using Sampan.Api.Core.V1;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Claims;
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
    /// <summary>
    /// For as long a container that makes way for another one counts as what it was: whoever changes an image finds the pod as
    /// ready as it was just before.
    /// </summary>
    private static readonly TimeSpan Replacement = TimeSpan.FromSeconds(1);

    private readonly PodServices _services;
    private readonly PodPlanner _planner;
    private readonly PodActuator _actuator;
    private readonly ContainerKiller _killer;
    private readonly PodRemoval _removal;
    private readonly TerminationMessages _messages;
    private readonly PodMemory _memory;
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock _statusLock = new();
    private volatile Pod _pod;
    private volatile PodTermination? _termination;
    private readonly Func<Pod, CancellationToken, Task<PendingResize?>> _resize;
    private volatile PendingResize? _pendingResize;
    private CancellationTokenSource _step = new();
    private bool _isPrepared;
    private volatile bool _isReplacing;
    private Pod? _referring;

    /// <param name="pod">The pod.</param>
    /// <param name="services">What all workers share.</param>
    /// <param name="resize">Grants the pod other resources, or says why it has to wait for them.</param>
    public PodWorker(Pod pod, PodServices services, Func<Pod, CancellationToken, Task<PendingResize?>> resize)
    {
        _resize = resize;
        _pod = pod;
        _services = services;
        _memory = new PodMemory(services.Time);
        _planner = new PodPlanner(services.Probes, (p, c) => c is null ? services.Allocations.Actuated(p.Metadata.Uid) : services.Allocations.Actuated(p.Metadata.Uid, c.Name));
        _killer = new ContainerKiller(services);
        _removal = new PodRemoval(services);
        _actuator = new PodActuator(services, _killer);
        _messages = new TerminationMessages(services.TouchesHost);
    }

    public string Uid => _pod.Metadata.Uid;

    public Pod Pod => _pod;

    /// <summary>Raised when the pod holds nothing of the node any more.</summary>
    public event Action? Released;

    /// <summary>Other resources are wanted than the node could grant so far.</summary>
    public bool AwaitsRoom => _pendingResize is { Reason: PendingResize.Deferred };

    public PodWorkerState State { get; private set; }

    /// <summary>The pod is gone from the API.</summary>
    public bool IsRemoved => _termination is { IsRemoved: true };

    /// <summary>Nothing of the pod runs, and its volumes, groups and devices are given back.</summary>
    public bool IsReclaimed { get; private set; }

    /// <summary>Somebody has decided that the pod ends.</summary>
    public bool IsEnding => MustEnd;

    private bool MustEnd => _termination is not null || _pod.Metadata.DeletionTimestamp is not null;

    /// <summary>A new version of the pod. A deletion, or a shorter grace, interrupts what is going on.</summary>
    public void Update(Pod pod)
    {
        var before = _pod;
        _pod = pod;
        var isNewlyDeleted = pod.Metadata.DeletionTimestamp is not null && before.Metadata.DeletionTimestamp is null;
        var isHurried = pod.Metadata.DeletionGracePeriodSeconds < before.Metadata.DeletionGracePeriodSeconds;
        if (isNewlyDeleted || isHurried)
        {
            Interrupt();
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
            Interrupt();
        }

        Poke();
    }

    /// <summary>Something the worker looks at has changed.</summary>
    public void Poke() => _signal.Writer.TryWrite(true);

    /// <summary>The runtime or a probe says something new: tell it at once, even while a step is going on.</summary>
    public void OnObserved()
    {
        if (State is PodWorkerState.Syncing or PodWorkerState.Terminating)
        {
            _services.Probes.StopEnded(Uid, _services.Cache.Get(Uid));
            if (!_isReplacing)
            {
                PublishStatus(isTerminal: false);
            }
        }

        Poke();
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (State != PodWorkerState.Finished && !cancellationToken.IsCancellationRequested)
        {
            var step = ResetStep(cancellationToken);
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

            await WaitAsync(wait, cancellationToken);
        }
    }

    private async Task<(PodWorkerState Next, TimeSpan Wait)> StepAsync(CancellationToken step, CancellationToken cancellationToken)
    {
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
        if (MustEnd || pod.IsTerminal())
        {
            return (PodWorkerState.Terminating, default);
        }

        PublishStatus(isTerminal: false);
        if (DeadlineLeft(pod) is { } left && left <= TimeSpan.Zero)
        {
            _services.Events.Pod(pod, null, EventReasons.Normal, EventReasons.DeadlineExceeded, "Pod was active on the node longer than the specified deadline");
            _termination = new PodTermination("DeadlineExceeded", "Pod was active on the node longer than the specified deadline");
            return (PodWorkerState.Terminating, default);
        }

        Refer(pod);
        pod = await GrantAsync(pod, cancellationToken);
        Prepare(pod);
        if (await MountAsync(pod, cancellationToken) is not { } volumes)
        {
            return (PodWorkerState.Syncing, _memory.NextRetry());
        }

        if (!await PrepareClaimsAsync(pod, cancellationToken))
        {
            return (PodWorkerState.Syncing, _memory.NextRetry());
        }

        var state = _services.Cache.Get(Uid);
        var plan = _planner.Plan(pod, state, PodRestart.IsInProgress(pod, state, CurrentStatus()));
        if (plan is { KillPod: true, CreateSandbox: false })
        {
            return (PodWorkerState.Terminating, default);
        }

        var retry = await ExecuteAsync(pod, plan, volumes, cancellationToken);
        _services.Probes.Sync(pod, _services.Cache.Get(Uid));
        PublishStatus(isTerminal: false);
        if (retry is null)
        {
            _memory.ResetRetry();
        }

        // An init container that is up already, or a sidecar that has started, may let the next one go.
        return (PodWorkerState.Syncing, Min(retry, Min(DeadlineLeft(pod), _services.SyncInterval) ?? _services.SyncInterval)!.Value);
    }

    private async Task<TimeSpan?> ExecuteAsync(Pod pod, PodPlan plan, IReadOnlyDictionary<string, MountedVolume> volumes, CancellationToken cancellationToken)
    {
        _isReplacing = plan.Kill.Any(kill => plan.Start.Contains(kill.Container));
        using var end = _isReplacing ? _services.Time.CreateTimer(_ => EndReplacement(), null, Replacement, Timeout.InfiniteTimeSpan) : null;
        try
        {
            return await _actuator.ExecuteAsync(pod, plan, volumes, _memory, cancellationToken);
        }
        finally
        {
            _isReplacing = false;
        }
    }

    private void EndReplacement()
    {
        _isReplacing = false;
        OnObserved();
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
        PublishStatus(isTerminal: true);
        return (PodWorkerState.Terminated, default);
    }

    /// <summary>Gives back what the pod held. Its last containers stay, for their logs, until it leaves the API.</summary>
    private async Task<(PodWorkerState, TimeSpan)> CleanUpAsync(CancellationToken cancellationToken)
    {
        var pod = _pod;
        await _removal.ReleaseAsync(Uid, cancellationToken);
        IsReclaimed = true;
        if (!MustEnd || (_termination is { IsRemoved: false } && pod.Metadata.DeletionTimestamp is null))
        {
            return (PodWorkerState.Terminated, _services.SyncInterval);
        }

        await _removal.RemoveAsync(pod, isInApi: _termination is not { IsRemoved: true }, cancellationToken);
        return (PodWorkerState.Finished, default);
    }

    /// <summary>The pod with the resources that it has been granted, now or before.</summary>
    private async Task<Pod> GrantAsync(Pod pod, CancellationToken cancellationToken)
    {
        var before = _pendingResize;
        var wasInProgress = _services.Allocations.IsInProgress(Uid);
        _pendingResize = await _resize(pod, cancellationToken);
        if (_pendingResize is { } pending && pending != before)
        {
            var reason = pending.Reason == PendingResize.Deferred ? EventReasons.ResizeDeferred : EventReasons.ResizeInfeasible;
            _services.Events.Pod(pod, null, EventReasons.Warning, reason, $"Pod resize {pending.Reason}: {pending.Message}");
        }

        if (!wasInProgress && _services.Allocations.IsInProgress(Uid))
        {
            _services.Events.Pod(pod, null, EventReasons.Normal, EventReasons.ResizeStarted, "Pod resize started");
            PublishStatus(isTerminal: false);
        }

        return _services.Allocations.Granted(pod);
    }

    private void Prepare(Pod pod)
    {
        if (_isPrepared)
        {
            return;
        }

        if (_services.TouchesHost)
        {
            Directory.CreateDirectory(_services.Paths.Pod(Uid));
            Directory.CreateDirectory(_services.Paths.Volumes(Uid));
            _services.Cgroups.Ensure(pod);
        }

        if (_services.Allocations.Actuated(Uid) is null)
        {
            _services.Allocations.SetActuated(pod);
        }

        _isPrepared = true;
    }

    private void Refer(Pod pod)
    {
        if (!ReferenceEquals(_referring, pod))
        {
            _services.Objects.Refer(pod);
            _referring = pod;
        }
    }

    private async Task<IReadOnlyDictionary<string, MountedVolume>?> MountAsync(Pod pod, CancellationToken cancellationToken)
    {
        try
        {
            return await _services.Volumes.MountAsync(pod, cancellationToken);
        }
        catch (VolumesNotReady e)
        {
            foreach (var message in e.Messages)
            {
                _services.Events.Pod(pod, null, EventReasons.Warning, EventReasons.FailedMount, message);
            }

            return null;
        }
    }

    private async Task<bool> PrepareClaimsAsync(Pod pod, CancellationToken cancellationToken)
    {
        try
        {
            await _services.Claims.PrepareAsync(pod, cancellationToken);
            return true;
        }
        catch (ClaimException e)
        {
            _services.Events.Pod(pod, null, EventReasons.Warning, EventReasons.FailedPrepareDynamicResources, $"Failed to prepare dynamic resources: {e.Message}");
            return false;
        }
    }

    private TimeSpan? DeadlineLeft(Pod pod)
    {
        if (pod.Spec.ActiveDeadlineSeconds is not { } seconds || CurrentStatus().StartTime is not { } start)
        {
            return null;
        }

        return TimeSpan.FromSeconds(seconds) - (_services.Time.GetUtcNow() - start.Value);
    }

    private PodStatus CurrentStatus() => _services.Statuses.Find(Uid) ?? _pod.Status;

    private void PublishStatus(bool isTerminal)
    {
        lock (_statusLock)
        {
            var view = new PodView(
                _services.Allocations.Granted(_pod), _services.Cache.Get(Uid), CurrentStatus(), _memory.Waiting, _services.Probes, _services.Node(), _services.Time.GetUtcNow(), _messages.Get)
            {
                IsTerminal = isTerminal,
                Termination = _termination?.Reason is null ? null : _termination,
                PendingResize = _pendingResize,
                IsResizing = _services.Allocations.IsInProgress(Uid),
                ResizeError = _memory.ResizeError,
                Actuated = container => _services.Allocations.Actuated(Uid, container),
                ActuatedPod = _services.Allocations.Actuated(Uid),
                DeviceHealth = container => _services.Exclusive.Devices.HealthOf(Uid, container.Name).Concat(_services.Claims.HealthOf(_pod, container)),
            };
            _services.Statuses.Set(_pod, PodStatusGenerator.Generate(view));
        }
    }

    private static TimeSpan? Min(TimeSpan? a, TimeSpan? b) => a is null ? b : b is null ? a : a < b ? a : b;

    private CancellationToken ResetStep(CancellationToken cancellationToken)
    {
        var fresh = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Interlocked.Exchange(ref _step, fresh).Dispose();
        return fresh.Token;
    }

    private void Interrupt()
    {
        try
        {
            Volatile.Read(ref _step).Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The step ended just now; the next one sees the change anyway.
        }
    }

    private async Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(wait > TimeSpan.Zero ? wait : TimeSpan.FromMilliseconds(1), _services.Time);
        using var joined = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            await _signal.Reader.ReadAsync(joined.Token);
        }
        catch (OperationCanceledException)
        {
            // Time is up, or the kubelet ends.
        }
    }
}
