using Sampan.Api;
using Sampan.ApiServer.Watch;

namespace Sampan.ApiServer.Registry;

/// <summary>
/// Calls back for every object of a cache and every change. When it falls behind and its watch is closed, it compares the new state
/// with what it reported and goes on.
/// </summary>
internal sealed class CacheSubscription<T> : IDisposable
    where T : class, IObject<T>
{
    private readonly ResourceCache _cache;
    private readonly Action<T?, T?> _onChange;
    private readonly Dictionary<ObjectKey, T> _known = [];
    private readonly CancellationTokenSource _stop = new();

    private CacheSubscription(ResourceCache cache, Action<T?, T?> onChange) => (_cache, _onChange) = (cache, onChange);

    /// <summary>The objects that exist are reported before this returns.</summary>
    public static CacheSubscription<T> Start(ResourceCache cache, Action<T?, T?> onChange)
    {
        var subscription = new CacheSubscription<T>(cache, onChange);
        var watcher = subscription.Resume();
        _ = subscription.RunAsync(watcher);
        return subscription;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private CacheWatcher Resume()
    {
        var watcher = _cache.Watch(new WatchOptions { InitialEvents = true, MarkInitialEventsEnd = true });
        var seen = new HashSet<ObjectKey>();
        while (watcher.TryRead(out var item) && item.Type != CacheEventType.InitialEventsEnd)
        {
            seen.Add(KeyOf(item.Object!.Object));
            Report(item);
        }
        foreach (var gone in _known.Keys.Except(seen).ToList())
        {
            _known.Remove(gone, out var last);
            _onChange(last, null);
        }
        return watcher;
    }

    private async Task RunAsync(CacheWatcher watcher)
    {
        var stop = _stop.Token;
        try
        {
            while (!stop.IsCancellationRequested)
            {
                while (await watcher.WaitToReadAsync(stop))
                {
                    while (watcher.TryRead(out var item))
                    {
                        Report(item);
                    }
                }
                watcher.Dispose();
                watcher = Resume();
            }
        }
        catch (Exception e) when (e is OperationCanceledException or StatusException)
        {
            // Disposed, or the store is lost and with it the server.
        }
        finally
        {
            watcher.Dispose();
        }
    }

    private void Report(WatchItem item)
    {
        if (item.Object?.Object is not T current)
        {
            return;
        }
        var key = KeyOf(current);
        _known.TryGetValue(key, out var last);
        if (item.Type == CacheEventType.Deleted)
        {
            _known.Remove(key);
            _onChange(last ?? current, null);
        }
        else if (last?.Metadata.ResourceVersion != current.Metadata.ResourceVersion)
        {
            _known[key] = current;
            _onChange(last, current);
        }
    }

    private static ObjectKey KeyOf(IObject obj) => new(obj.Metadata.Namespace, obj.Metadata.Name);
}
