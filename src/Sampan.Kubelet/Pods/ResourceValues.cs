using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Pods;

/// <summary>The values of <c>resourceFieldRef</c>; a limit that is not set is what the node can give.</summary>
internal static class ResourceValues
{
    /// <summary>The value in units of the divisor, rounded up; null when the resource is none that the downward API offers.</summary>
    public static string? Get(ResourceFieldSelector selector, Container container, IReadOnlyDictionary<string, Quantity> allocatable)
    {
        var (kind, resource) = selector.Resource.Split('.', 2) is [var k, var r] ? (k, r) : ("", "");
        Quantity? value = kind switch
        {
            "limits" => PodResources.Value(container.Resources.Limits, resource) is { IsZero: false } limit
                ? limit
                : allocatable.GetValueOrDefault(resource),
            "requests" => PodResources.RequestOf(container, resource),
            _ => null,
        };
        return value is { } quantity ? Divide(quantity, selector.Divisor, resource).ToString() : null;
    }

    private static long Divide(Quantity value, Quantity divisor, string resource)
    {
        var unit = divisor.IsZero ? new Quantity(1) : divisor;
        var (dividend, by) = resource == PodResources.Cpu ? (value.AsMilli(), unit.AsMilli()) : (value.AsLong(), unit.AsLong());
        return by == 0 ? 0 : (dividend + by - 1) / by;
    }
}
