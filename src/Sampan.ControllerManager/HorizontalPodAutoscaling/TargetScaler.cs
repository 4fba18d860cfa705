using Sampan.Api.Autoscaling.V1;
using Sampan.Client.Events;
using Sampan.ControllerManager.Common;
using static Sampan.ControllerManager.HorizontalPodAutoscaling.AutoscalerConditions;
using HorizontalPodAutoscaler = Sampan.Api.Autoscaling.V2.HorizontalPodAutoscaler;

namespace Sampan.ControllerManager.HorizontalPodAutoscaling;

/// <summary>Reads and sets the size of an autoscaler's target, and says on the autoscaler how that went.</summary>
internal sealed class TargetScaler(ScaleClient scales, EventRecorder events, TimeProvider time)
{
    private const int MaxTries = 5;

    public async Task<(GroupVersionResource Resource, Scale Scale)> ReadAsync(HorizontalPodAutoscaler autoscaler, CancellationToken cancellationToken)
    {
        var reference = autoscaler.Spec.ScaleTargetRef;
        try
        {
            var found = await scales.GetAsync(autoscaler.Metadata.Namespace, reference.ApiVersion ?? "v1", reference.Kind, reference.Name, cancellationToken);
            Set(autoscaler, AbleToScale, true, "SucceededGetScale", "the HPA controller was able to get the target's current scale", time.GetUtcNow());
            return found;
        }
        catch (Exception e) when (e is StatusException or ApiConnectionException)
        {
            events.Event(autoscaler, "Warning", "FailedGetScale", e.Message);
            Set(autoscaler, AbleToScale, false, "FailedGetScale", $"the HPA controller was unable to get the target's current scale: {e.Message}", time.GetUtcNow());
            throw;
        }
    }

    public async Task RescaleAsync(
        HorizontalPodAutoscaler autoscaler, GroupVersionResource resource, Scale scale, int desired, string reason, CancellationToken cancellationToken)
    {
        try
        {
            await UpdateAsync(resource, scale, desired, cancellationToken);
        }
        catch (Exception e) when (e is StatusException or ApiConnectionException)
        {
            events.Event(autoscaler, "Warning", "FailedRescale", $"New size: {desired}; reason: {reason}; error: {e.Message}");
            Set(autoscaler, AbleToScale, false, "FailedUpdateScale", $"the HPA controller was unable to update the target scale: {e.Message}", time.GetUtcNow());
            throw;
        }

        Set(autoscaler, AbleToScale, true, "SucceededRescale", $"the HPA controller was able to update the target scale to {desired}", time.GetUtcNow());
        events.Event(autoscaler, "Normal", "SuccessfulRescale", $"New size: {desired}; reason: {reason}");
    }

    /// <summary>The target's own controller writes it all the time: a conflict means to look again, not to give up.</summary>
    private async Task UpdateAsync(GroupVersionResource resource, Scale scale, int desired, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var copy = scale.DeepClone();
            copy.Spec.Replicas = desired;
            try
            {
                await scales.UpdateAsync(resource, copy, cancellationToken);
                return;
            }
            catch (StatusException e) when (e.IsConflict && attempt < MaxTries)
            {
                scale = await scales.ReadAsync(resource, scale.Metadata.Namespace, scale.Metadata.Name, cancellationToken);
            }
        }
    }
}
