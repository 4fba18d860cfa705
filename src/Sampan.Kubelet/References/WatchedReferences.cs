using Microsoft.Extensions.Logging;
using Sampan.Api;
using Sampan.Client;
using Sampan.Client.Informers;

namespace Sampan.Kubelet.References;

/// <summary>
/// Watches each object by itself, as a node is allowed to, for as long as a pod refers to it. One that says that it never
/// changes is not watched any longer. Upstream: pkg/kubelet/util/manager.
/// <code>
/// default/settings ── watch ── pods { a, b }
/// default/keys     ── watch ── pods { b }
/// </code>
/// </summary>
internal sealed class WatchedReferences<T>(ApiClient client, Func<T, bool> isImmutable, TimeProvider time, ILogger logger) : IReferences<T>
    where T : class, IObject<T>
{
    /// <summary>How long a read waits for a watch that has just begun, before it asks by itself and so learns what is wrong.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<ObjectKey, Entry> _entries = [];
    private readonly Dictionary<string, IReadOnlyCollection<ObjectKey>> _keysOf = [];

    public event Action<string>? Changed;

    /// <summary>How many objects are known by watches.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _entries.Count;
            }
        }
    }

    public void Set(string podUid, IReadOnlyCollection<ObjectKey> keys)
    {
        lock (_lock)
        {
            var before = _keysOf.GetValueOrDefault(podUid, []);
            foreach (var key in keys.Except(before))
            {
                Refer(key, podUid);
            }

            foreach (var key in before.Except(keys))
            {
                Release(key, podUid);
            }

            if (keys.Count > 0)
            {
                _keysOf[podUid] = keys;
            }
            else
            {
                _keysOf.Remove(podUid);
            }
        }
    }

    public async Task<T?> FindAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        Entry? entry;
        lock (_lock)
        {
            entry = _entries.GetValueOrDefault(key);
        }

        return entry is not null && await HasSyncedAsync(entry, cancellationToken)
            ? entry.Informer.Get(key)
            : await client.Of<T>().FindAsync(key.Namespace, key.Name, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        List<Entry> entries;
        lock (_lock)
        {
            entries = [.. _entries.Values];
            _entries.Clear();
            _keysOf.Clear();
        }

        foreach (var entry in entries)
        {
            await entry.Stop.CancelAsync();
            await entry.Running;
        }
    }

    private async Task<bool> HasSyncedAsync(Entry entry, CancellationToken cancellationToken)
    {
        if (!entry.Informer.HasSynced)
        {
            using var timer = new CancellationTokenSource(Patience, time);
            using var joined = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
            await entry.Informer.WaitForSyncAsync(joined.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return entry.Informer.HasSynced;
    }

    private void Refer(ObjectKey key, string podUid)
    {
        if (!_entries.TryGetValue(key, out var entry))
        {
            var informer = new Informer<T>(client.Of<T>(), new InformerScope(key.Namespace, $"metadata.name={key.Name}"), time, logger);
            _ = informer.Subscribe((_, current) => OnChange(key, current));
            var stop = new CancellationTokenSource();
            _entries[key] = entry = new Entry(informer, stop, Task.Run(() => informer.RunAsync(stop.Token)));
        }

        entry.Pods.Add(podUid);
    }

    private void Release(ObjectKey key, string podUid)
    {
        if (_entries.TryGetValue(key, out var entry) && entry.Pods.Remove(podUid) && entry.Pods.Count == 0)
        {
            _entries.Remove(key);
            entry.Stop.Cancel();
        }
    }

    private void OnChange(ObjectKey key, T? current)
    {
        List<string> pods;
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out var entry))
            {
                return;
            }

            // What the first list tells is what the pod that waits for it reads anyway.
            pods = entry.Informer.HasSynced ? [.. entry.Pods] : [];
            if (current is not null && isImmutable(current))
            {
                entry.Stop.CancelAsync();
            }
        }

        foreach (var pod in pods)
        {
            Changed?.Invoke(pod);
        }
    }

    private sealed record Entry(Informer<T> Informer, CancellationTokenSource Stop, Task Running)
    {
        public HashSet<string> Pods { get; } = [];
    }
}
