using System.Collections.Concurrent;
using Sampan.Kubelet.Plugins;

namespace Sampan.Kubelet.Claims;

/// <summary>The drivers of resource claims on this node, by name.</summary>
internal sealed class ClaimDrivers(TimeProvider time) : IPluginHandler, IDisposable
{
    private readonly ConcurrentDictionary<string, ClaimDriver> _drivers = new();

    public string Type => "DRAPlugin";

    /// <exception cref="ClaimException">There is no such driver here.</exception>
    public ClaimDriver Get(string name) =>
        _drivers.GetValueOrDefault(name) ?? throw new ClaimException($"failed to get gRPC client for driver {name}: DRA driver {name} is not registered");

    public void Validate(Plugin plugin)
    {
        if (plugin.Versions.Count == 0)
        {
            throw new PluginRejectedException("empty list for supported gRPC services (aka supported versions)");
        }

        if (Best(plugin) is null)
        {
            throw new PluginRejectedException($"none of the services [{string.Join(' ', plugin.Versions)}] of driver {plugin.Name} is one of [{string.Join(' ', ClaimDriver.Versions.Select(v => v.Service))}]");
        }
    }

    public Task RegisterAsync(Plugin plugin, CancellationToken cancellationToken)
    {
        var driver = new ClaimDriver(plugin.Endpoint, Best(plugin)!, time);
        _drivers.AddOrUpdate(plugin.Name, driver, (_, old) =>
        {
            old.Dispose();
            return driver;
        });
        return Task.CompletedTask;
    }

    public Task DeregisterAsync(Plugin plugin, CancellationToken cancellationToken)
    {
        if (_drivers.TryRemove(plugin.Name, out var driver))
        {
            driver.Dispose();
        }

        return Task.CompletedTask;
    }

    public void Dispose()
    {
        foreach (var driver in _drivers.Values)
        {
            driver.Dispose();
        }
    }

    private static string? Best(Plugin plugin) => ClaimDriver.Versions.Select(v => v.Service).FirstOrDefault(plugin.Versions.Contains);
}
