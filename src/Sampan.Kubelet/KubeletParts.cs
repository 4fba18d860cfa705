using Microsoft.Extensions.Logging;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Nodes;
using Sampan.Kubelet.Parts;
using Sampan.Kubelet.Pods;

namespace Sampan.Kubelet;

/// <summary>
/// The kubelet's composition, in order of dependence:
/// <code>
/// Host   Api                 the machine, the API server
/// Devices Volumes Images     what pods need
/// Pods                       the pods
/// Server Node                what is told of them, and of the node
/// </code>
/// </summary>
internal sealed class KubeletParts : IAsyncDisposable
{
    public KubeletParts(KubeletOptions options, ILogger logger)
    {
        var pressure = new Eviction.NodePressure(options.Configuration.EvictionPressureTransitionPeriod, options.Time);
        Host = new HostParts(options, () => Node!.Shutdown.IsActive, CanRecursiveReadOnly, (uid, container) => Devices!.Exclusive.Cpus?.HasOwn(uid, container) == true, logger);
        Api = new ApiParts(options, logger);
        Devices = new DeviceParts(options, Host, Api, () => Pods!.All, logger);
        Volumes = new VolumeParts(options, Host, Api, logger);
        Images = new ImageParts(options, Host, Api, logger);
        Pods = new PodParts(options, Host, Api, Devices, Volumes, Images, pressure, () => Node!.Shutdown.IsActive, logger);
        Server = new ServerParts(options, Host, Volumes, Pods);
        Node = new NodeParts(options, Host, Api, Devices, Volumes, Images, Pods, Server, pressure, logger);
    }

    public HostParts Host { get; }

    public ApiParts Api { get; }

    public DeviceParts Devices { get; }

    public VolumeParts Volumes { get; }

    public ImageParts Images { get; }

    public PodParts Pods { get; }

    public ServerParts Server { get; }

    public NodeParts Node { get; }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Devices.DisposeAsync();
        await Pods.DisposeAsync();
        await Api.DisposeAsync();
        Images.Dispose();
        Volumes.Dispose();
        Host.Dispose();
    }

    private bool CanRecursiveReadOnly(Pod pod)
    {
        try
        {
            var handler = Api.RuntimeClasses.HandlerOf(pod);
            return Host.Health.Handlers.Any(h => h.Name == handler && h.Features?.RecursiveReadOnlyMounts == true);
        }
        catch (StartFailure)
        {
            // Its class is gone.
            return false;
        }
    }
}
