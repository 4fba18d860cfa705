namespace Sampan.ApiServer.Watch;

/// <summary>
/// Watchers by what they want, so that an event is offered only to those whose place it touches. Each watcher is in one place, the
/// narrowest its filter allows:
/// <code>
/// name and namespace     (key)      pods/default/web
/// a field equals a value (field)    spec.nodeName=n1
/// namespace              (ns)       default
/// anything else          (all)
/// </code>
/// An event touches the places of both its states. Not safe for concurrent use.
/// </summary>
internal sealed class WatcherIndex(SelectableFields selectable, string keyPrefix, CacheMetrics metrics)
{
    private readonly Dictionary<Place, List<CacheWatcher>> _places = [];
    private readonly int[] _fieldWatchers = new int[selectable.Names.Count];
    private int _keyWatchers;
    private int _namespaceWatchers;

    public int Count { get; private set; }

    public void Add(CacheWatcher watcher)
    {
        var place = PlaceOf(watcher.Options.Filter);
        if (!_places.TryGetValue(place, out var watchers))
        {
            _places.Add(place, watchers = []);
        }

        watchers.Add(watcher);
        Counted(place, 1);
    }

    public void Remove(CacheWatcher watcher)
    {
        var place = PlaceOf(watcher.Options.Filter);
        if (_places.TryGetValue(place, out var watchers) && watchers.Remove(watcher))
        {
            Counted(place, -1);
            if (watchers.Count == 0)
            {
                _places.Remove(place);
            }
        }
    }

    /// <summary>Offers the event to those it may concern and closes those who do not keep up.</summary>
    public void Dispatch(CacheEvent change)
    {
        if (Count == 0)
        {
            return;
        }

        Offer(Place.All, change);
        var item = change.Current!;
        if (_namespaceWatchers > 0)
        {
            Offer(Place.InNamespace(item.Namespace), change);
        }

        if (_keyWatchers > 0)
        {
            Offer(Place.OfKey(item.Key), change);
        }

        for (var field = 0; field < _fieldWatchers.Length; field++)
        {
            if (_fieldWatchers[field] > 0)
            {
                DispatchField(field, change);
            }
        }
    }

    /// <summary>Offers to every watcher that asked for bookmarks.</summary>
    public void DispatchBookmark(CacheEvent bookmark)
    {
        foreach (var watchers in _places.Values)
        {
            foreach (var watcher in watchers)
            {
                if (watcher.Options.Bookmarks)
                {
                    // One who is too slow even for this is closed at the next event.
                    watcher.Offer(bookmark);
                }
            }
        }
    }

    public void CloseAll()
    {
        foreach (var watcher in _places.Values.SelectMany(w => w))
        {
            watcher.Close();
        }

        _places.Clear();
        Count = _keyWatchers = _namespaceWatchers = 0;
        Array.Clear(_fieldWatchers);
    }

    private void DispatchField(int field, CacheEvent change)
    {
        var now = change.Current!.Fields(selectable)[field];
        Offer(Place.OfField(field, now), change);
        if (change.Previous?.Fields(selectable)[field] is { } before && before != now)
        {
            Offer(Place.OfField(field, before), change);
        }
    }

    private void Offer(Place place, CacheEvent change)
    {
        if (!_places.TryGetValue(place, out var watchers))
        {
            return;
        }

        for (var i = watchers.Count - 1; i >= 0; i--)
        {
            if (!watchers[i].Offer(change))
            {
                watchers[i].Close();
                metrics.Terminated();
                watchers.RemoveAt(i);
                Counted(place, -1);
            }
        }

        if (watchers.Count == 0)
        {
            _places.Remove(place);
        }
    }

    private Place PlaceOf(ObjectFilter filter)
    {
        var ns = string.IsNullOrEmpty(filter.Namespace) ? filter.Fields.RequiresExactMatch("metadata.namespace") : filter.Namespace;
        var name = filter.Name ?? filter.Fields.RequiresExactMatch("metadata.name");
        if (name is not null && ns is not null)
        {
            return Place.OfKey($"{keyPrefix}{ns}/{name}");
        }

        for (var field = 0; field < selectable.Names.Count; field++)
        {
            if (filter.Fields.RequiresExactMatch(selectable.Names[field]) is { } value)
            {
                return Place.OfField(field, value);
            }
        }

        return ns is null ? Place.All : Place.InNamespace(ns);
    }

    private void Counted(Place place, int by)
    {
        Count += by;
        switch (place.Kind)
        {
            case PlaceKind.Key:
                _keyWatchers += by;
                break;
            case PlaceKind.Namespace:
                _namespaceWatchers += by;
                break;
            case PlaceKind.Field:
                _fieldWatchers[place.Field] += by;
                break;
        }
    }

    private enum PlaceKind
    {
        All,
        Namespace,
        Key,
        Field,
    }

    private readonly record struct Place(PlaceKind Kind, int Field, string Value)
    {
        public static Place All => new(PlaceKind.All, 0, "");

        public static Place InNamespace(string ns) => new(PlaceKind.Namespace, 0, ns);

        public static Place OfKey(string key) => new(PlaceKind.Key, 0, key);

        public static Place OfField(int field, string value) => new(PlaceKind.Field, field, value);
    }
}
