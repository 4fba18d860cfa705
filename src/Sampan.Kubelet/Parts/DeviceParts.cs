using Microsoft.Extensions.Logging;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Claims;
using Sampan.Kubelet.Cpus;
using Sampan.Kubelet.Devices;
using Sampan.Kubelet.Stats;
using Sampan.Kubelet.Topology;

namespace Sampan.Kubelet.Parts;

/// <summary>What single containers get for themselves: processors, memory, devices, claims.</summary>
internal sealed class DeviceParts : IAsyncDisposable
{
    /// <param name="options">The kubelet's.</param>
    /// <param name="host">The machine.</param>
    /// <param name="api">The API server.</param>
    /// <param name="pods">The pods of this node.</param>
    /// <param name="logger">For all.</param>
    public DeviceParts(KubeletOptions options, HostParts host, ApiParts api, Func<IEnumerable<Pod>> pods, ILogger logger)
    {
        var (isSimulated, time) = (options.IsSimulated, options.Time);
        Devices = new DeviceManager(isSimulated ? null : new DeviceCheckpoint(Below(options, "device-plugins", DeviceRegistration.CheckpointName)), time, logger, new DeviceMetrics(options.Metrics));
        Drivers = new ClaimDrivers(time);
        Slices = new ResourceSlices(Drivers, options.Client.Of<Api.Resource.V1.ResourceSlice>(), options.NodeName, time, logger);
        Claims = new ClaimManager(Drivers, api.Objects, isSimulated ? null : new ClaimCheckpoint(Below(options, "dra_manager_state")), new ClaimMetrics(options.Metrics, time));
        Exclusive = isSimulated
            ? ExclusiveResources.OnlyDevices(Devices, options.Metrics, time)
            : ExclusiveResources.Create(options.Configuration, host.Capacity, Devices, Machine.Read(), options.RootDirectory, options.Metrics, time);
        Registration = new DeviceRegistration(Below(options, "device-plugins"), Devices, time, logger);
        PodResources = new PodResourcesServer(Below(options, "pod-resources", "kubelet.sock"), pods, Exclusive, Claims, new PodResourcesMetrics(options.Metrics), time);
        Cpus = Exclusive.Cpus is { } cpus ? new CpuReconciler(cpus, host.Cache, host.Runtime, options.Configuration.CpuManagerReconcilePeriod, time, logger) : null;
    }

    public DeviceManager Devices { get; }

    public ClaimDrivers Drivers { get; }

    /// <summary>What those drivers offer to the cluster.</summary>
    public ResourceSlices Slices { get; }

    public ClaimManager Claims { get; }

    public ExclusiveResources Exclusive { get; }

    public DeviceRegistration Registration { get; }

    public PodResourcesServer PodResources { get; }

    /// <summary>Null where all containers share all processors.</summary>
    public CpuReconciler? Cpus { get; }

    public async ValueTask DisposeAsync()
    {
        await Registration.DisposeAsync();
        await PodResources.DisposeAsync();
        Devices.Dispose();
        Drivers.Dispose();
        Claims.Dispose();
    }

    private static string Below(KubeletOptions options, params ReadOnlySpan<string> names) => Path.Combine([options.RootDirectory, .. names]);
}
