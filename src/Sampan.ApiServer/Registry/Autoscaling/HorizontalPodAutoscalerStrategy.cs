using Sampan.Api;
using Sampan.Api.Autoscaling.V2;

namespace Sampan.ApiServer.Registry.Autoscaling;

/// <summary>Horizontal pod autoscalers, as autoscaling/v2.</summary>
internal sealed class HorizontalPodAutoscalerStrategy() : SpecStatusStrategy<HorizontalPodAutoscaler>(Parts, hasGeneration: false)
{
    private static readonly SpecStatus<HorizontalPodAutoscaler> Parts = new(
        (from, to) => to.Spec = from.Spec,
        (from, to) => to.Status = from.Status,
        scaler => scaler.Status = new HorizontalPodAutoscalerStatus(),
        (a, b) => a.Spec.DeepEquals(b.Spec));

    protected override void Default(HorizontalPodAutoscaler scaler)
    {
        scaler.Spec.MinReplicas ??= 1;
        if (scaler.Spec.Metrics.OrEmpty().Count == 0)
        {
            scaler.Spec.Metrics = [HorizontalPodAutoscalerConversion.CpuUtilization(HorizontalPodAutoscalerConversion.DefaultUtilization)];
        }
        if (scaler.Spec.Behavior is { } behavior)
        {
            behavior.ScaleUp = WithDefaults(
                behavior.ScaleUp, 0, [new() { Type = "Pods", Value = 4, PeriodSeconds = 15 }, new() { Type = "Percent", Value = 100, PeriodSeconds = 15 }]);
            behavior.ScaleDown = WithDefaults(behavior.ScaleDown, null, [new() { Type = "Percent", Value = 100, PeriodSeconds = 15 }]);
        }
    }

    protected override void Validate(WriteContext context, HorizontalPodAutoscaler scaler, FieldErrors errors) =>
        HpaValidation.Validate(scaler.Spec, HpaValidation.LowestOf(null), errors);

    protected override void ValidateUpdate(WriteContext context, HorizontalPodAutoscaler scaler, HorizontalPodAutoscaler old, FieldErrors errors) =>
        HpaValidation.Validate(scaler.Spec, HpaValidation.LowestOf(old.Spec.MinReplicas), errors);

    protected override void ValidateStatusUpdate(
        WriteContext context, HorizontalPodAutoscaler scaler, HorizontalPodAutoscaler old, FieldErrors errors) =>
        HpaValidation.ValidateStatus(scaler.Status.CurrentReplicas, scaler.Status.DesiredReplicas, errors);

    private static HPAScalingRules WithDefaults(HPAScalingRules? rules, int? window, List<HPAScalingPolicy> policies)
    {
        rules ??= new HPAScalingRules();
        rules.StabilizationWindowSeconds ??= window;
        rules.SelectPolicy ??= "Max";
        rules.Policies ??= policies;
        return rules;
    }
}
