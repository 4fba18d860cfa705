using Sampan.Client.Grpc;
using Sampan.Kubelet.Configuration;

namespace Sampan.Kubelet.Images;

/// <summary>How many images are pulled at once, and how many pulls may begin in a second.</summary>
internal sealed class PullLimiter : IDisposable
{
    private readonly SemaphoreSlim? _turns;
    private readonly TokenBucket _tokens;

    public PullLimiter(KubeletConfiguration configuration, TimeProvider time)
    {
        var atOnce = configuration.SerializeImagePulls ? 1 : configuration.MaxParallelImagePulls;
        _turns = atOnce is { } count ? new SemaphoreSlim(count) : null;
        _tokens = new TokenBucket(configuration.RegistryPullQps, configuration.RegistryBurst, time);
    }

    /// <summary>Waits for a turn and pulls.</summary>
    /// <exception cref="RpcException">Too many pulls began lately, or the pull failed.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> pull, CancellationToken cancellationToken)
    {
        await (_turns?.WaitAsync(cancellationToken) ?? Task.CompletedTask);
        try
        {
            return _tokens.TryTake() ? await pull() : throw new RpcException(GrpcStatusCode.Unknown, "pull QPS exceeded");
        }
        finally
        {
            _turns?.Release();
        }
    }

    public void Dispose() => _turns?.Dispose();
}
