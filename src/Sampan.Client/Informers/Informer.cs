using Microsoft.Extensions.Logging;

namespace Sampan.Client.Informers;

/// <summary>
/// A local copy of a resource's objects that follows the server: one list, then a watch, shared by all who read it.
/// Objects are shared: clone before changing one. Subscribers run on the informer's loop and must not block.
/// </summary>
public sealed class Informer<T> : IInformer, IReflectorSink<T>
    where T : class
{
    private readonly IObjectCodec<T> _codec;
    private readonly Reflector<T> _reflector;
    private readonly ILogger _log;
    private readonly Lock _lock = new();
    private readonly SnapshotBuilder _builder = new();
    private readonly List<Action<object?, object?>> _subscribers = [];
    private readonly List<(Func<bool> IsFulfilled, TaskCompletionSource Done)> _waiters = [];
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile ObjectSnapshot _snapshot = ObjectSnapshot.Empty;

    public Informer(ResourceClient<T> client, InformerScope scope, TimeProvider time, ILogger log)
    {
        Client = client;
        Scope = scope;
        _codec = client.Codec;
        _log = log;
        _reflector = new Reflector<T>(client, scope, this, time, log);
    }

    public ResourceClient<T> Client { get; }

    public GroupVersionResource Resource => Client.Resource;

    public InformerScope Scope { get; }

    /// <summary>All objects at one moment.</summary>
    public InformerSnapshot<T> Snapshot => new(_snapshot);

    public string LastResourceVersion => _snapshot.ResourceVersion;

    public bool HasSynced => _synced.Task.IsCompletedSuccessfully;

    public T? Get(string? ns, string name) => Get(new ObjectKey(ns ?? "", name));

    public T? Get(ObjectKey key) => (T?)_snapshot.Get(key);

    public IEnumerable<T> List() => Snapshot.Items;

    /// <summary>The namespaces that hold an object.</summary>
    public IEnumerable<string> Namespaces => _snapshot.Namespaces.Keys;

    public IEnumerable<T> List(string ns) => Snapshot.In(ns);

    public IEnumerable<T> ByIndex(string index, string value) => Snapshot.ByIndex(index, value);

    /// <summary>Adds an index, unless one of that name exists.</summary>
    public void AddIndex(string name, Func<T, IEnumerable<string>> values)
    {
        lock (_lock) _snapshot = _builder.AddIndex(_snapshot, name, o => values((T)o));
    }

    /// <summary>
    /// Calls back with (null, new), (old, new) and (old, null); first with (null, object) for each that is already known.
    /// </summary>
    public IDisposable Subscribe(Action<T?, T?> onChange)
    {
        Action<object?, object?> subscriber = (old, current) => onChange((T?)old, (T?)current);
        lock (_lock)
        {
            foreach (var (_, item) in _snapshot.Entries) Call(subscriber, null, item);
            _subscribers.Add(subscriber);
        }

        return new Subscription(() =>
        {
            lock (_lock) _subscribers.Remove(subscriber);
        });
    }

    public Task WaitForSyncAsync(CancellationToken cancellationToken) => _synced.Task.WaitAsync(cancellationToken);

    /// <summary>Waits until everything up to a revision is in the snapshot.</summary>
    public Task WaitForRevisionAsync(string resourceVersion, CancellationToken cancellationToken) =>
        WaitUntilAsync(s => ResourceVersions.Compare(s.ResourceVersion, resourceVersion) >= 0, cancellationToken);

    /// <summary>Waits until the snapshot fulfils a condition.</summary>
    public async Task WaitUntilAsync(Func<InformerSnapshot<T>, bool> condition, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (condition(Snapshot)) return;
            _waiters.Add((() => condition(Snapshot), done));
        }

        try
        {
            await done.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            lock (_lock) _waiters.RemoveAll(w => w.Done == done);
        }
    }

    public Task RunAsync(CancellationToken cancellationToken) => _reflector.RunAsync(cancellationToken);

    void IReflectorSink<T>.Replace(IReadOnlyList<T> items, string resourceVersion)
    {
        lock (_lock)
        {
            var before = _snapshot;
            var after = _builder.Replace([.. items.Select(i => KeyValuePair.Create(_codec.Key(i), (object)i))], resourceVersion);
            _snapshot = after;
            foreach (var (key, old) in before.Entries)
                if (after.Get(key) is null) Notify(old, null);
            foreach (var (key, current) in after.Entries) NotifyChange(before.Get(key), current);
            _synced.TrySetResult();
            WakeWaiters();
        }
    }

    void IReflectorSink<T>.Apply(WatchEvent<T> e)
    {
        lock (_lock)
        {
            var version = ResourceVersions.Max(_codec.ResourceVersion(e.Object), _snapshot.ResourceVersion);
            var key = _codec.Key(e.Object);
            var old = Get(key);
            var current = e.Type == WatchEventType.Deleted ? null : e.Object;
            _snapshot = e.Type == WatchEventType.Bookmark
                ? _snapshot with { ResourceVersion = version }
                : _builder.Set(_snapshot, key, old, current, version);
            if (e.Type != WatchEventType.Bookmark)
            {
                if (current is not null) NotifyChange(old, current);
                else if (old is not null) Notify(e.Object, null);
            }

            WakeWaiters();
        }
    }

    /// <summary>An object of another uid under the same name is a deletion and a creation.</summary>
    private void NotifyChange(object? old, object current)
    {
        if (old is not null && _codec.Uid((T)old) != _codec.Uid((T)current))
        {
            Notify(old, null);
            old = null;
        }

        if (old is null || _codec.ResourceVersion((T)old) != _codec.ResourceVersion((T)current)) Notify(old, current);
    }

    private void Notify(object? old, object? current)
    {
        foreach (var subscriber in _subscribers) Call(subscriber, old, current);
    }

    private void Call(Action<object?, object?> subscriber, object? old, object? current)
    {
        try
        {
            subscriber(old, current);
        }
        catch (Exception e)
        {
            _log.LogError(e, "A subscriber of {Resource} failed on {Key}", Resource.Resource, _codec.Key((T)(current ?? old)!));
        }
    }

    private void WakeWaiters()
    {
        foreach (var (isFulfilled, done) in _waiters)
            if (isFulfilled()) done.TrySetResult();
    }

    private sealed class Subscription(Action dispose) : IDisposable
    {
        public void Dispose() => dispose();
    }
}
