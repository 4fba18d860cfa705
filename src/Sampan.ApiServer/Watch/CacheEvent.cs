namespace Sampan.ApiServer.Watch;

/// <summary>
/// One change in a cache, shared by all watchers. <see cref="Current"/> of a deletion is the last state under the deletion's
/// revision; <see cref="Previous"/> is the state before.
/// </summary>
internal sealed class CacheEvent(CacheEventType type, long revision, CachedObject? current, CachedObject? previous)
{
    private CachedObject? _departed;

    public CacheEventType Type => type;

    public long Revision => revision;

    public CachedObject? Current => current;

    public CachedObject? Previous => previous;

    /// <summary>What a watcher sees when the object leaves its selection: the state before, under this event's revision.</summary>
    public CachedObject Departed => type == CacheEventType.Deleted ? current! : _departed ??= previous!.WithRevision(revision);
}
