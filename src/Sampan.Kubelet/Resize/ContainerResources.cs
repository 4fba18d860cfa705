using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Resize;

/// <summary>What a container, or a pod as a whole, asks for and may use.</summary>
internal sealed record ContainerResources(IReadOnlyDictionary<string, Quantity> Requests, IReadOnlyDictionary<string, Quantity> Limits)
{
    public static ContainerResources Of(Container container) =>
        new(container.Resources.Requests.OrEmpty().ToDictionary(), container.Resources.Limits.OrEmpty().ToDictionary());

    /// <summary>What a pod as a whole asks for and may use.</summary>
    public static ContainerResources Of(PodSpec spec) =>
        new((spec.Resources?.Requests).OrEmpty().ToDictionary(), (spec.Resources?.Limits).OrEmpty().ToDictionary());

    public bool IsNone => Requests.Count == 0 && Limits.Count == 0;

    public bool Equals(ContainerResources? other) => other is not null && Same(Requests, other.Requests) && Same(Limits, other.Limits);

    public override int GetHashCode() => HashCode.Combine(Requests.Count, Limits.Count);

    /// <summary>The resources that differ.</summary>
    public IEnumerable<string> DifferencesFrom(ContainerResources other) => Requests.Keys.Concat(Limits.Keys).Concat(other.Requests.Keys).Concat(other.Limits.Keys)
        .Distinct()
        .Where(name => Value(Requests, name) != Value(other.Requests, name) || Value(Limits, name) != Value(other.Limits, name));

    /// <summary>These in place of a container's or a pod's own; what else is stated there stays.</summary>
    public void ApplyTo(ResourceRequirements resources)
    {
        resources.Requests = Requests.Count > 0 ? Requests.ToDictionary() : null;
        resources.Limits = Limits.Count > 0 ? Limits.ToDictionary() : null;
    }

    /// <summary>As a status shows them.</summary>
    public ResourceRequirements ToStatus()
    {
        var resources = new ResourceRequirements();
        ApplyTo(resources);
        return resources;
    }

    private static bool Same(IReadOnlyDictionary<string, Quantity> a, IReadOnlyDictionary<string, Quantity> b) =>
        a.Count == b.Count && a.All(entry => b.TryGetValue(entry.Key, out var value) && value == entry.Value);

    private static Quantity Value(IReadOnlyDictionary<string, Quantity> list, string name) => list.GetValueOrDefault(name);
}
