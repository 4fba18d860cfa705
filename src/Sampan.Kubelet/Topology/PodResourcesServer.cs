using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Claims;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Stats;
using Sampan.Kubelet.Topology.PodResourcesV1;

namespace Sampan.Kubelet.Topology;

/// <summary>Tells monitoring agents who has what, on <c>pod-resources/kubelet.sock</c>.</summary>
internal sealed class PodResourcesServer(
    string socket, Func<IEnumerable<Pod>> pods, ExclusiveResources resources, ClaimManager claims, PodResourcesMetrics metrics, TimeProvider time) : IAsyncDisposable
{
    private const int RequestsPerSecond = 100, Burst = 10;
    private const string Service = "v1.PodResourcesLister";
    public static readonly GrpcMethod<ListPodResourcesRequest, ListPodResourcesResponse> List = new(Service, nameof(List), ListPodResourcesResponse.Parser);
    public static readonly GrpcMethod<GetPodResourcesRequest, GetPodResourcesResponse> Get = new(Service, nameof(Get), GetPodResourcesResponse.Parser);
    public static readonly GrpcMethod<AllocatableResourcesRequest, AllocatableResourcesResponse> GetAllocatableResources =
        new(Service, nameof(GetAllocatableResources), AllocatableResourcesResponse.Parser);

    /// <summary>What agents asked for before v1: devices alone. Its messages are those of v1 without what was added later.</summary>
    public static readonly GrpcMethod<ListPodResourcesRequest, ListPodResourcesResponse> ListDevices = new("v1alpha1.PodResourcesLister", nameof(List), ListPodResourcesResponse.Parser);

    private readonly GrpcServer _server = new(socket);
    private readonly TokenBucket _tokens = new(RequestsPerSecond, Burst, time);

    public Task StartAsync(CancellationToken cancellationToken) => _server
        .Add(List, (_, _) => Answer(() => metrics.Count(PodResourcesMetrics.List, () => new ListPodResourcesResponse { PodResources = { pods().Where(p => !p.IsTerminal()).Select(Describe) } })))
        .Add(Get, (request, _) => Answer(() => metrics.Count(PodResourcesMetrics.Get, () => new GetPodResourcesResponse { PodResources = Describe(Find(request)) })))
        .Add(GetAllocatableResources, (_, _) => Answer(() => metrics.Count(PodResourcesMetrics.GetAllocatable, Allocatable)))
        .Add(ListDevices, (_, _) => Answer(Devices))
        .StartAsync(cancellationToken);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <exception cref="RpcException">Too much was asked lately.</exception>
    private Task<T> Answer<T>(Func<T> answer) =>
        _tokens.TryTake() ? Task.FromResult(answer()) : throw new RpcException(GrpcStatusCode.ResourceExhausted, "rejected by rate limit");

    private ListPodResourcesResponse Devices()
    {
        metrics.CountOld();
        return new()
        {
            PodResources =
            {
                pods().Select(pod => new PodResourcesV1.PodResources
                {
                    Name = pod.Metadata.Name,
                    Namespace = pod.Metadata.Namespace,
                    Containers =
                    {
                        pod.Spec.Containers.Select(c => new ContainerResources
                        {
                            Name = c.Name,
                            Devices = { Allocated(pod.Metadata.Uid, c.Name).Select(device => new ContainerDevices { ResourceName = device.Resource, DeviceIds = { device.Id } }) },
                        }),
                    },
                }),
            },
        };
    }

    private Pod Find(GetPodResourcesRequest request) => pods().FirstOrDefault(p => p.Metadata.Name == request.PodName && p.Metadata.Namespace == request.PodNamespace)
        ?? throw new RpcException(GrpcStatusCode.Unknown, $"pod {request.PodName} in namespace {request.PodNamespace} not found");

    private PodResourcesV1.PodResources Describe(Pod pod) => new()
    {
        Name = pod.Metadata.Name,
        Namespace = pod.Metadata.Namespace,
        Containers = { pod.Sidecars().Concat(pod.Spec.Containers).Select(c => Describe(pod, c)) },
    };

    private ContainerResources Describe(Pod pod, Container container)
    {
        var uid = pod.Metadata.Uid;
        return new ContainerResources
        {
            Name = container.Name,
            Devices = { Allocated(uid, container.Name).Select(device => Device(device.Resource, device.Id)) },
            CpuIds = { resources.Cpus?.Exclusive(uid, container.Name)?.Ids.Select(id => (long)id) ?? [] },
            Memory = { resources.Memory?.Blocks.Where(b => b.PodUid == uid && b.Container == container.Name).Select(b => Memory(b.Resource, b.Size, b.Nodes)) ?? [] },
            DynamicResources = { claims.DevicesOf(pod, container).Select(c => Claim(c.Claim, c.Devices)) },
        };
    }

    private IEnumerable<(string Resource, string Id)> Allocated(string uid, string container) =>
        resources.Devices.Allocated.Where(a => a.PodUid == uid && a.Container == container).SelectMany(a => a.Ids.Select(id => (a.Resource, id)));

    private AllocatableResourcesResponse Allocatable() => new()
    {
        Devices = { resources.Devices.Tables.SelectMany(t => t.Value.Healthy.Order(StringComparer.Ordinal).Select(id => Device(t.Key, id))) },
        CpuIds = { resources.Cpus?.Allocatable.Ids.Select(id => (long)id) ?? [] },
        Memory =
        {
            from node in resources.Memory?.Machine.Nodes ?? []
            from resource in node.Memory.Keys
            let size = resources.Memory!.Allocatable(node.Id, resource)
            where size > 0
            select Memory(resource, size, NumaMask.Of([node.Id])),
        },
    };

    private ContainerDevices Device(string resource, string id) => new()
    {
        ResourceName = resource,
        DeviceIds = { id },
        Topology = Place(resources.Devices.Tables.GetValueOrDefault(resource)?.NodesOf(id) ?? 0),
    };

    private static ContainerMemory Memory(string resource, long size, ulong nodes) => new() { MemoryType = resource, Size = (ulong)size, Topology = Place(nodes) };

    private static TopologyInfo? Place(ulong nodes) => nodes == 0 ? null : new TopologyInfo { Nodes = { NumaMask.Nodes(nodes).Select(n => new NUMANode { ID = n }) } };

    private static DynamicResource Claim(PreparedClaim claim, IReadOnlyList<PreparedDevice> devices) => new()
    {
        ClaimName = claim.Name,
        ClaimNamespace = claim.Namespace,
        ClaimResources =
        {
            devices.Select(d => new ClaimResource
            {
                DriverName = d.Driver, PoolName = d.Pool, DeviceName = d.Device, ShareId = d.ShareId, CdiDevices = { d.CdiIds.Select(id => new CDIDevice { Name = id }) },
            }),
        },
    };
}
