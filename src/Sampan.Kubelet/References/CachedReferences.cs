using System.Collections.Concurrent;
using Sampan.Api;
using Sampan.Client;

namespace Sampan.Kubelet.References;

/// <summary>
/// Reads objects one by one and keeps each for a while, so that many pods with the same reference cost one request. A pod that
/// is new always gets the newest.
/// </summary>
/// <param name="client">The API server.</param>
/// <param name="lifetime">Zero to ask each time.</param>
/// <param name="time">Tells how old a copy is.</param>
internal sealed class CachedReferences<T>(ApiClient client, TimeSpan lifetime, TimeProvider time) : IReferences<T>
    where T : class, IObject<T>
{
    private readonly ConcurrentDictionary<ObjectKey, (T Value, long ReadAt)> _known = new();

    /// <summary>Never raised: the pod's next round reads again.</summary>
    public event Action<string>? Changed
    {
        add { }
        remove { }
    }

    public void Set(string podUid, IReadOnlyCollection<ObjectKey> keys)
    {
        foreach (var key in keys)
        {
            _known.TryRemove(key, out _);
        }
    }

    public async Task<T?> FindAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(key, out var known) && time.GetElapsedTime(known.ReadAt) < lifetime)
        {
            return known.Value;
        }

        var readAt = time.GetTimestamp();
        var value = await client.Of<T>().FindAsync(key.Namespace, key.Name, cancellationToken);
        if (value is null)
        {
            // What is missing is asked for again: somebody is about to create it.
            _known.TryRemove(key, out _);
        }
        else
        {
            _known[key] = (value, readAt);
        }

        return value;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
