namespace Sampan.ApiServer.Watch;

/// <summary>
/// The newest changes of a cache, each with the tree after it: watches resume from here and lists of a past revision are
/// read from here. Bounded in number and in bytes. Not safe for concurrent use.
/// </summary>
internal sealed class EventRing(SortedTree<CachedObject> start, long startRevision, int capacity)
{
    private const int FirstSize = 16;
    private const long MaxBytes = 16 << 20;
    private const int Kept = 100;

    private (CacheEvent Event, SortedTree<CachedObject> After)[] _entries = new (CacheEvent, SortedTree<CachedObject>)[Math.Min(FirstSize, capacity)];
    private SortedTree<CachedObject> _before = start;
    private int _head;
    private int _count;
    private long _bytes;

    /// <summary>All events after this revision are here.</summary>
    public long CompleteAfter { get; private set; } = startRevision;

    public void Add(CacheEvent item, SortedTree<CachedObject> after)
    {
        if (_count == _entries.Length)
        {
            if (_count < capacity)
            {
                Grow();
            }
            else
            {
                DropOldest();
            }
        }

        _entries[(_head + _count) % _entries.Length] = (item, after);
        _count++;
        _bytes += item.Current!.Json.Length;
        while (_bytes > MaxBytes && _count > 1)
        {
            DropOldest();
        }
    }

    /// <summary>Drops the events up to a revision, but keeps the newest hundred.</summary>
    public void Forget(long revision)
    {
        while (_count > Kept && _entries[_head].Event.Revision <= revision)
        {
            DropOldest();
        }
    }

    /// <summary>The events after a revision, which must not be below <see cref="CompleteAfter"/>.</summary>
    public CacheEvent[] After(long revision)
    {
        var skip = CountUpTo(revision);
        var events = new CacheEvent[_count - skip];
        for (var i = 0; i < events.Length; i++)
        {
            events[i] = At(skip + i).Event;
        }

        return events;
    }

    /// <summary>The tree as of a revision, which must not be below <see cref="CompleteAfter"/>.</summary>
    public SortedTree<CachedObject> TreeAt(long revision) => CountUpTo(revision) is > 0 and var count ? At(count - 1).After : _before;

    private (CacheEvent Event, SortedTree<CachedObject> After) At(int index) => _entries[(_head + index) % _entries.Length];

    /// <summary>How many of the events are not after the revision.</summary>
    private int CountUpTo(long revision)
    {
        var (low, high) = (0, _count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = At(middle).Event.Revision <= revision ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private void Grow()
    {
        var grown = new (CacheEvent, SortedTree<CachedObject>)[Math.Min(_entries.Length * 2, capacity)];
        for (var i = 0; i < _count; i++)
        {
            grown[i] = At(i);
        }

        (_entries, _head) = (grown, 0);
    }

    private void DropOldest()
    {
        var (oldest, after) = _entries[_head];
        CompleteAfter = oldest.Revision;
        _before = after;
        _entries[_head] = default;
        _head = (_head + 1) % _entries.Length;
        _count--;
        _bytes -= oldest.Current!.Json.Length;
    }
}
