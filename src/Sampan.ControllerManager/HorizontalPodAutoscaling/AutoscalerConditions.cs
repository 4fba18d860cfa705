using Sampan.Api.Autoscaling.V2;

namespace Sampan.ControllerManager.HorizontalPodAutoscaling;

/// <summary>An autoscaler's conditions: whether it can act, whether it has a metric, whether something limits it.</summary>
internal static class AutoscalerConditions
{
    public const string AbleToScale = "AbleToScale";
    public const string ScalingActive = "ScalingActive";
    public const string ScalingLimited = "ScalingLimited";

    public static void Set(HorizontalPodAutoscaler autoscaler, string type, bool value, string reason, string message, DateTimeOffset now)
    {
        var status = value ? "True" : "False";
        var conditions = autoscaler.Status.Conditions ??= [];
        if (conditions.Find(c => c.Type == type) is not { } known) conditions.Add(known = new() { Type = type });
        if (known.Status != status) known.LastTransitionTime = now;
        (known.Status, known.Reason, known.Message) = (status, reason, message);
    }
}
