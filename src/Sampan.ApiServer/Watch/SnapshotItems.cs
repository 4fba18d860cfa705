using System.Collections;

namespace Sampan.ApiServer.Watch;

/// <summary>The objects of a snapshot's namespace from a key on, read from the snapshot itself: nothing is copied for a large list.</summary>
internal sealed class SnapshotItems(CacheSnapshot snapshot, string? ns, string? from) : IReadOnlyCollection<CachedObject>
{
    public int Count { get; } = snapshot.CountItems(ns, from);

    public IEnumerator<CachedObject> GetEnumerator()
    {
        foreach (var item in snapshot.Items(ns, from))
        {
            yield return item;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
