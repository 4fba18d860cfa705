using Sampan.Api;
using Sampan.Api.Autoscaling.V2;
using V1 = Sampan.Api.Autoscaling.V1;

namespace Sampan.ApiServer.Registry.Autoscaling;

/// <summary>autoscaling/v1 knows one metric, the CPU's utilization; v2 is stored. A change through v1 replaces that metric.</summary>
internal static class HorizontalPodAutoscalerConversion
{
    /// <summary>Percent of the request, when nothing is asked for.</summary>
    public const int DefaultUtilization = 80;

    public static IObject ToServed(IObject stored)
    {
        var v2 = ((HorizontalPodAutoscaler)stored).DeepClone();
        var cpu = v2.Spec.Metrics.OrEmpty().FirstOrDefault(IsCpuUtilization);
        var v1 = new V1.HorizontalPodAutoscaler
        {
            Metadata = v2.Metadata,
            Spec = new V1.HorizontalPodAutoscalerSpec
            {
                ScaleTargetRef = new() { Kind = v2.Spec.ScaleTargetRef.Kind, Name = v2.Spec.ScaleTargetRef.Name, ApiVersion = v2.Spec.ScaleTargetRef.ApiVersion },
                MinReplicas = v2.Spec.MinReplicas,
                MaxReplicas = v2.Spec.MaxReplicas,
                TargetCPUUtilizationPercentage = cpu?.Resource?.Target.AverageUtilization,
            },
            Status = new V1.HorizontalPodAutoscalerStatus
            {
                ObservedGeneration = v2.Status.ObservedGeneration,
                LastScaleTime = v2.Status.LastScaleTime,
                CurrentReplicas = v2.Status.CurrentReplicas,
                DesiredReplicas = v2.Status.DesiredReplicas,
                CurrentCPUUtilizationPercentage = v2.Status.CurrentMetrics.OrEmpty()
                    .FirstOrDefault(metric => metric.Resource?.Name == "cpu")?.Resource?.Current.AverageUtilization,
            },
        };
        HpaAnnotations.Write(
            v2, [.. v2.Spec.Metrics.OrEmpty().Where(metric => !IsCpuUtilization(metric))],
            (name, text) => (v1.Metadata.Annotations ??= [])[name] = text);
        return v1;
    }

    public static IObject ToStored(IObject served)
    {
        var v1 = ((V1.HorizontalPodAutoscaler)served).DeepClone();
        var v2 = new HorizontalPodAutoscaler
        {
            Metadata = v1.Metadata,
            Spec = new HorizontalPodAutoscalerSpec
            {
                ScaleTargetRef = new() { Kind = v1.Spec.ScaleTargetRef.Kind, Name = v1.Spec.ScaleTargetRef.Name, ApiVersion = v1.Spec.ScaleTargetRef.ApiVersion },
                MinReplicas = v1.Spec.MinReplicas,
                MaxReplicas = v1.Spec.MaxReplicas,
                Metrics = [],
            },
            Status = new HorizontalPodAutoscalerStatus
            {
                ObservedGeneration = v1.Status.ObservedGeneration,
                LastScaleTime = v1.Status.LastScaleTime,
                CurrentReplicas = v1.Status.CurrentReplicas,
                DesiredReplicas = v1.Status.DesiredReplicas,
            },
        };
        if (v1.Spec.TargetCPUUtilizationPercentage is { } percentage)
        {
            v2.Spec.Metrics.Add(CpuUtilization(percentage));
        }
        if (v1.Status.CurrentCPUUtilizationPercentage is { } used)
        {
            v2.Status.CurrentMetrics =
            [
                new() { Type = "Resource", Resource = new ResourceMetricStatus { Name = "cpu", Current = new MetricValueStatus { AverageUtilization = used } } },
            ];
        }
        HpaAnnotations.Read(v2);
        if (v2.Spec.Metrics.Count == 0)
        {
            v2.Spec.Metrics.Add(CpuUtilization(DefaultUtilization));
        }
        return v2;
    }

    public static MetricSpec CpuUtilization(int percentage) => new()
    {
        Type = "Resource",
        Resource = new ResourceMetricSource { Name = "cpu", Target = new MetricTarget { Type = "Utilization", AverageUtilization = percentage } },
    };

    private static bool IsCpuUtilization(MetricSpec metric) =>
        metric is { Type: "Resource", Resource: { Name: "cpu", Target.AverageUtilization: not null } };
}
