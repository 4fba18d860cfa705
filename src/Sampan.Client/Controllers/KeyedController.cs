using Microsoft.Extensions.Logging;
using Sampan.Api.Core.V1;
using Sampan.Client.Events;
using Sampan.Client.Informers;
using Sampan.Client.Metrics;
using Sampan.Client.Queues;

namespace Sampan.Client.Controllers;

/// <summary>
/// The one frame of all control loops. A controller names what it watches in its constructor and implements
/// <see cref="ReconcileAsync"/>, which is called for one key at a time, again after failures with back-off,
/// and only once the caches have seen what the last call for that key wrote.
/// </summary>
public abstract class KeyedController<TKey> : IComponent
    where TKey : notnull
{
    /// <summary>After so many failures in a row, and again after as many more, the object's users are told.</summary>
    private const int PatientTries = 5;

    /// <summary>A cache that has not seen a write after this long has lost it; going on is then better than standing still.</summary>
    private static readonly TimeSpan CacheLagLimit = TimeSpan.FromMinutes(5);

    private readonly List<IInformer> _informers = [];
    private readonly List<Func<IDisposable>> _subscribe = [];
    private readonly List<IDisposable> _subscriptions = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _workers;
    private Func<TKey, IObject?>? _subject;
    private Counter? _staleSyncs;
    private Task _running = Task.CompletedTask;

    /// <param name="name">What it is called where nothing else is said.</param>
    /// <param name="context">What all controllers share.</param>
    /// <param name="workers">How many keys it works on at once, unless the context says otherwise.</param>
    /// <param name="firstRetry">The pause after a failure, which doubles with each more; null: the queue's own, of milliseconds.</param>
    /// <param name="longestRetry">The longest of these pauses.</param>
    protected KeyedController(string name, ControllerContext context, int workers = 5, TimeSpan? firstRetry = null, TimeSpan? longestRetry = null)
    {
        Name = name;
        Context = context;
        Log = context.Logs.CreateLogger(name);
        Events = context.Events.Recorder(context.EventSourceOf(name));
        Queue = new WorkQueue<TKey>(context.Time, firstRetry, longestRetry, new QueueMetrics(context.Metrics, context.QueueNameOf(name)));
        _workers = context.Workers ?? workers;
    }

    public string Name { get; }

    /// <summary>True when every change so far has been worked on; keys may still wait for a later time.</summary>
    public bool IsIdle => _ready.Task.IsCompletedSuccessfully && Queue.IsIdle;

    protected ControllerContext Context { get; }

    protected ILogger Log { get; }

    protected EventRecorder Events { get; }

    protected TimeProvider Time => Context.Time;

    protected ApiClient Client => Context.Client;

    protected WorkQueue<TKey> Queue { get; }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _running = Task.Run(RunAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public Task ReadyAsync(CancellationToken cancellationToken) => _ready.Task.WaitAsync(cancellationToken);

    public virtual async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(cancellationToken);
        foreach (var subscription in _subscriptions) subscription.Dispose();
        Queue.Dispose();
    }

    /// <summary>Brings the object of this key nearer to what it should be. Throwing means: try again after a pause.</summary>
    protected abstract Task<ReconcileResult> ReconcileAsync(TKey key, CancellationToken cancellationToken);

    /// <summary>Runs before the workers, once all caches are filled.</summary>
    protected virtual Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Whose users are told when a key does not get on; null: nobody's.</summary>
    protected virtual ObjectReference? Subject(TKey key) => _subject?.Invoke(key) is { } subject ? EventRecorder.Reference(subject) : null;

    /// <summary>Uses a shared informer without being woken by it.</summary>
    protected Informer<T> Use<T>()
        where T : class, IObject<T> => Use(Context.Informers.For<T>());

    protected Informer<T> Use<T>(Informer<T> informer)
        where T : class
    {
        _informers.Add(informer);
        return informer;
    }

    /// <summary>Uses a shared informer; each change queues the keys that the function names for the old and the new object.</summary>
    protected Informer<T> Watch<T>(Func<T, IEnumerable<TKey>> keys)
        where T : class, IObject<T> => Watch(Context.Informers.For<T>(), keys);

    protected Informer<T> Watch<T>(Informer<T> informer, Func<T, IEnumerable<TKey>> keys)
        where T : class => Watch(informer, (old, current) =>
        {
            if (old is not null) EnqueueAll(keys(old));
            if (current is not null) EnqueueAll(keys(current));
        });

    /// <summary>Uses a shared informer and is told of each change.</summary>
    protected Informer<T> Watch<T>(Informer<T> informer, Action<T?, T?> onChange)
        where T : class
    {
        Use(informer);
        // The kind that is watched first is the one that the controller is about.
        if (typeof(TKey) == typeof(ObjectKey)) _subject ??= key => informer.Get((ObjectKey)(object)key) as IObject;
        _subscribe.Add(() => informer.Subscribe(onChange));
        return informer;
    }

    /// <summary>Looks now and then at what no informer tells of; looking must not throw.</summary>
    protected void LookEvery(TimeSpan period, Action look) => _subscribe.Add(() => Time.CreateTimer(_ => look(), null, period, period));

    /// <summary>Writes through this are seen by the caches before the key being reconciled is reconciled again.</summary>
    protected OwnWrites<T> Writes<T>(Informer<T> informer)
        where T : class => new(informer, Direct(informer), Time);

    /// <summary>Counts the syncs that were put off until a cache had seen what the one before wrote, under upstream's name.</summary>
    protected void CountStaleSyncs(string subsystem, string kind) => _staleSyncs = Context.Metrics.Counter(
        $"{subsystem}_stale_sync_skips_total", $"Total number of {kind} syncs skipped due to a stale watch cache.", "group", "resource");

    /// <summary>Reads and writes past the cache, as this controller's own user.</summary>
    protected ResourceClient<T> Direct<T>(Informer<T> informer)
        where T : class => new(Client.Transport, informer.Resource, informer.Client.Codec);

    private void EnqueueAll(IEnumerable<TKey> keys)
    {
        foreach (var key in keys) Queue.Add(key);
    }

    private async Task RunAsync()
    {
        try
        {
            await Task.WhenAll(_informers.Select(i => i.WaitForSyncAsync(_stop.Token)));
            foreach (var subscribe in _subscribe) _subscriptions.Add(subscribe());
            await PrepareAsync(_stop.Token);
            _ready.TrySetResult();
            await Task.WhenAll(Enumerable.Range(0, _workers).Select(_ => WorkAsync(_stop.Token)));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            _ready.TrySetCanceled();
        }
        catch (Exception e)
        {
            Log.LogError(e, "{Controller} cannot start", Name);
            _ready.TrySetException(e);
        }
    }

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var key = await Queue.GetAsync(cancellationToken);
            var scope = new ReconcileScope();
            await ReconcileOnceAsync(key, scope, cancellationToken);
            if (scope.HasSettled) Queue.Done(key);
            else _ = DoneWhenSettledAsync(key, scope, cancellationToken);
        }
    }

    private async Task ReconcileOnceAsync(TKey key, ReconcileScope scope, CancellationToken cancellationToken)
    {
        try
        {
            using (scope.Enter())
            {
                var result = await ReconcileAsync(key, cancellationToken);
                Queue.Forget(key);
                if (result.After is { } after) Queue.AddAfter(key, after);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            if (e is StatusException { IsConflict: true }) Log.LogDebug("{Key}: {Reason}", key, e.Message);
            else if (e is StatusException or ApiConnectionException) Log.LogWarning("{Key}: {Reason}", key, e.Message);
            else Log.LogError(e, "{Key}: reconcile failed", key);
            Queue.AddRateLimited(key);
            SayWaiting(key, e);
        }
    }

    /// <summary>Tells the users of an object that does not get on what it waits for; a passing fault is not worth their time.</summary>
    private void SayWaiting(TKey key, Exception failure)
    {
        var failures = Queue.Failures(key);
        if (failures < PatientTries || (failures - PatientTries) % PatientTries != 0 || failure is StatusException { IsConflict: true }) return;
        if (Subject(key) is { } subject) Events.Event(subject, "Warning", "FailedReconcile", $"{Name} tries again after {failures} failures: {failure.Message}");
    }

    /// <summary>The key stays "in work" until the caches caught up; the worker goes on with other keys meanwhile.</summary>
    private async Task DoneWhenSettledAsync(TKey key, ReconcileScope scope, CancellationToken cancellationToken)
    {
        try
        {
            using var limit = new CancellationTokenSource(CacheLagLimit, Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
            await scope.SettleAsync(either.Token);
            if (_staleSyncs is { } skips && Queue.IsAwaited(key))
                foreach (var resource in scope.Resources) skips.With(resource.Group, resource.Resource).Increment();
        }
        catch (OperationCanceledException)
        {
            if (!cancellationToken.IsCancellationRequested) Log.LogWarning("{Key}: the cache has not seen the last write for {Limit}", key, CacheLagLimit);
        }
        finally
        {
            Queue.Done(key);
        }
    }
}
