using Sampan.Api;
using Sampan.Api.Meta.V1;
using Sampan.Store;

namespace Sampan.ApiServer.Watch;

/// <summary>
/// Follows the store once for all caches: brings each event to its resource's cache, then moves <see cref="Revision"/> on. With the embedded
/// store that happens before a write returns.
/// </summary>
internal sealed class StoreFeed : IStoreObserver, IDisposable
{
    private const string Root = "/registry/";
    private static readonly TimeSpan TickPeriod = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FreshnessTimeout = TimeSpan.FromSeconds(3);

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly StoreSubscription _subscription;
    private readonly ITimer _ticks;
    private readonly PriorityQueue<TaskCompletionSource, long> _waiting = new();
    private volatile Dictionary<string, ResourceCache> _caches = [];
    private long _revision;
    private volatile StoreException? _lost;

    public StoreFeed(IStore store, TimeProvider time)
    {
        _time = time;
        _subscription = store.Subscribe(Root, this);
        AdvanceTo(_subscription.Revision);
        _ticks = time.CreateTimer(_ => Tick(), null, TickPeriod, TickPeriod);
    }

    /// <summary>Every change up to here is in the caches.</summary>
    public long Revision => Volatile.Read(ref _revision);

    public void Attach(ResourceCache cache) => Change(caches => caches.Add(cache.KeyPrefix, cache));

    public void Detach(ResourceCache cache) => Change(caches => caches.Remove(cache.KeyPrefix));

    public void OnBatch(StoreBatch batch)
    {
        var events = batch.Events;
        if (events.Count == 1)
        {
            CacheOf(events[0].Key)?.Apply(batch.Revision, events);
        }
        else if (events.Count > 1)
        {
            foreach (var group in events.GroupBy(e => CacheOf(e.Key)))
            {
                group.Key?.Apply(batch.Revision, [.. group]);
            }
        }

        AdvanceTo(batch.Revision);
    }

    public void OnLost(StoreException reason)
    {
        List<TaskCompletionSource> waiting;
        lock (_gate)
        {
            _lost = reason;
            waiting = [.. _waiting.UnorderedItems.Select(w => w.Element)];
            _waiting.Clear();
        }

        waiting.ForEach(w => w.TrySetException(Unavailable(reason)));
        foreach (var cache in _caches.Values)
        {
            cache.CloseWatchers();
        }
    }

    public void ThrowIfLost()
    {
        if (_lost is { } reason)
        {
            throw Unavailable(reason);
        }
    }

    public ValueTask WaitForAsync(long revision, CancellationToken cancellationToken) =>
        revision <= Revision ? default : new ValueTask(Waiter(revision).WaitAsync(cancellationToken));

    /// <summary>Waits a short while; then it is upstream's "Too large resource version".</summary>
    public async ValueTask WaitUntilFreshAsync(long revision, CancellationToken cancellationToken)
    {
        if (revision <= Revision)
        {
            return;
        }

        try
        {
            await Waiter(revision).WaitAsync(FreshnessTimeout, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw TooLarge(revision);
        }
    }

    public void Dispose()
    {
        _ticks.Dispose();
        _subscription.Dispose();
    }

    private static StatusException Unavailable(StoreException reason) => StatusException.ServiceUnavailable(reason.Message);

    private StatusException TooLarge(long revision)
    {
        var error = StatusException.Timeout($"Too large resource version: {revision}, current: {Revision}", 1);
        error.Status.Details!.Causes = [new StatusCause { Reason = "ResourceVersionTooLarge", Message = "Too large resource version" }];
        return error;
    }

    /// <summary>The cache of a key: /registry/pods/… or /registry/apps/deployments/….</summary>
    private ResourceCache? CacheOf(string key)
    {
        var caches = _caches.GetAlternateLookup<ReadOnlySpan<char>>();
        var first = key.IndexOf('/', Root.Length) + 1;
        if (first > 0 && caches.TryGetValue(key.AsSpan(0, first), out var cache))
        {
            return cache;
        }

        var second = first > 0 ? key.IndexOf('/', first) + 1 : 0;
        return second > 0 && caches.TryGetValue(key.AsSpan(0, second), out cache) ? cache : null;
    }

    // The dictionary in use never changes: it is replaced.
    private void Change(Action<Dictionary<string, ResourceCache>> change)
    {
        lock (_gate)
        {
            var caches = new Dictionary<string, ResourceCache>(_caches);
            change(caches);
            _caches = caches;
        }
    }

    private Task Waiter(long revision)
    {
        lock (_gate)
        {
            ThrowIfLost();
            if (revision <= Revision)
            {
                return Task.CompletedTask;
            }

            var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(waiter, revision);
            return waiter.Task;
        }
    }

    private void AdvanceTo(long revision)
    {
        lock (_gate)
        {
            // The first batch may come before the constructor is through.
            Volatile.Write(ref _revision, Math.Max(_revision, revision));
            while (_waiting.TryPeek(out var waiter, out var due) && due <= revision)
            {
                _waiting.Dequeue();
                waiter.TrySetResult();
            }
        }
    }

    private void Tick()
    {
        foreach (var cache in _caches.Values)
        {
            cache.Tick();
        }
    }
}
