using Sampan.Client.Grpc;
using Sampan.Kubelet.Claims.Health;
using Sampan.Kubelet.Claims.V1;
using Sampan.Kubelet.Probes;

namespace Sampan.Kubelet.Claims;

/// <summary>A driver that makes claims ready on this node, by the newest version that it speaks.</summary>
internal sealed class ClaimDriver(string endpoint, string version, TimeProvider time) : IDisposable
{
    /// <summary>From the service that a driver names to the package of its methods, the preferred first.</summary>
    public static readonly IReadOnlyList<(string Service, string Package)> Versions =
        [("v1.DRAPlugin", "k8s.io.kubelet.pkg.apis.dra.v1"), ("v1beta1.DRAPlugin", "k8s.io.kubelet.pkg.apis.dra.v1beta1")];

    /// <summary>Services that tell of the devices' health, the preferred first; the name is also that of the package.</summary>
    public static readonly IReadOnlyList<string> HealthServices = ["v1.DRAResourceHealth", "v1alpha1.DRAResourceHealth"];

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly GrpcChannel _channel = GrpcChannel.ForUnixSocket(endpoint, time);

    /// <summary>What its methods belong to, with the package.</summary>
    public string Service { get; } = Versions.First(v => v.Service == version).Package + ".DRAPlugin";

    public static GrpcMethod<NodePrepareResourcesRequest, NodePrepareResourcesResponse> PrepareMethod(string service) =>
        new(service, "NodePrepareResources", NodePrepareResourcesResponse.Parser);

    public static GrpcMethod<NodeUnprepareResourcesRequest, NodeUnprepareResourcesResponse> UnprepareMethod(string service) =>
        new(service, "NodeUnprepareResources", NodeUnprepareResourcesResponse.Parser);

    public static GrpcMethod<NodeWatchResourcesRequest, NodeWatchResourcesResponse> WatchMethod(string service) =>
        new(service, "NodeWatchResources", NodeWatchResourcesResponse.Parser);

    /// <summary>All devices with their health, again and again, until the driver hangs up.</summary>
    public IAsyncEnumerable<NodeWatchResourcesResponse> WatchHealthAsync(string service, CancellationToken cancellationToken) =>
        _channel.StreamAsync(WatchMethod(service), new NodeWatchResourcesRequest(), cancellationToken);

    public Task<NodePrepareResourcesResponse> PrepareAsync(IEnumerable<Claim> claims, CancellationToken cancellationToken) =>
        _channel.CallAsync(PrepareMethod(Service), new NodePrepareResourcesRequest { Claims = { claims } }, Limit, cancellationToken);

    public Task<NodeUnprepareResourcesResponse> UnprepareAsync(IEnumerable<Claim> claims, CancellationToken cancellationToken) =>
        _channel.CallAsync(UnprepareMethod(Service), new NodeUnprepareResourcesRequest { Claims = { claims } }, Limit, cancellationToken);

    /// <summary>Whether it answers at all, if only that it does not know what it is asked. It is asked over the connection that it has already.</summary>
    public async Task<bool> IsThereAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _channel.CallAsync(GrpcProber.Check, new(), Patience, cancellationToken);
            return true;
        }
        catch (RpcException e)
        {
            return e.Code != GrpcStatusCode.Unavailable;
        }
    }

    public void Dispose() => _channel.Dispose();
}
