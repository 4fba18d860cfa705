using Sampan.Api.Core.V1;
using Sampan.Kubelet.Events;

namespace Sampan.Kubelet.Probes;

/// <summary>Repeats one probe of one container and keeps its verdict, which turns only after enough equal outcomes in a row.</summary>
internal sealed class ProbeWorker : IDisposable
{
    private readonly ProbeTarget _target;
    private readonly Probe _probe;
    private readonly Prober _prober;
    private readonly IPodEvents _events;
    private readonly ProbeMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly Action _changed;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _stopped;
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ProbeResult _lastOutcome = ProbeResult.Unknown;
    private int _repeats;

    public ProbeWorker(ProbeTarget target, Probe probe, Prober prober, IPodEvents events, ProbeMetrics metrics, TimeProvider time, Action changed)
    {
        _target = target;
        _probe = probe;
        _prober = prober;
        _events = events;
        _metrics = metrics;
        _time = time;
        _changed = changed;
        _stopped = _stop.Token;
        Result = Initial(target.Kind);
    }

    public ProbeTarget Target => _target;

    public ProbeResult Result { get; private set; }

    /// <summary>How long it waits before anything else.</summary>
    public TimeSpan Delay { get; init; }

    public static TimeSpan PeriodOf(Probe probe) => TimeSpan.FromSeconds(Math.Max(probe.PeriodSeconds, 1));

    /// <summary>Until a probe has spoken a container counts as alive; whether it is ready or started nobody knows.</summary>
    public static ProbeResult Initial(ProbeKind kind) => kind == ProbeKind.Liveness ? ProbeResult.Success : ProbeResult.Unknown;

    /// <summary>The verdict is known before it is asked for.</summary>
    public void Succeed() => Result = ProbeResult.Success;

    /// <summary>The container has started: liveness and readiness count from now on.</summary>
    public void MarkStarted() => _started.TrySetResult();

    public async Task RunAsync()
    {
        var token = _stopped;
        if (IsFinal)
        {
            return;
        }

        try
        {
            if (Delay > TimeSpan.Zero)
            {
                await Task.Delay(Delay, _time, token);
            }

            if (_target.Kind != ProbeKind.Startup)
            {
                await _started.Task.WaitAsync(token);
            }

            var delay = TimeSpan.FromSeconds(_probe.InitialDelaySeconds);
            if (_target.StartedAt + delay - _time.GetUtcNow() is var due && due > TimeSpan.Zero)
            {
                // More than the whole delay is left only where the clock was set back.
                await Task.Delay(due < delay ? due : delay, _time, token);
            }

            // A cancelled wait would write its whole stack into an exception, for every probe of every pod that goes.
            using var timer = new PeriodicTimer(PeriodOf(_probe), _time);
            using var end = token.UnsafeRegister(static t => ((PeriodicTimer)t!).Dispose(), timer);
            do
            {
                await RunOnceAsync(token);
            }
            while (!IsFinal && await timer.WaitForNextTickAsync(CancellationToken.None));
        }
        catch (OperationCanceledException)
        {
            // The container or the pod ended.
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    /// <summary>A container that started, or that will be restarted, is not asked again.</summary>
    private bool IsFinal => _target.Kind switch
    {
        ProbeKind.Startup => Result != ProbeResult.Unknown,
        ProbeKind.Liveness => Result == ProbeResult.Failure,
        _ => false,
    };

    private async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var outcome = await _prober.ProbeAsync(_target.Pod, _target.Container, _probe, _target.ContainerId, _target.PodIPs(), cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        Tell(outcome);
        if (outcome.IsError)
        {
            return;
        }

        _metrics.Count(_target, outcome.IsSuccess);
        var result = outcome.IsSuccess ? ProbeResult.Success : ProbeResult.Failure;
        _repeats = result == _lastOutcome ? _repeats + 1 : 1;
        _lastOutcome = result;
        var threshold = outcome.IsSuccess ? Math.Max(_probe.SuccessThreshold, 1) : _probe.FailureThreshold is > 0 and var n ? n : 3;
        if (_repeats >= threshold && Result != result)
        {
            Result = result;
            _changed();
        }
    }

    private void Tell(ProbeOutcome outcome)
    {
        var name = _target.Kind.ToString();
        if (outcome.IsError)
        {
            _events.Pod(_target.Pod, _target.Container.Name, EventReasons.Warning, EventReasons.Unhealthy, $"{name} probe errored and resulted in unknown state: {outcome.Message}");
        }
        else if (!outcome.IsSuccess)
        {
            _events.Pod(_target.Pod, _target.Container.Name, EventReasons.Warning, EventReasons.Unhealthy, $"{name} probe failed: {outcome.Message}");
        }
        else if (outcome.IsWarning)
        {
            _events.Pod(_target.Pod, _target.Container.Name, EventReasons.Warning, EventReasons.ProbeWarning, $"{name} probe warning: {outcome.Message}");
        }
    }
}
