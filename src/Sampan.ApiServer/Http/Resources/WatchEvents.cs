using System.Globalization;
using Sampan.Api;
using Sampan.ApiServer.Registry;
using Sampan.ApiServer.Watch;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>Cache events in the API's terms.</summary>
internal static class WatchEvents
{
    private const string InitialEventsEnd = "k8s.io/initial-events-end";

    public static string TypeOf(WatchItem item) => item.Type switch
    {
        CacheEventType.Added => "ADDED",
        CacheEventType.Modified => "MODIFIED",
        CacheEventType.Deleted => "DELETED",
        _ => "BOOKMARK",
    };

    /// <summary>The event's object in the served version; for a bookmark an empty one with the revision.</summary>
    public static CachedObject ObjectOf(WatchItem item, ResourceDescriptor resource)
    {
        if (item.Object is { } stored)
        {
            return resource.Serve(stored);
        }
        var empty = (IObject)resource.Kind.New();
        if (item.Type == CacheEventType.InitialEventsEnd)
        {
            empty.Metadata.Annotations = new() { [InitialEventsEnd] = "true" };
        }
        var json = ObjectForms.Encode(empty);
        empty.Metadata.ResourceVersion = item.Revision.ToString(CultureInfo.InvariantCulture);
        return CachedObject.Create(resource.Kind, item.Revision, json, empty);
    }
}
