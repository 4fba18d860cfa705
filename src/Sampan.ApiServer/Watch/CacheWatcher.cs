using System.Threading.Channels;

namespace Sampan.ApiServer.Watch;

/// <summary>
/// One client's view of a cache's changes. The cache never waits for it: when its queue is full it is closed, and the client watches anew
/// from what it has seen. One reader.
/// <code>
/// while (await watcher.WaitToReadAsync(ct))
///     while (watcher.TryRead(out var item)) write(item);
///     flush();
/// </code>
/// </summary>
internal sealed class CacheWatcher : IDisposable
{
    private readonly Channel<CacheEvent> _queue;
    private readonly SelectableFields _selectable;
    private readonly Action<CacheWatcher> _remove;
    private IEnumerator<WatchItem>? _initial;

    public CacheWatcher(WatchOptions options, SelectableFields selectable, int capacity, IEnumerable<WatchItem>? initial, Action<CacheWatcher> remove)
    {
        Options = options;
        _selectable = selectable;
        _remove = remove;
        _initial = initial?.GetEnumerator();
        _queue = Channel.CreateBounded<CacheEvent>(new BoundedChannelOptions(capacity) { SingleReader = true, SingleWriter = true });
    }

    public WatchOptions Options { get; }

    /// <summary>Called once when the cache gives the watcher up: what is queued is the last it gets.</summary>
    public Action? Closed { get; set; }

    /// <summary>Waits for something to read. False when the watch has ended: the client was too slow or the cache has stopped.</summary>
    public ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken) =>
        _initial is not null ? new ValueTask<bool>(true) : _queue.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>Takes the next item; false when there is none at the moment.</summary>
    public bool TryRead(out WatchItem item)
    {
        if (_initial is not null)
        {
            if (_initial.MoveNext())
            {
                item = _initial.Current;
                return true;
            }

            _initial.Dispose();
            _initial = null;
        }

        while (_queue.Reader.TryRead(out var next))
        {
            if (Select(next, Options.Filter, _selectable) is { } selected)
            {
                item = selected;
                return true;
            }
        }

        item = default;
        return false;
    }

    /// <summary>Hands over an event; false when the watcher does not keep up.</summary>
    public bool Offer(CacheEvent item) => _queue.Writer.TryWrite(item);

    /// <summary>Ends the watch after what is queued.</summary>
    public void Close()
    {
        if (_queue.Writer.TryComplete())
        {
            Closed?.Invoke();
        }
    }

    public void Dispose()
    {
        // Whoever closes does so where the watcher is found; nobody finds it after this.
        _remove(this);
        _queue.Writer.TryComplete();
        _initial?.Dispose();
    }

    /// <summary>
    /// What a selection sees of an event: an object that begins to match is added, one that ceases to match is deleted.
    /// </summary>
    public static WatchItem? Select(CacheEvent change, ObjectFilter filter, SelectableFields selectable)
    {
        if (change.Type >= CacheEventType.Bookmark)
        {
            return new WatchItem(change.Type, null, change.Revision);
        }

        var before = change.Previous is { } previous && filter.Matches(previous, selectable);
        var after = change.Type != CacheEventType.Deleted && filter.Matches(change.Current!, selectable);
        return (before, after) switch
        {
            (false, true) => new WatchItem(CacheEventType.Added, change.Current, change.Revision),
            (true, true) => new WatchItem(CacheEventType.Modified, change.Current, change.Revision),
            (true, false) => new WatchItem(CacheEventType.Deleted, change.Departed, change.Revision),
            _ => null,
        };
    }
}
