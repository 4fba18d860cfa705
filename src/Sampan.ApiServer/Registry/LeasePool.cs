using Sampan.Store;

namespace Sampan.ApiServer.Registry;

/// <summary>
/// Leases for objects that live a fixed time (events). Objects written within a minute share one, so they live up to a minute longer.
/// </summary>
internal sealed class LeasePool(IStore store, TimeSpan timeToLive, TimeProvider time)
{
    private static readonly TimeSpan Sharing = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private long _lease;
    private DateTimeOffset _sharedUntil;

    public async ValueTask<long> TakeAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            if (_lease == 0 || now >= _sharedUntil)
            {
                _lease = await store.GrantLeaseAsync(timeToLive + Sharing, cancellationToken);
                _sharedUntil = now + Sharing;
            }
            return _lease;
        }
        finally
        {
            _gate.Release();
        }
    }
}
