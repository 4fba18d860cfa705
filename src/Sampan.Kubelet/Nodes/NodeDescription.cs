using Sampan.Api.Core.V1;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Devices;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Runtime;

namespace Sampan.Kubelet.Nodes;

/// <summary>What a node is and has, as its status tells it: all but how it is doing.</summary>
/// <remarks>Upstream: pkg/kubelet/nodestatus/setters.go.</remarks>
internal sealed class NodeDescription(
    KubeletOptions options, IContainerRuntime runtime, NodeHealth health, Func<NodeFacts> facts, NodeCapacity capacity, DeviceManager devices, Func<int> port)
{
    /// <summary>Names of one image, of which there may be hundreds.</summary>
    private const int MostNames = 5;

    /// <summary>Nothing is known of devices that an earlier kubelet of this name had: it was another machine's.</summary>
    public bool KnowsNoDevices => devices.KnowsNothing;

    public async Task<NodeStatus> ReadAsync(CancellationToken cancellationToken)
    {
        var (offered, usable) = devices.Quantities();
        return new NodeStatus
        {
            Capacity = capacity.Capacity.Concat(offered).ToDictionary(),
            Allocatable = capacity.Allocatable.Concat(usable).ToDictionary(),
            Addresses = [.. facts().Addresses.Select(a => new NodeAddress { Type = "InternalIP", Address = a }), new NodeAddress { Type = "Hostname", Address = options.NodeName }],
            DaemonEndpoints = new() { KubeletEndpoint = new() { Port = port() } },
            NodeInfo = await InfoAsync(cancellationToken),
            Images = await ImagesAsync(cancellationToken),
            RuntimeHandlers = Handlers(),
            Features = health.Features is { } features ? new() { SupplementalGroupsPolicy = features.SupplementalGroupsPolicy } : null,
            DeclaredFeatures = [.. DeclaredFeatures.All],
        };
    }

    private List<NodeRuntimeHandler>? Handlers() => health.Handlers.Count == 0 ? null : [.. health.Handlers.OrderBy(h => h.Name, StringComparer.Ordinal).Select(h => new NodeRuntimeHandler
    {
        Name = h.Name,
        Features = new() { RecursiveReadOnlyMounts = h.Features?.RecursiveReadOnlyMounts ?? false, UserNamespaces = h.Features?.UserNamespaces ?? false },
    })];

    private async Task<NodeSystemInfo> InfoAsync(CancellationToken cancellationToken) => new()
    {
        MachineID = HostFacts.MachineId(),
        SystemUUID = HostFacts.SystemUuid(),
        BootID = HostFacts.BootId(),
        KernelVersion = HostFacts.KernelVersion(),
        OsImage = HostFacts.OsImage(),
        ContainerRuntimeVersion = await RuntimeVersionAsync(cancellationToken),
        KubeletVersion = options.Version,
        OperatingSystem = "linux",
        Architecture = HostFacts.Architecture(),
        Swap = HostFacts.SwapBytes() is > 0 and var swap ? new() { Capacity = swap } : null,
    };

    private async Task<string> RuntimeVersionAsync(CancellationToken cancellationToken)
    {
        try
        {
            var version = await runtime.VersionAsync(cancellationToken);
            return $"{version.RuntimeName}://{version.RuntimeVersion}";
        }
        catch (RpcException)
        {
            return $"{facts().RuntimeName}://Unknown";
        }
    }

    /// <summary>The largest, since a scheduler saves most with those. Always in the same order: another one would be sent as a change.</summary>
    private async Task<List<ContainerImage>?> ImagesAsync(CancellationToken cancellationToken)
    {
        try
        {
            var images = await runtime.ListImagesAsync(cancellationToken);
            return [.. images.OrderByDescending(i => i.Size).ThenByDescending(i => i.Id, StringComparer.Ordinal).Take(options.Configuration.NodeStatusMaxImages is >= 0 and var most ? most : int.MaxValue).Select(i => new ContainerImage
            {
                Names = [.. i.RepoDigests.Concat(i.RepoTags).Take(MostNames)],
                SizeBytes = (long)i.Size,
            })];
        }
        catch (RpcException)
        {
            return null;
        }
    }
}
