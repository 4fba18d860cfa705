namespace Sampan.ControllerManager.EndpointSlices;

/// <summary>The pods of each Service that changed since its last reconcile, by name.</summary>
internal sealed class ChangedPods
{
    private static readonly HashSet<string> None = [];
    private readonly Lock _lock = new();
    private readonly Dictionary<ObjectKey, HashSet<string>> _pods = [];

    public void Add(ObjectKey service, string pod)
    {
        lock (_lock)
        {
            if (!_pods.TryGetValue(service, out var names)) _pods[service] = names = [];
            names.Add(pod);
        }
    }

    public IReadOnlySet<string> Take(ObjectKey service)
    {
        lock (_lock) return _pods.Remove(service, out var names) ? names : None;
    }
}
