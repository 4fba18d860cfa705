using Sampan.Client.Grpc;
using Sampan.Kubelet.Devices.V1Beta1;

namespace Sampan.Kubelet.Devices;

/// <summary>A device plugin that serves at a socket.</summary>
internal sealed class DeviceEndpoint(string socket, DevicePluginOptions options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan PreStartLimit = TimeSpan.FromSeconds(30);
    private readonly GrpcChannel _channel = GrpcChannel.ForUnixSocket(socket, time);
    private readonly CancellationTokenSource _stop = new();
    private bool _isDisposed;

    public DevicePluginOptions Options { get; } = options;

    public string Socket => socket;

    /// <summary>The devices it last told of, by their names; null before that.</summary>
    public IReadOnlyDictionary<string, Device>? Told { get; set; }

    /// <summary>Ends when the plugin hangs up, or when another took its place.</summary>
    public IAsyncEnumerable<ListAndWatchResponse> WatchAsync() => _channel.StreamAsync(DeviceMethods.ListAndWatch, new Empty(), _stop.Token);

    /// <exception cref="RpcException">The plugin refuses or does not answer.</exception>
    public async Task<ContainerAllocateResponse> AllocateAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var request = new AllocateRequest { ContainerRequests = { new ContainerAllocateRequest { DevicesIds = { ids } } } };
        var answer = await _channel.CallAsync(DeviceMethods.Allocate, request, null, cancellationToken);
        return answer.ContainerResponses.FirstOrDefault() ?? new ContainerAllocateResponse();
    }

    public Task PreStartAsync(IEnumerable<string> ids, CancellationToken cancellationToken) =>
        _channel.CallAsync(DeviceMethods.PreStartContainer, new PreStartContainerRequest { DevicesIds = { ids } }, PreStartLimit, cancellationToken);

    /// <summary>Which devices the plugin would give; empty when it does not care.</summary>
    public async Task<IReadOnlyList<string>> PreferAsync(IEnumerable<string> available, IEnumerable<string> included, int size, CancellationToken cancellationToken)
    {
        if (!Options.GetPreferredAllocationAvailable)
        {
            return [];
        }

        var request = new PreferredAllocationRequest
        {
            ContainerRequests = { new ContainerPreferredAllocationRequest { AvailableDeviceIDs = { available }, MustIncludeDeviceIDs = { included }, AllocationSize = size } },
        };
        var answer = await _channel.CallAsync(DeviceMethods.GetPreferredAllocation, request, null, cancellationToken);
        return answer.ContainerResponses.FirstOrDefault()?.DeviceIDs ?? [];
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        _stop.Cancel();
        _channel.Dispose();
        _stop.Dispose();
    }
}
