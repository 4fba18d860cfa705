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
    private readonly Informer<HorizontalPodAutoscaler> _autoscalers;
    private readonly Informer<Pod> _pods;
    private readonly OwnWrites<HorizontalPodAutoscaler> _writes;
    private readonly AutoscalerOptions _options;
    private readonly ScaleClient _scales;
    private readonly MetricSet _metrics;
    private readonly ScalingRules _rules;
    private readonly ConcurrentDictionary<ObjectKey, ScaleHistory> _histories = new();
    private readonly ConcurrentDictionary<ObjectKey, Selector> _selectors = new();

    public HorizontalPodAutoscalerController(ControllerContext context, AutoscalerOptions options)
        : base("horizontal-pod-autoscaler", context)
    {
        _options = options;
        _autoscalers = Watch(context.Informers.For<HorizontalPodAutoscaler>(), OnChange);
        _pods = Use<Pod>();
        _writes = Writes(_autoscalers);
        _scales = new ScaleClient(Client);
        _rules = new ScalingRules(options);
        _metrics = new MetricSet(
            new MetricEvaluator(new MetricsClient(Client), new ReplicaCalculator(options, context.Time), _scales, options.Tolerance), Events, context.Time);
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_autoscalers.Get(key) is not { Metadata.DeletionTimestamp: null } cached)
        {
            _histories.TryRemove(key, out _);
            _selectors.TryRemove(key, out _);
            return ReconcileResult.Done;
        }

        var autoscaler = cached.DeepClone();
        try
        {
            await ScaleAsync(key, autoscaler, cancellationToken);
        }
        catch (Exception e) when (e is MetricException or StatusException or ApiConnectionException)
        {
            Log.LogDebug("{Key}: {Reason}", key, e.Message);
        }

        if (!autoscaler.Status.DeepEquals(cached.Status)) await _writes.UpdateStatusAsync(autoscaler, cancellationToken);
        return ReconcileResult.RequeueAfter(_options.SyncPeriod);
    }

    /// <summary>Its own status does not wake it: metrics are looked at once in a period, not whenever they differ.</summary>
    private void OnChange(HorizontalPodAutoscaler? old, HorizontalPodAutoscaler? current)
    {
        if (old is null || current is null || !old.Spec.DeepEquals(current.Spec)) Queue.Add(KeyOf((current ?? old)!));
    }

    private async Task ScaleAsync(ObjectKey key, HorizontalPodAutoscaler autoscaler, CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        var reference = autoscaler.Spec.ScaleTargetRef;
        var (resource, scale) = await ReadScaleAsync(key, autoscaler, reference, cancellationToken);
        Set(autoscaler, AbleToScale, true, "SucceededGetScale", "the HPA controller was able to get the target's current scale", now);
        var current = scale.Spec.Replicas;
        var history = _histories.GetOrAdd(key, _ => new ScaleHistory());
        history.Start(current, now);
        var status = autoscaler.Status;
        (status.CurrentReplicas, status.ObservedGeneration) = (scale.Status.Replicas, autoscaler.Metadata.Generation);

        var (desired, reason) = await DesiredAsync(key, autoscaler, scale, history, now, cancellationToken);
        if (desired != current)
        {
            await RescaleAsync(autoscaler, resource, scale, desired, reason, cancellationToken);
            history.Changed(desired - current, now, LongestPeriod);
            status.LastScaleTime = now;
        }

        status.DesiredReplicas = desired;
    }

    private async Task<(GroupVersionResource Resource, Api.Autoscaling.V1.Scale Scale)> ReadScaleAsync(
        ObjectKey key, HorizontalPodAutoscaler autoscaler, CrossVersionObjectReference reference, CancellationToken cancellationToken)
    {
        try
        {
            return await _scales.GetAsync(key.Namespace, reference.ApiVersion ?? "v1", reference.Kind, reference.Name, cancellationToken);
        }
        catch (Exception e) when (e is StatusException or ApiConnectionException)
        {
            Events.Event(autoscaler, "Warning", "FailedGetScale", e.Message);
            Set(autoscaler, AbleToScale, false, "FailedGetScale", $"the HPA controller was unable to get the target's current scale: {e.Message}", Time.GetUtcNow());
            throw;
        }
    }

    private async Task<(int Replicas, string Reason)> DesiredAsync(
        ObjectKey key, HorizontalPodAutoscaler autoscaler, Api.Autoscaling.V1.Scale scale, ScaleHistory history, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (current, min, max) = (scale.Spec.Replicas, autoscaler.Spec.MinReplicas ?? 1, autoscaler.Spec.MaxReplicas);
        if (current == 0 && min != 0)
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
        return (decision.Replicas, decision.Replicas > current ? $"{proposal.Name} above target" : "All metrics below target");
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
        return new MetricException(said);
    }

    private async Task RescaleAsync(
        HorizontalPodAutoscaler autoscaler, GroupVersionResource resource, Api.Autoscaling.V1.Scale scale, int desired, string reason, CancellationToken cancellationToken)
    {
        var copy = scale.DeepClone();
        copy.Spec.Replicas = desired;
        try
        {
            await _scales.UpdateAsync(resource, copy, cancellationToken);
        }
        catch (Exception e) when (e is StatusException or ApiConnectionException)
        {
            Events.Event(autoscaler, "Warning", "FailedRescale", $"New size: {desired}; reason: {reason}; error: {e.Message}");
            Set(autoscaler, AbleToScale, false, "FailedUpdateScale", $"the HPA controller was unable to update the target scale: {e.Message}", Time.GetUtcNow());
            throw;
        }

        Set(autoscaler, AbleToScale, true, "SucceededRescale", $"the HPA controller was able to update the target scale to {desired}", Time.GetUtcNow());
        Events.Event(autoscaler, "Normal", "SuccessfulRescale", $"New size: {desired}; reason: {reason}");
    }
}
