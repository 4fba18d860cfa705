using System.Collections.Concurrent;
using Sampan.Api;
using Sampan.Client;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Plugins;

namespace Sampan.Kubelet.Volumes.Csi;

/// <summary>The CSI drivers that have registered on this node.</summary>
internal sealed class CsiDrivers(CsiNodeObject node, ICsiApi api, TimeProvider time) : IPluginHandler, IDisposable
{
    private readonly ConcurrentDictionary<string, CsiDriverClient> _drivers = new();
    private readonly ConcurrentDictionary<string, long> _toldAt = new();

    public string Type => "CSIPlugin";

    /// <exception cref="VolumeFailure">It is not registered, or not yet.</exception>
    public CsiDriverClient Get(string name) =>
        _drivers.TryGetValue(name, out var driver) ? driver : throw new VolumeFailure($"driver name {name} not found in the list of registered CSI drivers");

    public CsiDriverClient? Find(string name) => _drivers.GetValueOrDefault(name);

    public void Validate(Plugin plugin)
    {
        if (plugin.Versions.Count == 0)
        {
            throw new PluginRejectedException($"kubernetes.io/csi: ValidatePlugin for CSI driver \"{plugin.Name}\" failed. Plugin returned an empty list for supported versions");
        }

        if (!plugin.Versions.Any(IsSupported))
        {
            var versions = string.Join(' ', plugin.Versions.Select(v => $"\"{v}\""));
            throw new PluginRejectedException($"kubernetes.io/csi: ValidatePlugin for CSI driver \"{plugin.Name}\" failed. None of the versions specified [{versions}] are supported. err=could not find a highest supported version matching [1]");
        }
    }

    public async Task RegisterAsync(Plugin plugin, CancellationToken cancellationToken)
    {
        var driver = new CsiDriverClient(plugin.Name, plugin.Endpoint, time);
        try
        {
            await TellAsync(driver, cancellationToken);
        }
        catch (Exception e) when (e is RpcException or StatusException or ApiConnectionException or VolumeFailure)
        {
            driver.Dispose();
            throw new PluginRejectedException($"kubernetes.io/csi: RegisterPlugin for CSI driver \"{plugin.Name}\" failed: {e.Message}", e);
        }

        _drivers.TryGetValue(plugin.Name, out var old);
        _drivers[plugin.Name] = driver;
        old?.Dispose();
    }

    public async Task DeregisterAsync(Plugin plugin, CancellationToken cancellationToken)
    {
        // Another socket may have taken the name meanwhile.
        if (_drivers.TryGetValue(plugin.Name, out var driver) && driver.Endpoint == plugin.Endpoint && _drivers.TryRemove(plugin.Name, out _))
        {
            driver.Dispose();
            await node.RemoveAsync(plugin.Name, cancellationToken);
        }
    }

    /// <summary>Asks drivers again how many volumes the node takes, as often as the cluster says of them.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        foreach (var driver in _drivers.Values.Where(IsDue))
        {
            await TryTellAsync(driver, cancellationToken);
        }
    }

    /// <summary>A volume is more than the node takes: what it says of that is too much.</summary>
    public Task RefreshAsync(string driver, CancellationToken cancellationToken) =>
        _drivers.TryGetValue(driver, out var known) ? TryTellAsync(known, cancellationToken) : Task.CompletedTask;

    public void Dispose()
    {
        foreach (var driver in _drivers.Values)
        {
            driver.Dispose();
        }
    }

    private bool IsDue(CsiDriverClient driver) =>
        api.Driver(driver.Name)?.Spec.NodeAllocatableUpdatePeriodSeconds is { } seconds
        && time.GetElapsedTime(_toldAt.GetValueOrDefault(driver.Name)) >= TimeSpan.FromSeconds(seconds);

    private async Task TryTellAsync(CsiDriverClient driver, CancellationToken cancellationToken)
    {
        try
        {
            await TellAsync(driver, cancellationToken);
        }
        catch (Exception e) when (e is RpcException or StatusException or ApiConnectionException or VolumeFailure)
        {
            // What the node says stays as it is; the next round asks again.
        }
    }

    private async Task TellAsync(CsiDriverClient driver, CancellationToken cancellationToken)
    {
        var info = await driver.CallAsync(CsiMethods.GetInfo, new NodeGetInfoRequest(), cancellationToken);
        await node.AddAsync(driver.Name, info, cancellationToken);
        _toldAt[driver.Name] = time.GetTimestamp();
    }

    private static bool IsSupported(string version) =>
        version.TrimStart('v').Split('.') is ["1", ..];
}
