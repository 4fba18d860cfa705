namespace Sampan.ApiServer.Watch;

/// <summary>How to start a watch.</summary>
internal sealed record WatchOptions
{
    public ObjectFilter Filter { get; init; } = ObjectFilter.Everything;

    /// <summary>Events after this revision; null starts at the newest one.</summary>
    public long? After { get; init; }

    /// <summary>Begin with an ADDED event for each object there is, from the snapshot at which the watch then starts.</summary>
    public bool InitialEvents { get; init; }

    /// <summary>Send <see cref="CacheEventType.InitialEventsEnd"/> after them.</summary>
    public bool MarkInitialEventsEnd { get; init; }

    public bool Bookmarks { get; init; }
}
