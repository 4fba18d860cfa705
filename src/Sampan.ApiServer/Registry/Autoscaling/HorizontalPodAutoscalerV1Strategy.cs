using Sampan.Api;
using Sampan.Api.Autoscaling.V1;

namespace Sampan.ApiServer.Registry.Autoscaling;

/// <summary>Horizontal pod autoscalers, as autoscaling/v1.</summary>
internal sealed class HorizontalPodAutoscalerV1Strategy() : SpecStatusStrategy<HorizontalPodAutoscaler>(Parts, hasGeneration: false)
{
    private static readonly SpecStatus<HorizontalPodAutoscaler> Parts = new(
        (from, to) => to.Spec = from.Spec,
        (from, to) => to.Status = from.Status,
        scaler => scaler.Status = new HorizontalPodAutoscalerStatus(),
        (a, b) => a.Spec.DeepEquals(b.Spec));

    protected override void Default(HorizontalPodAutoscaler scaler) => scaler.Spec.MinReplicas ??= 1;

    protected override void Validate(WriteContext context, HorizontalPodAutoscaler scaler, FieldErrors errors) =>
        HpaValidation.Validate(StoredSpec(scaler), HpaValidation.LowestOf(null), errors);

    protected override void ValidateUpdate(WriteContext context, HorizontalPodAutoscaler scaler, HorizontalPodAutoscaler old, FieldErrors errors) =>
        HpaValidation.Validate(StoredSpec(scaler), HpaValidation.LowestOf(old.Spec.MinReplicas), errors);

    protected override void ValidateStatusUpdate(
        WriteContext context, HorizontalPodAutoscaler scaler, HorizontalPodAutoscaler old, FieldErrors errors) =>
        HpaValidation.ValidateStatus(scaler.Status.CurrentReplicas, scaler.Status.DesiredReplicas, errors);

    private static Api.Autoscaling.V2.HorizontalPodAutoscalerSpec StoredSpec(HorizontalPodAutoscaler scaler) =>
        ((Api.Autoscaling.V2.HorizontalPodAutoscaler)HorizontalPodAutoscalerConversion.ToStored(scaler)).Spec;
}
