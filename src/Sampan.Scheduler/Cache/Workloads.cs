using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Api.Selectors;

namespace Sampan.Scheduler.Cache;

/// <summary>Which pods belong together: those that one service, or one controller, selects.</summary>
public sealed class Workloads
{
    private readonly Dictionary<string, Dictionary<string, Dictionary<string, string>>> _services = [];
    private readonly Dictionary<(string Kind, ObjectKey Key), Selector> _controllers = [];

    /// <summary>Changes with every change.</summary>
    public int Version { get; private set; }

    public void SetService(Service? old, Service? current)
    {
        Version++;
        var (ns, name) = ((current ?? old)!.Metadata.Namespace ?? "", (current ?? old)!.Metadata.Name ?? "");
        if (!_services.TryGetValue(ns, out var services)) _services[ns] = services = [];
        if (current?.Spec.Selector is { Count: > 0 } selector) services[name] = selector;
        else services.Remove(name);
        if (services.Count == 0) _services.Remove(ns);
    }

    public void SetReplicaSet(ReplicaSet? old, ReplicaSet? current) => Set("ReplicaSet", old, current, static s => Selector.From(s.Spec.Selector));

    public void SetStatefulSet(StatefulSet? old, StatefulSet? current) => Set("StatefulSet", old, current, static s => Selector.From(s.Spec.Selector));

    public void SetReplicationController(ReplicationController? old, ReplicationController? current) =>
        Set("ReplicationController", old, current, static s => Selector.FromLabels(s.Spec.Selector));

    /// <summary>What all services and the controller of the pod select together; null when there are none.</summary>
    public Selector? SelectorOf(PodInfo pod)
    {
        var requirements = new List<Requirement>();
        foreach (var service in _services.GetValueOrDefault(pod.Key.Namespace)?.Values ?? (IEnumerable<Dictionary<string, string>>)[])
        {
            var selector = Selector.FromLabels(service);
            if (selector.Matches(pod.Pod.Metadata.Labels)) requirements.AddRange(selector.Requirements);
        }
        if (ControllerOf(pod) is { } own && _controllers.TryGetValue((own.Kind, new(pod.Key.Namespace, own.Name)), out var owned))
        {
            requirements.AddRange(owned.Requirements);
        }
        return requirements.Count == 0 ? null : new Selector([.. requirements.DistinctBy(r => r.ToString())]);
    }

    private void Set<T>(string kind, T? old, T? current, Func<T, Selector> selectorOf) where T : class, IObject
    {
        Version++;
        var metadata = (current ?? old)!.Metadata;
        var key = (kind, new ObjectKey(metadata.Namespace ?? "", metadata.Name ?? ""));
        if (current is null) _controllers.Remove(key);
        else _controllers[key] = selectorOf(current);
    }

    private static OwnerReference? ControllerOf(PodInfo pod) => pod.Pod.Metadata.OwnerReferences?.Find(owner => owner.Controller == true);
}
