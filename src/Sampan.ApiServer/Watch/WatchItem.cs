namespace Sampan.ApiServer.Watch;

/// <summary>What one watcher is to be sent. Bookmarks have a revision and no object.</summary>
internal readonly record struct WatchItem(CacheEventType Type, CachedObject? Object, long Revision);
