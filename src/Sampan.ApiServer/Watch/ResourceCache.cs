using Sampan.Api;
using Sampan.Store;

namespace Sampan.ApiServer.Watch;

/// <summary>
/// All objects of one resource in memory, as the store has them. Reads take an immutable snapshot; the <see cref="StoreFeed"/> brings
/// the changes, one at a time.
/// <code>
/// StoreFeed ─▶ Apply ─▶ tree (snapshots) ─▶ GET, LIST
///                   ├─▶ ring (recent)    ─▶ WATCH from a revision, LIST of a past revision
///                   └─▶ watcher index    ─▶ the watchers it concerns
/// </code>
/// </summary>
internal sealed class ResourceCache
{
    private readonly Lock _gate = new();
    private readonly StoreFeed _feed;
    private readonly IStore _store;
    private readonly ResourceCacheOptions _options;
    private readonly WatcherIndex _watchers;
    private readonly Queue<long> _ticks = [];
    private readonly List<CacheEvent> _changes = [];
    private List<(long Revision, IReadOnlyList<StoreEvent> Events)>? _pending = [];
    private EventRing _ring;
    private volatile CacheSnapshot _state;
    private SortedTree<CachedObject> _tree = SortedTree<CachedObject>.Empty;

    // Where the store stood some minutes ago: whether what was before still can be listed is for the store's history to say.
    private long _past;

    public ResourceCache(ResourceCacheOptions options, StoreFeed feed, IStore store)
    {
        (_options, _feed, _store) = (options, feed, store);
        Metrics = new CacheMetrics(options.Metrics, options.Kind.Group, options.Kind.Plural);
        _watchers = new WatcherIndex(options.Selectable, options.KeyPrefix, Metrics);
        _ring = new EventRing(_tree, 0, options.Events);
        _state = new CacheSnapshot(options.KeyPrefix, _tree, 0);
    }

    public KindInfo Kind => _options.Kind;

    public string KeyPrefix => _options.KeyPrefix;

    public SelectableFields Selectable => _options.Selectable;

    public CacheMetrics Metrics { get; }

    /// <summary>How many watchers are open.</summary>
    public int WatcherCount
    {
        get
        {
            lock (_gate)
            {
                return _watchers.Count;
            }
        }
    }

    public string KeyOf(string ns, string name) => ns.Length == 0 ? KeyPrefix + name : $"{KeyPrefix}{ns}/{name}";

    public CachedObject? Find(string ns, string name) => Volatile.Read(ref _tree).Find(KeyOf(ns, name));

    /// <summary>
    /// The newest state. Its revision is as new as the feed, also when the last changes were of other resources: the feed's revision is
    /// read first, and by then this cache has had everything up to it.
    /// </summary>
    public CacheSnapshot Snapshot()
    {
        var revision = _feed.Revision;
        var state = _state;
        return state.Revision >= revision ? state : new CacheSnapshot(KeyPrefix, state.Tree, revision);
    }

    /// <summary>The newest state after everything that any process has written before the call.</summary>
    public async ValueTask<CacheSnapshot> ConsistentSnapshotAsync(CancellationToken cancellationToken)
    {
        await WaitForAsync(await _store.CurrentRevisionAsync(cancellationToken), cancellationToken);
        return Snapshot();
    }

    /// <summary>The state as of exactly this revision, from memory or else from the store's history; null when it is gone.</summary>
    public async ValueTask<CacheSnapshot?> SnapshotAtAsync(long revision, CancellationToken cancellationToken)
    {
        await WaitUntilFreshAsync(revision, cancellationToken);
        lock (_gate)
        {
            if (revision >= Math.Max(_past, _ring.CompleteAfter))
            {
                return new CacheSnapshot(KeyPrefix, _ring.TreeAt(revision), revision);
            }
        }

        try
        {
            var range = await _store.RangeAsync(KeyPrefix, new RangeOptions { Revision = revision }, cancellationToken);
            return new CacheSnapshot(KeyPrefix, TreeOf(range), revision);
        }
        catch (CompactedException)
        {
            return null;
        }
    }

    /// <summary>Waits until everything up to the revision is here.</summary>
    public ValueTask WaitForAsync(long revision, CancellationToken cancellationToken) => _feed.WaitForAsync(revision, cancellationToken);

    /// <summary>The same for a revision that a client named; one that does not come in time is "Too large resource version".</summary>
    public ValueTask WaitUntilFreshAsync(long revision, CancellationToken cancellationToken) => _feed.WaitUntilFreshAsync(revision, cancellationToken);

    /// <summary>Starts a watch. A revision whose events are gone is a StatusException Expired.</summary>
    public CacheWatcher Watch(WatchOptions options)
    {
        lock (_gate)
        {
            _feed.ThrowIfLost();
            var initial = InitialItems(options);
            var watcher = new CacheWatcher(options, Selectable, _options.WatcherQueue, initial, Remove);
            _watchers.Add(watcher);
            return watcher;
        }
    }

    /// <summary>Tells one watcher how far it is.</summary>
    public void Mark(CacheWatcher watcher)
    {
        lock (_gate)
        {
            watcher.Offer(Bookmark());
        }
    }

    /// <summary>Reads all objects and follows the store from there. Call once.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        _feed.Attach(this);
        var range = await _store.RangeAsync(KeyPrefix, default, cancellationToken);
        var tree = TreeOf(range);
        lock (_gate)
        {
            _ring = new EventRing(tree, range.Revision, _options.Events);
            Publish(tree, range.Revision);
            foreach (var (revision, events) in _pending!.Where(p => p.Revision > range.Revision))
            {
                Process(revision, events);
            }

            _pending = null;
        }

        await _feed.WaitForAsync(range.Revision, cancellationToken);
    }

    /// <summary>Stops following and ends the watches; for a resource that is no longer served.</summary>
    public void Unload()
    {
        _feed.Detach(this);
        CloseWatchers();
    }

    /// <summary>All events of one revision that are this resource's.</summary>
    public void Apply(long revision, IReadOnlyList<StoreEvent> events)
    {
        lock (_gate)
        {
            if (_pending is not null)
            {
                _pending.Add((revision, events));
            }
            else
            {
                Process(revision, events);
            }
        }
    }

    /// <summary>
    /// Each minute: tells the watchers that ask for it how far they are, and forgets events that have become old and forms that nobody uses.
    /// </summary>
    public void Tick()
    {
        lock (_gate)
        {
            if (_watchers.Count > 0)
            {
                _watchers.DispatchBookmark(Bookmark());
            }

            _ticks.Enqueue(Snapshot().Revision);
            if (_ticks.Count > _options.EventMinutes)
            {
                _past = _ticks.Dequeue();
                _ring.Forget(_past);
            }
        }
        foreach (var item in _state.Items())
        {
            item.Age();
        }
    }

    public void CloseWatchers()
    {
        lock (_gate)
        {
            _watchers.CloseAll();
        }
    }

    private CacheEvent Bookmark() => new(CacheEventType.Bookmark, Snapshot().Revision, null, null);

    private IEnumerable<WatchItem>? InitialItems(WatchOptions options)
    {
        if (options.InitialEvents)
        {
            return InitialState(Snapshot(), options);
        }

        if (options.After is not { } after)
        {
            return null;
        }

        if (after < _ring.CompleteAfter)
        {
            throw StatusException.Expired($"too old resource version: {after} ({_ring.CompleteAfter})");
        }

        return Missed(_ring.After(after), options.Filter);
    }

    private IEnumerable<WatchItem> InitialState(CacheSnapshot snapshot, WatchOptions options)
    {
        foreach (var item in snapshot.Items(options.Filter.Namespace))
        {
            if (options.Filter.Matches(item, Selectable))
            {
                Metrics.Began();
                yield return new WatchItem(CacheEventType.Added, item, item.Revision);
            }
        }

        if (options.MarkInitialEventsEnd)
        {
            yield return new WatchItem(CacheEventType.InitialEventsEnd, null, snapshot.Revision);
        }
    }

    private IEnumerable<WatchItem> Missed(CacheEvent[] events, ObjectFilter filter)
    {
        foreach (var missed in events)
        {
            if (CacheWatcher.Select(missed, filter, Selectable) is { } item)
            {
                Metrics.Began();
                yield return item;
            }
        }
    }

    private void Process(long revision, IReadOnlyList<StoreEvent> events)
    {
        var tree = _tree;
        foreach (var e in events)
        {
            if (Change(tree, revision, e) is { } change)
            {
                tree = e.IsDelete ? tree.Remove(e.Key) : tree.Set(change.Current!);
                _ring.Add(change, tree);
                _changes.Add(change);
            }
        }

        // Whoever hears of a change must be able to read it.
        Publish(tree, revision);
        foreach (var change in _changes)
        {
            change.Previous?.DropForms();
            _watchers.Dispatch(change);
        }

        if (_changes.Count > 0)
        {
            Metrics.Processed(_changes.Count);
        }

        _changes.Clear();
    }

    private CacheEvent? Change(SortedTree<CachedObject> tree, long revision, StoreEvent e)
    {
        var previous = tree.Find(e.Key);
        if (e.Current is { } current)
        {
            var item = CachedObject.Create(Kind, revision, current.Value, e.Companion as IObject, current.Key);
            return new CacheEvent(previous is null ? CacheEventType.Added : CacheEventType.Modified, revision, item, previous);
        }

        return previous is null ? null : new CacheEvent(CacheEventType.Deleted, revision, previous.WithRevision(revision), previous);
    }

    private void Publish(SortedTree<CachedObject> tree, long revision)
    {
        Volatile.Write(ref _tree, tree);
        _state = new CacheSnapshot(KeyPrefix, tree, revision);
    }

    private SortedTree<CachedObject> TreeOf(RangeResult range)
    {
        var tree = SortedTree<CachedObject>.Empty;
        foreach (var item in range.Items)
        {
            tree = tree.Set(CachedObject.Create(Kind, item.ModRevision, item.Value, null, item.Key));
        }

        return tree;
    }

    private void Remove(CacheWatcher watcher)
    {
        lock (_gate)
        {
            _watchers.Remove(watcher);
        }
    }
}
