using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.EndpointSlices;

/// <summary>
/// Which Services select a pod, without asking each of them: they are indexed by one pair of their selectors.
/// <code>
/// Service web  app=web, tier=front  → "default/app=web"      pod app=web, tier=front, hash=1 → asks web only
/// Service db   app=db               → "default/app=db"
/// </code>
/// </summary>
internal sealed class ServiceSelectors
{
    private const string Index = "selector";
    private readonly Informer<Service> _services;

    public ServiceSelectors(Informer<Service> services)
    {
        _services = services;
        services.AddIndex(Index, s => HasSelector(s) ? [KeyOf(s.Metadata.Namespace, s.Spec.Selector!.MinBy(pair => pair.Key, StringComparer.Ordinal))] : []);
    }

    public static bool HasSelector(Service service) => service.Spec.Selector is { Count: > 0 };

    public static bool Selects(Service service, Pod pod) => Selects(service, pod.Metadata.Labels);

    /// <summary>The Services whose endpoints may be others after a pod came, changed or went.</summary>
    public HashSet<ObjectKey> Concerned(Pod? old, Pod? current)
    {
        var services = new HashSet<ObjectKey>();
        if (old is not null && current is not null && !PodChange.MattersToServices(old, current)) return services;
        if (current is not null) services.UnionWith(Of(current));
        if (old is not null && (current is null || !PodChange.Same(old.Metadata.Labels, current.Metadata.Labels))) services.UnionWith(Of(old));
        return services;
    }

    private IEnumerable<ObjectKey> Of(Pod pod)
    {
        var (ns, labels) = (pod.Metadata.Namespace, pod.Metadata.Labels.OrEmpty());
        return labels.SelectMany(label => _services.ByIndex(Index, KeyOf(ns, label))).Where(s => Selects(s, labels))
            .Select(s => new ObjectKey(ns, s.Metadata.Name));
    }

    private static bool Selects(Service service, IReadOnlyDictionary<string, string>? labels)
    {
        foreach (var (name, value) in service.Spec.Selector!)
            if (labels?.GetValueOrDefault(name) != value) return false;
        return true;
    }

    private static string KeyOf(string ns, KeyValuePair<string, string> label) => $"{ns}/{label.Key}={label.Value}";
}
