using System.Globalization;
using Sampan.Api;
using Sampan.Api.Autoscaling.V1;
using Sampan.ApiServer.Registry.Autoscaling;
using static Sampan.ApiServer.Printing.Columns;
using AutoscalerV1 = Sampan.Api.Autoscaling.V1.HorizontalPodAutoscaler;
using AutoscalerV2 = Sampan.Api.Autoscaling.V2.HorizontalPodAutoscaler;

namespace Sampan.ApiServer.Printing.Kinds;

/// <summary>Autoscalers and the scale that they set.</summary>
internal static class AutoscalingTables
{
    public static TableColumns Autoscalers { get; } = new TableColumns<AutoscalerV2>
    {
        Name<AutoscalerV2>(),
        Text<AutoscalerV2>("Reference", "What is scaled.", a => $"{a.Spec.ScaleTargetRef.Kind}/{a.Spec.ScaleTargetRef.Name}"),
        Text<AutoscalerV2>("Targets", "Current and wanted metrics.", a => MetricText.Of(a.Spec.Metrics.OrEmpty(), a.Status.CurrentMetrics.OrEmpty())),
        Text<AutoscalerV2>("MinPods", "The fewest pods.", a => Number(a.Spec.MinReplicas)),
        Make<AutoscalerV2>("MaxPods", "string", "The most pods.", (a, _) => a.Spec.MaxReplicas),
        Make<AutoscalerV2>("Replicas", "string", "The pods there are.", (a, _) => a.Status.CurrentReplicas),
        Age<AutoscalerV2>(),
    };

    public static TableColumns AutoscalersV1 { get; } = new TableColumns<AutoscalerV1>
    {
        Name<AutoscalerV1>(),
        Text<AutoscalerV1>("Reference", "What is scaled.", a => $"{a.Spec.ScaleTargetRef.Kind}/{a.Spec.ScaleTargetRef.Name}"),
        Text<AutoscalerV1>("Targets", "Current and wanted metrics.", Targets),
        Text<AutoscalerV1>("MinPods", "The fewest pods.", a => Number(a.Spec.MinReplicas)),
        Make<AutoscalerV1>("MaxPods", "string", "The most pods.", (a, _) => a.Spec.MaxReplicas),
        Make<AutoscalerV1>("Replicas", "string", "The pods there are.", (a, _) => a.Status.CurrentReplicas),
        Age<AutoscalerV1>(),
    };

    public static TableColumns Scales { get; } = new TableColumns<Scale>
    {
        Text<Scale>("Name", "The object's name.", s => s.Metadata.Name),
        Number<Scale>("Desired", "How many pods are wanted.", s => s.Spec.Replicas),
        Number<Scale>("Available", "How many pods there are.", s => s.Status.Replicas),
        Age<Scale>(),
    };

    private static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? CellText.Unset;

    /// <summary>All metrics, also those that v1 shows in annotations only.</summary>
    private static string Targets(AutoscalerV1 autoscaler)
    {
        var stored = (AutoscalerV2)HorizontalPodAutoscalerConversion.ToStored(autoscaler);
        return MetricText.Of(stored.Spec.Metrics.OrEmpty(), stored.Status.CurrentMetrics.OrEmpty());
    }
}
