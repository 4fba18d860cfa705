using Sampan.Api.Autoscaling.V2;

namespace Sampan.ControllerManager.HorizontalPodAutoscaling;

/// <summary>
/// Why one metric has no value, in upstream's words: a reason and a message for the condition and its event, and the summary that names the
/// metric where all of them are spoken of.
/// </summary>
internal sealed record MetricFailure(string Reason, string Message, string Summary)
{
    /// <summary>True when the autoscaler asks for what does not exist.</summary>
    public bool IsOfSpec { get; private init; }

    public static MetricFailure Of(MetricSpec spec, MetricException failure) => Describe(spec, failure) with { IsOfSpec = failure.IsOfSpec };

    private static MetricFailure Describe(MetricSpec spec, MetricException failure)
    {
        var (type, inner, outer) = Describe(spec);
        if (type.Length == 0) return new("InvalidMetricSourceType", failure.Message, failure.Message);
        var message = spec.Type is "Resource" or "ContainerResource" ? Join(failure.IsOfSpec ? "" : inner, failure.Message) : failure.Message;
        var summary = spec.Type is "Resource" or "ContainerResource" || failure.IsOfSpec ? message : Join(inner, message);
        return new($"FailedGet{type}Metric", message, Join(outer, summary));
    }

    private static (string Type, string Inner, string Outer) Describe(MetricSpec spec) => spec switch
    {
        { Type: "Resource", Resource: { } r } => ("Resource", $"failed to get {r.Name} {Kind(r.Target)}", $"failed to get {r.Name} resource metric value"),
        { Type: "ContainerResource", ContainerResource: { } c } =>
            ("ContainerResource", $"failed to get {c.Name} {Kind(c.Target)}", $"failed to get {c.Container} container metric value"),
        { Type: "Pods", Pods: not null } => ("Pods", "", "failed to get pods metric value"),
        { Type: "Object", Object: { } o } =>
            ("Object", o.Target.Type == "AverageValue" ? $"failed to get {o.Metric.Name} object metric" : "", "failed to get object metric value"),
        { Type: "External", External: { } e } => (
            "External",
            e.Target.AverageValue is null ? $"failed to get external metric {e.Metric.Name}" : $"failed to get {e.Metric.Name} external metric",
            $"failed to get {e.Metric.Name} external metric value"),
        _ => ("", "", ""),
    };

    private static string Kind(MetricTarget target) => target.AverageValue is null ? "utilization" : "usage";

    private static string Join(string before, string message) => before.Length == 0 ? message : $"{before}: {message}";
}
