namespace Sampan.Kubelet.Pods;

/// <summary>Wakes the workers of pods by what happens on the node: to containers, probes and devices, to objects they refer to, to the network.</summary>
internal sealed class PodSignals : IDisposable
{
    private readonly PodServices _services;
    private readonly Func<string, PodWorker?> _find;
    private readonly Func<IEnumerable<PodWorker>> _all;

    /// <param name="services">Who tells.</param>
    /// <param name="find">The worker of the pod with this UID; null when there is none.</param>
    /// <param name="all">The workers of all pods.</param>
    public PodSignals(PodServices services, Func<string, PodWorker?> find, Func<IEnumerable<PodWorker>> all)
    {
        (_services, _find, _all) = (services, find, all);
        services.Cache.Changed += OnObserved;
        services.Probes.Changed += OnObserved;
        services.Objects.Changed += OnReferred;
        services.Exclusive.Devices.HealthChanged += OnObserved;
        services.Claims.HealthChanged += OnObserved;
        if (services.Health is { } health)
        {
            health.NetworkReady += OnNetwork;
        }
    }

    public void Dispose()
    {
        _services.Cache.Changed -= OnObserved;
        _services.Probes.Changed -= OnObserved;
        _services.Objects.Changed -= OnReferred;
        _services.Exclusive.Devices.HealthChanged -= OnObserved;
        _services.Claims.HealthChanged -= OnObserved;
        if (_services.Health is { } health)
        {
            health.NetworkReady -= OnNetwork;
        }
    }

    private void OnObserved(string uid) => _find(uid)?.OnObserved();

    private void OnReferred(string uid) => _find(uid)?.Poke();

    /// <summary>What all of them waited for is there.</summary>
    private void OnNetwork()
    {
        foreach (var worker in _all())
        {
            worker.Poke();
        }
    }
}
