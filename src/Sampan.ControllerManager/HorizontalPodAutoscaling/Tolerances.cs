using Sampan.Api.Autoscaling.V2;

namespace Sampan.ControllerManager.HorizontalPodAutoscaling;

/// <summary>How far below and above 1 the ratio of usage to target may be without any change.</summary>
internal readonly record struct Tolerances(double Down, double Up)
{
    public static Tolerances Of(HorizontalPodAutoscaler autoscaler, double standard) => new(
        autoscaler.Spec.Behavior?.ScaleDown?.Tolerance?.AsDouble() ?? standard, autoscaler.Spec.Behavior?.ScaleUp?.Tolerance?.AsDouble() ?? standard);

    public bool Cover(double ratio) => 1 - Down <= ratio && ratio <= 1 + Up;
}
