namespace Sampan.Client;

/// <summary>What happened to the object of a watch event.</summary>
public enum WatchEventType
{
    Added,
    Modified,
    Deleted,

    /// <summary>Carries only a resource version: everything up to it has been sent.</summary>
    Bookmark,
}
