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
    }

    protected override void Validate(WriteContext context, HorizontalPodAutoscaler scaler, FieldErrors errors) =>
        HpaValidation.Validate(
            scaler.Spec.ScaleTargetRef.Kind, scaler.Spec.ScaleTargetRef.Name, scaler.Spec.MinReplicas, scaler.Spec.MaxReplicas, errors);
}
