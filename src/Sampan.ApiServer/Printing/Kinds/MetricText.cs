using Sampan.Api;
using Sampan.Api.Autoscaling.V2;

namespace Sampan.ApiServer.Printing.Kinds;

/// <summary>An autoscaler's metrics as "current/target", the first two of them.</summary>
internal static class MetricText
{
    private const int Shown = 2;

    public static string Of(IReadOnlyList<MetricSpec> specs, IReadOnlyList<MetricStatus> statuses)
    {
        if (specs.Count == 0)
        {
            return CellText.None;
        }

        string shown = string.Join(", ", specs.Take(Shown).Select((spec, i) => One(spec, i < statuses.Count ? statuses[i] : null)));
        return specs.Count > Shown ? $"{shown} + {specs.Count - Shown} more..." : shown;
    }

    private static string One(MetricSpec spec, MetricStatus? status) => spec switch
    {
        { Type: "External", External: { } external } => AverageOrValue(external.Target, status?.External?.Current),
        { Type: "Object", Object: { } target } => AverageOrValue(target.Target, status?.Object?.Current),
        { Type: "Pods", Pods: { } pods } => $"{Text(status?.Pods?.Current.AverageValue)}/{pods.Target.AverageValue}",
        { Type: "Resource", Resource: { } resource } => Resource(resource.Name, resource.Target, status?.Resource?.Current),
        { Type: "ContainerResource", ContainerResource: { } resource } => Resource(resource.Name, resource.Target, status?.ContainerResource?.Current),
        _ => "<unknown type>",
    };

    private static string AverageOrValue(MetricTarget target, MetricValueStatus? current) => target.AverageValue is { } average
        ? $"{Text(current?.AverageValue)}/{average} (avg)"
        : $"{Text(current?.Value)}/{target.Value}";

    private static string Resource(string name, MetricTarget target, MetricValueStatus? current)
    {
        if (target.AverageValue is { } average)
        {
            return $"{name}: {Text(current?.AverageValue)}/{average}";
        }

        string used = current?.AverageUtilization is { } percent ? $"{percent}%" : CellText.Unknown;
        return $"{name}: {used}/{(target.AverageUtilization is { } wanted ? $"{wanted}%" : "<auto>")}";
    }

    private static string Text(Quantity? value) => value?.ToString() ?? CellText.Unknown;
}
