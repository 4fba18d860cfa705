using System.Collections.Concurrent;
using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.EndpointSlices;

/// <summary>
/// When that happened what new endpoints show, for the annotation by which the delay from there to the proxies is measured: the
/// earliest of all moments that are new since the last look.
/// </summary>
internal sealed class TriggerTimes
{
    private readonly ConcurrentDictionary<ObjectKey, Known> _services = [];

    /// <param name="service">The Service.</param>
    /// <param name="pods">Its pods, or those of them that changed.</param>
    /// <returns>Null when nothing is new.</returns>
    public DateTimeOffset? Next(Service service, IEnumerable<Pod> pods)
    {
        var key = new ObjectKey(service.Metadata.Namespace, service.Metadata.Name);
        var created = service.Metadata.CreationTimestamp?.Value;
        var isNew = !_services.TryGetValue(key, out var known);
        if (isNew) _services[key] = known = new Known();
        DateTimeOffset? earliest = created > known!.Created ? created : null;
        known.Created = created ?? default;
        foreach (var pod in pods)
        {
            if (pod.Condition("Ready")?.LastTransitionTime?.Value is not { } time) continue;
            if (time > known.Pods.GetValueOrDefault(pod.Metadata.Name) && !(earliest < time)) earliest = time;
            known.Pods[pod.Metadata.Name] = time;
        }

        return isNew ? created : earliest;
    }

    /// <summary>Forgets pods that are not the Service's any more.</summary>
    public void Forget(ObjectKey service, IEnumerable<string> pods)
    {
        if (!_services.TryGetValue(service, out var known)) return;
        foreach (var pod in pods) known.Pods.Remove(pod);
    }

    public void Forget(ObjectKey service) => _services.TryRemove(service, out _);

    /// <summary>Only one reconcile of a Service runs at a time.</summary>
    private sealed class Known
    {
        public DateTimeOffset Created { get; set; }

        public Dictionary<string, DateTimeOffset> Pods { get; } = [];
    }
}
