using System.Collections.Immutable;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Plugins;

namespace Sampan.Kubelet.Claims;

/// <summary>
/// The drivers of resource claims on this node, by name, and what they say of their devices' health. While a driver is replaced by
/// a newer one, both are here under the same name.
/// </summary>
internal sealed class ClaimDrivers(TimeProvider time) : IPluginHandler, IDisposable
{
    private static readonly TimeSpan HealthRetry = TimeSpan.FromSeconds(5);
    private readonly Lock _lock = new();
    private volatile ImmutableDictionary<string, ImmutableList<Entry>> _drivers = ImmutableDictionary<string, ImmutableList<Entry>>.Empty;

    public string Type => "DRAPlugin";

    public DeviceHealths Healths { get; } = new(time);

    /// <summary>All that have ever been here.</summary>
    public IEnumerable<string> Names => _drivers.Keys;

    /// <summary>The last that came, of those that can be reached.</summary>
    /// <exception cref="ClaimException">There is no such driver here.</exception>
    public ClaimDriver Get(string name) =>
        (Of(name).LastOrDefault(e => e.IsReachable) ?? Of(name).LastOrDefault())?.Driver ?? throw new ClaimException($"DRA driver {name} is not registered");

    /// <summary>Whether one of that name could be reached when somebody last looked.</summary>
    public bool IsReachable(string name) => Of(name).Exists(e => e.IsReachable);

    /// <summary>Looks which of them can be reached.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        foreach (var entry in _drivers.Values.SelectMany(entries => entries))
        {
            entry.IsReachable = await entry.Driver.IsThereAsync(cancellationToken);
        }
    }

    public void Validate(Plugin plugin)
    {
        if (plugin.Versions.Count == 0)
        {
            throw Invalid(plugin, "empty list of supported gRPC services (aka supported versions)");
        }

        if (Best(plugin) is null)
        {
            throw Invalid(plugin, $"none of services supported by the plugin ({Quoted(plugin.Versions)}) are supported by the kubelet ({Quoted(ClaimDriver.Versions.Select(v => v.Service))})");
        }
    }

    public Task RegisterAsync(Plugin plugin, CancellationToken cancellationToken)
    {
        var entry = new Entry(new ClaimDriver(plugin.Endpoint, Best(plugin)!, time), plugin.Endpoint, new CancellationTokenSource());
        Add(plugin.Name, entry);
        if (ClaimDriver.HealthServices.FirstOrDefault(plugin.Versions.Contains) is { } health)
        {
            var stop = entry.Stop.Token;
            _ = Task.Run(() => WatchAsync(plugin.Name, entry.Driver, health, stop), CancellationToken.None);
        }

        return Task.CompletedTask;
    }

    public Task DeregisterAsync(Plugin plugin, CancellationToken cancellationToken)
    {
        Remove(plugin.Name, plugin.Endpoint);
        if (Of(plugin.Name).IsEmpty)
        {
            Healths.Forget(plugin.Name);
        }

        return Task.CompletedTask;
    }

    public void Dispose()
    {
        foreach (var entry in _drivers.Values.SelectMany(entries => entries))
        {
            entry.Dispose();
        }
    }

    private static string? Best(Plugin plugin) => ClaimDriver.Versions.Select(v => v.Service).FirstOrDefault(plugin.Versions.Contains);

    private static PluginRejectedException Invalid(Plugin plugin, string why) =>
        new($"invalid supported gRPC versions of DRA driver plugin {plugin.Name} at endpoint {plugin.Endpoint}: {why}");

    private static string Quoted(IEnumerable<string> services) => $"[{string.Join(' ', services.Select(s => $"\"{s}\""))}]";

    private ImmutableList<Entry> Of(string name) => _drivers.GetValueOrDefault(name, []);

    /// <exception cref="PluginRejectedException">Another has that socket: nobody takes the calls that are meant for somebody else.</exception>
    private void Add(string name, Entry entry)
    {
        lock (_lock)
        {
            if (Of(name).Exists(e => e.Endpoint == entry.Endpoint))
            {
                entry.Dispose();
                throw new PluginRejectedException($"endpoint {entry.Endpoint} already registered for DRA driver plugin {name}");
            }

            _drivers = _drivers.SetItem(name, Of(name).Add(entry));
        }
    }

    /// <summary>Whoever was at that socket has gone.</summary>
    private void Remove(string name, string endpoint)
    {
        lock (_lock)
        {
            var left = Of(name).RemoveAll(e => e.Endpoint == endpoint);
            foreach (var gone in Of(name).Except(left))
            {
                gone.Dispose();
            }

            _drivers = _drivers.SetItem(name, left);
        }
    }

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

    private sealed class Entry(ClaimDriver driver, string endpoint, CancellationTokenSource stop) : IDisposable
    {
        public ClaimDriver Driver => driver;

        public string Endpoint => endpoint;

        public CancellationTokenSource Stop => stop;

        /// <summary>It has just introduced itself.</summary>
        public bool IsReachable { get; set; } = true;

        public void Dispose()
        {
            stop.Cancel();
            driver.Dispose();
        }
    }
}
