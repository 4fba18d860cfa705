using Sampan.Client.Grpc;
using Sampan.Kubelet.Configuration;

namespace Sampan.Kubelet.Images;

/// <summary>How many images are pulled at once, and how many pulls may begin in a second.</summary>
internal sealed class PullLimiter : IDisposable
{
    private readonly SemaphoreSlim? _turns;
    private readonly double _rate;
    private readonly double _burst;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private double _tokens;
    private long _filledAt;

    public PullLimiter(KubeletConfiguration configuration, TimeProvider time)
    {
        var atOnce = configuration.SerializeImagePulls ? 1 : configuration.MaxParallelImagePulls;
        _turns = atOnce is { } count ? new SemaphoreSlim(count) : null;
        (_rate, _burst, _time) = (configuration.RegistryPullQps, configuration.RegistryBurst, time);
        (_tokens, _filledAt) = (_burst, time.GetTimestamp());
    }

    /// <summary>Waits for a turn and pulls.</summary>
    /// <exception cref="RpcException">Too many pulls began lately, or the pull failed.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> pull, CancellationToken cancellationToken)
    {
        await (_turns?.WaitAsync(cancellationToken) ?? Task.CompletedTask);
        try
        {
            return TryTake() ? await pull() : throw new RpcException(GrpcStatusCode.ResourceExhausted, "pull QPS exceeded");
        }
        finally
        {
            _turns?.Release();
        }
    }

    public void Dispose() => _turns?.Dispose();

    private bool TryTake()
    {
        if (_rate <= 0)
        {
            return true;
        }

        lock (_lock)
        {
            _tokens = Math.Min(_burst, _tokens + (_time.GetElapsedTime(_filledAt).TotalSeconds * _rate));
            _filledAt = _time.GetTimestamp();
            if (_tokens < 1)
            {
                return false;
            }

            _tokens--;
            return true;
        }
    }
}
