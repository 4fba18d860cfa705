using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Devices.V1Beta1;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Stats;
using Sampan.Kubelet.Topology;
using Container = Sampan.Api.Core.V1.Container;

namespace Sampan.Kubelet.Devices;

/// <summary>
/// Knows the devices that plugins offer and gives them to containers, each to one only. A plugin that goes makes its devices
/// unhealthy at once; five minutes later its resource is gone. Upstream: pkg/kubelet/cm/devicemanager.
/// </summary>
/// <param name="checkpoint">Null to forget it all with the process.</param>
/// <param name="time">Ends what is waited for.</param>
/// <param name="logger">Told of plugins that end.</param>
/// <param name="metrics">Counts.</param>
internal sealed class DeviceManager(DeviceCheckpoint? checkpoint, TimeProvider time, ILogger logger, DeviceMetrics metrics) : IResourceProvider, IDisposable
{
    private static readonly TimeSpan StopGrace = TimeSpan.FromMinutes(5);
    private readonly Lock _lock = new();
    private ImmutableDictionary<string, DeviceTable> _tables = ImmutableDictionary<string, DeviceTable>.Empty;
    private ImmutableList<AllocatedDevices> _allocated = [];

    /// <summary>What the node can offer has changed.</summary>
    public event Action? Changed;

    /// <summary>Raised with the UID of a pod that has a device which is well, or ill, since now.</summary>
    public event Action<string>? HealthChanged;

    /// <summary>Every device that a container has.</summary>
    public IReadOnlyList<AllocatedDevices> Allocated => _allocated;

    public ImmutableDictionary<string, DeviceTable> Tables => _tables;

    /// <summary>No plugin has ever registered on this machine.</summary>
    public bool KnowsNothing => checkpoint is { Exists: false };

    /// <summary>Takes up what an earlier kubelet gave out. Its plugins have to register again before they count.</summary>
    public void Restore()
    {
        if (checkpoint is null)
        {
            return;
        }

        var (allocated, resources) = checkpoint.Read();
        lock (_lock)
        {
            _allocated = [.. allocated];
            _tables = resources.ToImmutableDictionary(r => r, _ => new DeviceTable(null, ImmutableDictionary<string, Device>.Empty, time.GetUtcNow()));
        }
    }

    /// <summary>Serves a resource from now on. Whoever served it before is kept, should the new one go first.</summary>
    public void Add(string resource, string socket, DevicePluginOptions options)
    {
        var endpoint = new DeviceEndpoint(socket, options, time);
        DeviceEndpoint? old;
        lock (_lock)
        {
            var known = _tables.GetValueOrDefault(resource) ?? new DeviceTable(null, ImmutableDictionary<string, Device>.Empty, time.GetUtcNow());
            old = known.Endpoints.FirstOrDefault(e => e.Socket == socket);
            _tables = _tables.SetItem(resource, known.Join(endpoint));
        }

        metrics.Registered(resource);
        old?.Dispose();
        _ = Task.Run(() => WatchAsync(resource, endpoint));
    }

    /// <summary>The plugin's socket is gone.</summary>
    public void Remove(string resource, string socket)
    {
        if (_tables.GetValueOrDefault(resource)?.Endpoints.FirstOrDefault(e => e.Socket == socket) is { } endpoint)
        {
            Stop(resource, endpoint);
        }
    }

    /// <summary>What the node's status says of devices; a resource that went is 0, since it had been there.</summary>
    public (Dictionary<string, Quantity> Capacity, Dictionary<string, Quantity> Allocatable) Quantities()
    {
        var tables = _tables;
        return (
            tables.ToDictionary(t => t.Key, t => new Quantity(IsGone(t.Value) ? 0 : t.Value.Devices.Count)),
            tables.ToDictionary(t => t.Key, t => new Quantity(t.Value.Healthy.Count())));
    }

    public IReadOnlyDictionary<string, IReadOnlyList<TopologyHint>?> Hints(Pod pod, Container? container) =>
        Wanted(pod, container).ToDictionary(w => w.Resource, w => DeviceHints.Of(_tables.GetValueOrDefault(w.Resource), Kept(pod, container, w.Resource), Free(w.Resource), w.Count));

    public async Task AllocateAsync(Pod pod, Container container, TopologyHint affinity, CancellationToken cancellationToken)
    {
        foreach (var (resource, count) in Wanted(pod, container))
        {
            var known = _allocated.Find(a => a.PodUid == pod.Metadata.Uid && a.Container == container.Name && a.Resource == resource);
            if (known is not null && known.Ids.Count != count)
            {
                throw new AllocationException($"pod \"{known.PodUid}\" container \"{known.Container}\" changed request for resource \"{resource}\" from {known.Ids.Count} to {count}");
            }

            var table = _tables.GetValueOrDefault(resource) ?? throw new AllocationException($"cannot allocate unregistered device {resource}");
            var endpoint = table.Endpoint is { } serving && table.Healthy.Any() ? serving : throw new AllocationException($"no healthy devices present; cannot allocate unhealthy devices {resource}");
            if (known is not null)
            {
                CheckHealth(known, table);
                continue;
            }

            try
            {
                var picker = new DevicePicker(table, endpoint, resource, Reusable(pod, container, resource), Free(resource));
                var ids = await picker.PickAsync(count, affinity.Nodes, cancellationToken);
                var started = time.GetTimestamp();
                var response = await endpoint.AllocateAsync(ids, cancellationToken);
                metrics.Allocated(resource, time.GetElapsedTime(started));
                Keep(new AllocatedDevices(pod.Metadata.Uid, container.Name, resource, ids, response) { ByNode = table.ByNode(ids) });
            }
            catch (RpcException e)
            {
                throw new AllocationException(e.Message);
            }
        }
    }

    /// <summary>How the devices of a container are.</summary>
    public IEnumerable<ResourceStatus> HealthOf(string podUid, string container) => _allocated
        .Where(a => a.PodUid == podUid && a.Container == container)
        .Select(a => new ResourceStatus { Name = a.Resource, Resources = [.. a.Ids.Select(id => new ResourceHealth { ResourceID = id, Health = StateOf(a.Resource, id) })] });

    public void Release(string uid)
    {
        lock (_lock)
        {
            if (_allocated.RemoveAll(a => a.PodUid == uid) is var left && left.Count != _allocated.Count)
            {
                _allocated = left;
                Save();
            }
        }
    }

    /// <summary>What the plugins want of a container that is about to start; they are told of it where they asked for that.</summary>
    /// <exception cref="StartFailure">A plugin refuses.</exception>
    public async Task PrepareAsync(Pod pod, Container container, Cri.ContainerConfig config, CancellationToken cancellationToken)
    {
        foreach (var devices in _allocated.Where(a => a.PodUid == pod.Metadata.Uid && a.Container == container.Name))
        {
            await PreStartAsync(devices, cancellationToken);
            DeviceOptions.Apply(devices.Response, config);
        }
    }

    public void Dispose()
    {
        foreach (var endpoint in _tables.Values.SelectMany(t => t.Endpoints))
        {
            endpoint.Dispose();
        }
    }

    /// <summary>What a container had before the machine, or the container, went down may not be there any more.</summary>
    private static void CheckHealth(AllocatedDevices known, DeviceTable table)
    {
        if (known.Ids.Except(table.Healthy).Any())
        {
            throw new AllocationException($"previously allocated devices are no longer healthy; cannot allocate unhealthy devices {known.Resource}");
        }
    }

    private async Task PreStartAsync(AllocatedDevices devices, CancellationToken cancellationToken)
    {
        if (_tables.GetValueOrDefault(devices.Resource)?.Endpoint is not { Options.PreStartRequired: true } endpoint)
        {
            return;
        }

        try
        {
            await endpoint.PreStartAsync(devices.Ids, cancellationToken);
        }
        catch (RpcException e)
        {
            throw new StartFailure("CreateContainerConfigError", $"device plugin PreStartContainer rpc failed with err: {e.Message}", inner: e);
        }
    }

    private async Task WatchAsync(string resource, DeviceEndpoint endpoint)
    {
        try
        {
            await foreach (var message in endpoint.WatchAsync())
            {
                Update(resource, endpoint, message);
            }
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException or ObjectDisposedException)
        {
            logger.LogInformation("The device plugin of {Resource} ended: {Error}", resource, e.Message);
        }

        Stop(resource, endpoint);
    }

    private string StateOf(string resource, string id) => _tables.GetValueOrDefault(resource)?.HealthOf(id) ?? DeviceTable.IsUnhealthy;

    private void Update(string resource, DeviceEndpoint endpoint, ListAndWatchResponse message)
    {
        var devices = message.Devices.GroupBy(d => d.ID).ToImmutableDictionary(d => d.Key, d => d.Last());
        Change(resource, table =>
        {
            endpoint.Told = devices;
            return table.Endpoint == endpoint ? table with { Devices = devices, StoppedAt = null } : table;
        });
        lock (_lock)
        {
            Save();
        }
    }

    private void Stop(string resource, DeviceEndpoint endpoint)
    {
        Change(resource, table => table.Endpoints.Contains(endpoint) ? table.Leave(endpoint, time.GetUtcNow()) : table);
        endpoint.Dispose();
    }

    /// <summary>Tells the node of it, and pods that have a device which is well, or ill, since now.</summary>
    private void Change(string resource, Func<DeviceTable, DeviceTable> change)
    {
        List<string> affected;
        lock (_lock)
        {
            var before = _tables[resource];
            var table = change(before);
            if (ReferenceEquals(table, before))
            {
                return;
            }

            _tables = _tables.SetItem(resource, table);
            affected = [.. _allocated.Where(a => a.Resource == resource && a.Ids.Any(id => table.HealthOf(id) != before.HealthOf(id))).Select(a => a.PodUid).Distinct()];
        }

        Changed?.Invoke();
        affected.ForEach(uid => HealthChanged?.Invoke(uid));
    }

    private bool IsGone(DeviceTable table) => table is { Endpoint: null, StoppedAt: { } at } && time.GetUtcNow() - at > StopGrace;

    /// <summary>Only resources that plugins serve, or have served, are this manager's.</summary>
    private IEnumerable<(string Resource, int Count)> Wanted(Pod pod, Container? container) => _tables.Keys
        .Concat(_allocated.Select(a => a.Resource))
        .Distinct()
        .Order(StringComparer.Ordinal)
        .Select(r => (r, (int)(container is null ? PodResources.Request(pod, r) : PodResources.Value(container.Resources.Limits, r)).AsLong()))
        .Where(w => w.Item2 > 0);

    private HashSet<string> Free(string resource) =>
        [.. (_tables.GetValueOrDefault(resource)?.Healthy ?? []).Except(_allocated.Where(a => a.Resource == resource).SelectMany(a => a.Ids))];

    /// <summary>What the container has already, from before a restart of the kubelet, or what it may take over.</summary>
    private List<string> Kept(Pod pod, Container? container, string resource) =>
    [
        .. _allocated.Where(a => a.PodUid == pod.Metadata.Uid && a.Resource == resource && (container is null || a.Container == container.Name)).SelectMany(a => a.Ids),
        .. container is null ? [] : Reusable(pod, container, resource),
    ];

    /// <summary>What init containers had, once they are over, is for the containers after them; sidecars keep theirs.</summary>
    private List<string> Reusable(Pod pod, Container container, string resource)
    {
        var before = pod.Spec.InitContainers.OrEmpty().TakeWhile(c => c.Name != container.Name).Where(c => !c.IsSidecar()).Select(c => c.Name).ToHashSet();
        var later = pod.AllContainers().Where(c => !before.Contains(c.Name) && c.Name != container.Name).Select(c => c.Name).ToHashSet();
        var mine = _allocated.Where(a => a.PodUid == pod.Metadata.Uid && a.Resource == resource).ToList();
        return [.. mine.Where(a => before.Contains(a.Container)).SelectMany(a => a.Ids).Distinct().Except(mine.Where(a => later.Contains(a.Container)).SelectMany(a => a.Ids)).Order(StringComparer.Ordinal)];
    }

    private void Keep(AllocatedDevices devices)
    {
        lock (_lock)
        {
            _allocated = _allocated.Add(devices);
            Save();
        }
    }

    private void Save() => checkpoint?.Write(_allocated, _tables.Select(t => KeyValuePair.Create(t.Key, (IReadOnlyList<string>)[.. t.Value.Healthy])));
}
