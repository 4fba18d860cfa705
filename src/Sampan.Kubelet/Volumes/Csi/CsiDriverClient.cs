using Google.Protobuf;
using Sampan.Client.Grpc;
using Capability = Sampan.Kubelet.Volumes.Csi.NodeServiceCapability.Types.RPC.Types.Type;

namespace Sampan.Kubelet.Volumes.Csi;

/// <summary>A driver that is registered on this node, behind its socket.</summary>
internal sealed class CsiDriverClient(string name, string endpoint, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private readonly GrpcChannel _channel = GrpcChannel.ForUnixSocket(endpoint, time);
    private IReadOnlySet<Capability>? _capabilities;

    public string Name => name;

    public string Endpoint => endpoint;

    /// <summary>Drivers are asked once; a driver that changes registers anew.</summary>
    public async Task<bool> CanAsync(Capability capability, CancellationToken cancellationToken)
    {
        _capabilities ??= (await CallAsync(CsiMethods.GetCapabilities, new NodeGetCapabilitiesRequest(), cancellationToken))
            .Capabilities.Select(c => c.Rpc?.Type ?? Capability.Unknown).ToHashSet();
        return _capabilities.Contains(capability);
    }

    /// <summary>Whether a call that failed so does nothing any more; after other failures the driver may still be at it.</summary>
    public static bool IsOver(RpcException failure) => failure.Code is not (
        GrpcStatusCode.Canceled or GrpcStatusCode.DeadlineExceeded or GrpcStatusCode.Unavailable or GrpcStatusCode.ResourceExhausted or GrpcStatusCode.Aborted);

    /// <exception cref="RpcException">The driver's own failure.</exception>
    public Task<TResponse> CallAsync<TRequest, TResponse>(GrpcMethod<TRequest, TResponse> method, TRequest request, CancellationToken cancellationToken)
        where TRequest : IMessage<TRequest>
        where TResponse : IMessage<TResponse> => _channel.CallAsync(method, request, Limit, cancellationToken);

    public void Dispose() => _channel.Dispose();
}
