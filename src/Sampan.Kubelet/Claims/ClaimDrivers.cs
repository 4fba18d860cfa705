using System.Collections.Concurrent;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Plugins;

namespace Sampan.Kubelet.Claims;

/// <summary>The drivers of resource claims on this node, by name, and what they say of their devices' health.</summary>
internal sealed class ClaimDrivers(TimeProvider time) : IPluginHandler, IDisposable
{
    private static readonly TimeSpan HealthRetry = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, Entry> _drivers = new();

    public string Type => "DRAPlugin";

    public DeviceHealths Healths { get; } = new(time);

    /// <exception cref="ClaimException">There is no such driver here.</exception>
    public ClaimDriver Get(string name) =>
        _drivers.GetValueOrDefault(name)?.Driver ?? throw new ClaimException($"DRA driver {name} is not registered");

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
        var entry = new Entry(new ClaimDriver(plugin.Endpoint, Best(plugin)!, time), new CancellationTokenSource());
        _drivers.AddOrUpdate(plugin.Name, entry, (_, old) =>
        {
            old.Dispose();
            return entry;
        });
        if (ClaimDriver.HealthServices.FirstOrDefault(plugin.Versions.Contains) is { } health)
        {
            var stop = entry.Stop.Token;
            _ = Task.Run(() => WatchAsync(plugin.Name, entry.Driver, health, stop), CancellationToken.None);
        }

        return Task.CompletedTask;
    }

    public Task DeregisterAsync(Plugin plugin, CancellationToken cancellationToken)
    {
        if (_drivers.TryRemove(plugin.Name, out var entry))
        {
            entry.Dispose();
            Healths.Forget(plugin.Name);
        }

        return Task.CompletedTask;
    }

    public void Dispose()
    {
        foreach (var entry in _drivers.Values)
        {
            entry.Dispose();
        }
    }

    private static string? Best(Plugin plugin) => ClaimDriver.Versions.Select(v => v.Service).FirstOrDefault(plugin.Versions.Contains);

    /// <summary>A driver that stops telling is asked again, unless it never could tell.</summary>
    private async Task WatchAsync(string name, ClaimDriver driver, string service, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await foreach (var message in driver.WatchHealthAsync(service, stop))
                {
                    Healths.Update(name, message.Devices);
                }
            }
            catch (RpcException e) when (e.Code == GrpcStatusCode.Unimplemented)
            {
                return;
            }
            catch (Exception e) when (e is RpcException or OperationCanceledException or ObjectDisposedException)
            {
                // The driver restarts, or another took its place.
            }

            if (!stop.IsCancellationRequested)
            {
                Healths.Forget(name);
                await Task.Delay(HealthRetry, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private sealed record Entry(ClaimDriver Driver, CancellationTokenSource Stop) : IDisposable
    {
        public void Dispose()
        {
            Stop.Cancel();
            Driver.Dispose();
        }
    }
}
