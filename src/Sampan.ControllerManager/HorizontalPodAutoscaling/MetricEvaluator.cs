using Sampan.Api.Autoscaling.V2;
using Sampan.Api.Selectors;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.HorizontalPodAutoscaling;

/// <summary>Asks for one metric of an autoscaler and says how many replicas follow from it.</summary>
internal sealed class MetricEvaluator(MetricsClient client, ReplicaCalculator calculator, ScaleClient scales, double tolerance)
{
    public Task<MetricProposal> EvaluateAsync(
        HorizontalPodAutoscaler autoscaler, ScaleTarget target, MetricSpec spec, CancellationToken cancellationToken)
    {
        var (ns, tolerances) = (autoscaler.Metadata.Namespace, Tolerances.Of(autoscaler, tolerance));
        return spec switch
        {
            { Type: "Resource", Resource: { } r } => ResourceAsync(ns, target, r.Name, "", r.Target, tolerances, cancellationToken),
            { Type: "ContainerResource", ContainerResource: { } c } =>
                ResourceAsync(ns, target, c.Name, c.Container, c.Target, tolerances, cancellationToken),
            { Type: "Pods", Pods: { } p } => PodsAsync(ns, target, p, tolerances, cancellationToken),
            { Type: "Object", Object: { } o } => ObjectAsync(ns, target, o, tolerances, cancellationToken),
            { Type: "External", External: { } e } => ExternalAsync(ns, target, e, tolerances, cancellationToken),
            _ => throw Wrong($"unknown metric source type \"{spec.Type}\""),
        };
    }

    private async Task<MetricProposal> ResourceAsync(
        string ns, ScaleTarget target, string resource, string container, MetricTarget wanted, Tolerances tolerances, CancellationToken cancellationToken)
    {
        if (wanted is { AverageValue: null, AverageUtilization: null })
            throw Wrong("invalid resource metric source: neither an average utilization target nor an average value (usage) target was set");
        var metrics = await ReadAsync(
            $"unable to get metrics for resource {resource}", () => client.ResourceAsync(ns, target.Selector, resource, container, cancellationToken));
        var current = target.Scale.Spec.Replicas;
        var format = resource == "memory" ? QuantityFormat.BinarySI : QuantityFormat.DecimalSI;
        if (wanted.AverageValue is { } value)
        {
            var (replicas, average) = calculator.ByAverage(current, value.AsMilli(), resource == "cpu", target.Pods, metrics, tolerances);
            return new(replicas, $"{resource} resource", Status(resource, container, new() { AverageValue = Milli(average, format) }));
        }

        var (number, utilization, used) = calculator.ByUtilization(current, wanted.AverageUtilization!.Value, resource, container, target.Pods, metrics, tolerances);
        return new(
            number,
            $"{resource}{(container.Length > 0 ? " container" : "")} resource utilization (percentage of request)",
            Status(resource, container, new() { AverageUtilization = utilization, AverageValue = Milli(used, format) }));
    }

    private async Task<MetricProposal> PodsAsync(
        string ns, ScaleTarget target, PodsMetricSource source, Tolerances tolerances, CancellationToken cancellationToken)
    {
        var wanted = source.Target.AverageValue ?? throw Wrong("invalid pods metric source: no average value target was set");
        var metrics = await ReadAsync(
            $"unable to get metric {source.Metric.Name}", () => client.PodsAsync(ns, target.Selector, source.Metric, cancellationToken));
        var (replicas, average) = calculator.ByAverage(target.Scale.Spec.Replicas, wanted.AsMilli(), false, target.Pods, metrics, tolerances);
        return new(replicas, $"pods metric {source.Metric.Name}", new MetricStatus
        {
            Type = "Pods", Pods = new() { Metric = source.Metric.DeepClone(), Current = new() { AverageValue = Milli(average) } },
        });
    }

    private async Task<MetricProposal> ObjectAsync(
        string ns, ScaleTarget target, ObjectMetricSource source, Tolerances tolerances, CancellationToken cancellationToken)
    {
        if (!IsShared(source.Target)) throw Wrong("invalid object metric source: neither a value target nor an average value target was set");
        var about = source.DescribedObject;
        var resource = await scales.ResourceAsync(about.ApiVersion ?? "v1", about.Kind, cancellationToken)
            ?? throw new MetricException($"no matches for kind \"{about.Kind}\" in version \"{about.ApiVersion}\"");
        var namespaced = Kinds.Find(resource)?.Namespaced ?? true;
        var usage = await ReadAsync(
            $"unable to get metric {source.Metric.Name} on {about.Kind} {ns}/{about.Name}",
            () => client.ObjectAsync(ns, resource, namespaced, about.Name, source.Metric, cancellationToken));
        var (replicas, current) = Shared(target, source.Target, usage, tolerances);
        return new(
            replicas,
            source.Target.Type == "Value" ? $"{about.Kind} metric {source.Metric.Name}" : NameOf(source.Metric),
            new MetricStatus { Type = "Object", Object = new() { DescribedObject = about.DeepClone(), Metric = source.Metric.DeepClone(), Current = current } });
    }

    private async Task<MetricProposal> ExternalAsync(
        string ns, ScaleTarget target, ExternalMetricSource source, Tolerances tolerances, CancellationToken cancellationToken)
    {
        if (!IsShared(source.Target)) throw Wrong("invalid external metric source: neither a value target nor an average value target was set");
        var usage = await ReadAsync(
            $"unable to get external metric {ns}/{source.Metric.Name}/{GoSelectorText.Of(source.Metric.Selector)}",
            () => client.ExternalAsync(ns, source.Metric, cancellationToken));
        var (replicas, current) = Shared(target, source.Target, usage, tolerances);
        return new(replicas, NameOf(source.Metric), new MetricStatus
        {
            Type = "External", External = new() { Metric = source.Metric.DeepClone(), Current = current },
        });
    }

    /// <summary>A metric of the whole: against a total, or divided by the number of pods.</summary>
    private static (int Replicas, MetricValueStatus Current) Shared(ScaleTarget target, MetricTarget wanted, double usage, Tolerances tolerances)
    {
        if (wanted is { Type: "AverageValue", AverageValue: { } share })
        {
            var count = target.Scale.Status.Replicas;
            var average = count > 0 ? Math.Ceiling(usage / count) : 0;
            return (ReplicaCalculator.ByShare(count, usage, share.AsMilli(), tolerances), new() { AverageValue = Milli(average) });
        }

        var ratio = usage / wanted.Value!.Value.AsMilli();
        return (ReplicaCalculator.ByValue(target.Scale.Spec.Replicas, ratio, target.Pods, tolerances), new() { Value = Milli(usage) });
    }

    private static bool IsShared(MetricTarget wanted) => wanted is { Type: "AverageValue", AverageValue: not null } or { Type: "Value", Value: not null };

    /// <summary>Upstream speaks like this of a described object's metric per pod too.</summary>
    private static string NameOf(MetricIdentifier metric) => $"external metric {metric.Name}({GoSelectorText.Of(metric.Selector)})";

    private static async Task<T> ReadAsync<T>(string what, Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception e) when (e is MetricException or StatusException or ApiConnectionException)
        {
            throw new MetricException($"{what}: {e.Message}", e);
        }
    }

    private static MetricException Wrong(string message) => new(message) { IsOfSpec = true };

    private static MetricStatus Status(string resource, string container, MetricValueStatus current) => container.Length > 0
        ? new() { Type = "ContainerResource", ContainerResource = new() { Name = resource, Container = container, Current = current } }
        : new() { Type = "Resource", Resource = new() { Name = resource, Current = current } };

    private static Quantity Milli(double milli, QuantityFormat format = QuantityFormat.DecimalSI) => Quantity.FromMilli((long)milli, format);
}
