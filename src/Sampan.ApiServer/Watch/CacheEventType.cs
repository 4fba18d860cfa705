namespace Sampan.ApiServer.Watch;

/// <summary>What happened to an object, and the marks between events.</summary>
internal enum CacheEventType
{
    Added,
    Modified,
    Deleted,

    /// <summary>Everything up to the event's revision has been sent.</summary>
    Bookmark,

    /// <summary>The bookmark after the initial events.</summary>
    InitialEventsEnd,
}
