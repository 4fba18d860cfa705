using System.Collections.Concurrent;
using Sampan.Api.Autoscaling.V2;
using Sampan.Api.Core.V1;
using Sampan.Api.Selectors;
using Sampan.ControllerManager.Common;
using static Sampan.ControllerManager.HorizontalPodAutoscaling.AutoscalerConditions;

namespace Sampan.ControllerManager.HorizontalPodAutoscaling;

/// <summary>Keeps metrics near their targets by changing the number of replicas. Upstream: pkg/controller/podautoscaler.</summary>
internal sealed class HorizontalPodAutoscalerController : Controller
{
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromMinutes(30);

    /// <summary>Present values alone are written this often: nothing but a reader's eye waits for them.</summary>
    private static readonly TimeSpan ValuesPeriod = TimeSpan.FromSeconds(15);

    private readonly Informer<HorizontalPodAutoscaler> _autoscalers;
    private readonly Informer<Pod> _pods;
    private readonly OwnWrites<HorizontalPodAutoscaler> _writes;
    private readonly AutoscalerOptions _options;
    private readonly TargetScaler _targets;
    private readonly MetricSet _metrics;
    private readonly ScalingRules _rules;
    private readonly AutoscalerMetrics _counts;
    private readonly ConcurrentDictionary<ObjectKey, ScaleHistory> _histories = new();
    private readonly ConcurrentDictionary<ObjectKey, Selector> _selectors = new();

    public HorizontalPodAutoscalerController(ControllerContext context, AutoscalerOptions options)
        : base("horizontal-pod-autoscaler", context)
    {
        _options = options;
        _counts = new AutoscalerMetrics(context.Metrics);
        _autoscalers = Watch(context.Informers.For<HorizontalPodAutoscaler>(), OnChange);
        _counts.Observe(() => _autoscalers.List().Count());
        _pods = Use<Pod>();
        _writes = Writes(_autoscalers);
        var scales = new ScaleClient(Client);
        _targets = new TargetScaler(scales, Events, context.Time);
        _rules = new ScalingRules(options);
        _metrics = new MetricSet(
            new MetricEvaluator(new MetricsClient(Client), new ReplicaCalculator(options, context.Time), scales, options.Tolerance), Events, context.Time, _counts);
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_autoscalers.Get(key) is not { Metadata.DeletionTimestamp: null } cached)
        {
            _counts.Forget(key);
            _histories.TryRemove(key, out _);
            _selectors.TryRemove(key, out _);
            return ReconcileResult.Done;
        }

        var (autoscaler, history) = (cached.DeepClone(), _histories.GetOrAdd(key, _ => new ScaleHistory()));
        var (started, change, failure) = (Time.GetTimestamp(), 0, (Exception?)null);
        try
        {
            change = await ScaleAsync(key, autoscaler, history, cancellationToken);
        }
        catch (Exception e) when (e is MetricException or StatusException or ApiConnectionException)
        {
            failure = e;
            Log.LogDebug("{Key}: {Reason}", key, e.Message);
        }

        _counts.Reconciled(change, failure, Time.GetElapsedTime(started));
        _counts.Desires(key, autoscaler.Status.DesiredReplicas);
        if (IsWorthWriting(cached.Status, autoscaler.Status, history)) await WriteStatusAsync(autoscaler, history, cancellationToken);
        return ReconcileResult.RequeueAfter(_options.SyncPeriod);
    }

    /// <summary>Its own status does not wake it: metrics are looked at once in a period, not whenever they differ.</summary>
    private void OnChange(HorizontalPodAutoscaler? old, HorizontalPodAutoscaler? current)
    {
        if (old is null || current is null || !old.Spec.DeepEquals(current.Spec)) Queue.Add(KeyOf((current ?? old)!));
    }

    private bool IsWorthWriting(HorizontalPodAutoscalerStatus known, HorizontalPodAutoscalerStatus status, ScaleHistory history)
    {
        if (status.DeepEquals(known)) return false;
        var rest = status.DeepClone();
        rest.CurrentMetrics = known.CurrentMetrics;
        return !rest.DeepEquals(known) || Time.GetUtcNow() - history.WrittenAt >= ValuesPeriod;
    }

    private async Task WriteStatusAsync(HorizontalPodAutoscaler autoscaler, ScaleHistory history, CancellationToken cancellationToken)
    {
        try
        {
            await _writes.UpdateStatusAsync(autoscaler, cancellationToken);
            history.WrittenAt = Time.GetUtcNow();
        }
        catch (StatusException e) when (!e.IsConflict)
        {
            Events.Event(autoscaler, "Warning", "FailedUpdateStatus", e.Message);
            throw;
        }
    }

    /// <summary>Returns by how many replicas the target grew.</summary>
    private async Task<int> ScaleAsync(ObjectKey key, HorizontalPodAutoscaler autoscaler, ScaleHistory history, CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        var (resource, scale) = await _targets.ReadAsync(autoscaler, cancellationToken);
        var (status, current) = (autoscaler.Status, scale.Spec.Replicas);
        history.Start(current, now);
        (status.CurrentReplicas, status.ObservedGeneration, status.CurrentMetrics) = (current, autoscaler.Metadata.Generation, null);
        var (desired, reason) = await DesiredAsync(key, autoscaler, scale, history, now, cancellationToken);
        if (desired != current)
        {
            await _targets.RescaleAsync(autoscaler, resource, scale, desired, reason, cancellationToken);
            history.Changed(desired - current, now, LongestPeriod);
            status.LastScaleTime = now;
        }

        status.DesiredReplicas = desired;
        return desired - current;
    }

    private async Task<(int Replicas, string Reason)> DesiredAsync(
        ObjectKey key, HorizontalPodAutoscaler autoscaler, Api.Autoscaling.V1.Scale scale, ScaleHistory history, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (current, min, max) = (scale.Spec.Replicas, autoscaler.Spec.MinReplicas ?? 1, autoscaler.Spec.MaxReplicas);
        if (current == 0)
        {
            Set(autoscaler, ScalingActive, false, "ScalingDisabled", "scaling is disabled since the replica count of the target is zero", now);
            return (0, "");
        }

        if (current > max) return (max, "Current number of replicas above Spec.MaxReplicas");
        if (current < min) return (min, "Current number of replicas below Spec.MinReplicas");
        var proposal = await _metrics.ComputeAsync(autoscaler, TargetOf(key, autoscaler, scale), cancellationToken);
        var decision = _rules.Decide(autoscaler, current, proposal.Replicas, history, now);
        Set(autoscaler, AbleToScale, true, decision.Able.Reason, decision.Able.Message, now);
        Set(autoscaler, ScalingLimited, decision.Limited.IsLimited, decision.Limited.Reason, decision.Limited.Message, now);
        return (decision.Replicas, proposal.Replicas > current ? $"{proposal.Name} above target" : "All metrics below target");
    }

    private ScaleTarget TargetOf(ObjectKey key, HorizontalPodAutoscaler autoscaler, Api.Autoscaling.V1.Scale scale)
    {
        if (string.IsNullOrEmpty(scale.Status.Selector))
            throw Inactive(autoscaler, "SelectorRequired", "InvalidSelector", "selector is required", "the HPA target's scale is missing a selector");
        Selector selector;
        try
        {
            selector = Selector.Parse(scale.Status.Selector);
        }
        catch (SelectorFormatException e)
        {
            var wrong = $"couldn't convert selector into a corresponding internal selector object: {e.Message}";
            throw Inactive(autoscaler, "InvalidSelector", "InvalidSelector", wrong, wrong);
        }

        _selectors[key] = selector;
        var pods = _pods.List(key.Namespace).Where(p => selector.Matches(p.Metadata.Labels)).ToList();
        var rivals = _selectors.Where(s => s.Key.Namespace == key.Namespace && s.Key != key && pods.Exists(p => s.Value.Matches(p.Metadata.Labels)))
            .Select(s => s.Key.ToString()).Order(StringComparer.Ordinal).ToList();
        if (rivals.Count == 0) return new(scale, selector, pods);
        var ambiguous = $"pods by selector {selector} are controlled by multiple HPAs: [{string.Join(' ', rivals.Append(key.ToString()).Order(StringComparer.Ordinal))}]";
        throw Inactive(autoscaler, "AmbiguousSelector", "AmbiguousSelector", ambiguous, ambiguous);
    }

    private MetricException Inactive(HorizontalPodAutoscaler autoscaler, string eventReason, string reason, string said, string message)
    {
        Events.Event(autoscaler, "Warning", eventReason, said);
        Set(autoscaler, ScalingActive, false, reason, message, Time.GetUtcNow());
        return new MetricException(said) { IsOfSpec = true };
    }
}
