using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Sampan.Proxy.Compile;
using Sampan.Proxy.Model;

namespace Sampan.Proxy.Health;

/// <summary>
/// Serves, per Service with external policy Local, the port on which load balancers ask whether this node has endpoints of it: on the
/// addresses on which node ports answer.
/// </summary>
/// <param name="nodePortAddresses">The ranges of the node's addresses; empty for all addresses.</param>
/// <param name="isHealthy">Whether the proxy itself is.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where it says what cannot be served.</param>
internal sealed class HealthCheckNodePorts(IReadOnlyList<IPNetwork> nodePortAddresses, Func<bool> isHealthy, TimeProvider time, ILogger log) : IDisposable
{
    private readonly Dictionary<ServiceKey, HealthCheckListener> _listeners = [];

    /// <summary>Takes the health of all Services there are.</summary>
    public void Replace(IReadOnlyCollection<ServiceRules> all)
    {
        var known = all.Select(s => s.Service).ToHashSet();
        foreach (var service in _listeners.Keys.Where(k => !known.Contains(k)).ToList()) Set(service, null);
        Change(all);
    }

    /// <summary>Takes the health of the Services that changed.</summary>
    public void Change(IReadOnlyCollection<ServiceRules> changes)
    {
        foreach (var rules in changes) Set(rules.Service, rules.Health);
    }

    public void Dispose()
    {
        foreach (var listener in _listeners.Values) listener.Dispose();
        _listeners.Clear();
    }

    private void Set(ServiceKey service, LocalHealth? health)
    {
        if (_listeners.TryGetValue(service, out var listener) && listener.Health.Port == health?.Port)
        {
            listener.Health = health;
            return;
        }

        if (_listeners.Remove(service, out listener)) listener.Dispose();
        if (health is not null) Open(health);
    }

    private List<IPAddress> Addresses() =>
    [
        .. from network in NetworkInterface.GetAllNetworkInterfaces()
           from address in network.GetIPProperties().UnicastAddresses
           where nodePortAddresses.Any(range => range.Contains(address.Address))
           select address.Address,
    ];

    private void Open(LocalHealth health)
    {
        try
        {
            _listeners[health.Service] = new HealthCheckListener(health, nodePortAddresses.Count == 0 ? null : Addresses(), isHealthy, time);
        }
        catch (SocketException e)
        {
            log.LogError("Service {Service}: its health check cannot be served on port {Port}: {Problem}", health.Service, health.Port, e.Message);
        }
    }
}
