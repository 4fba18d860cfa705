using Sampan.Api;
using Sampan.ApiServer.Registry;
using Sampan.ApiServer.Tracing;
using Sampan.ApiServer.Watch;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>Lists from snapshots: the newest one, or the one of the revision that a continue token or an exact match names.</summary>
internal static class ListVerb
{
    private const string VersionTooOld = "The resourceVersion for the provided list is too old.";

    private const string ContinueTooOld =
        "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue "
        + "parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided "
        + "token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was "
        + "returned and now may show up in the list.";

    public static async ValueTask<ListPage> RunAsync(ApiRequest request, ResourceDescriptor resource, ResourceStorage storage)
    {
        var list = ListParameters.Parse(request);
        var filter = Filters.Of(request.Info, resource, list);
        var token = TokenOf(list);
        using var span = StorageSpans.StartList(storage.Kind);
        var snapshot = await SnapshotAsync(storage.Cache, list, token, request.Cancelled);
        Spans.Event("Listed items from cache");
        var limit = list.IgnoresLimit ? 0 : list.Limit;
        var page = Single(resource, filter, token) is { } key
            ? OnlyOne(storage.Cache, snapshot, filter, key)
            : Collect(storage.Cache, snapshot, filter, limit, token?.LastKey);
        storage.Cache.Metrics.Listed(page.Examined, page.Items.Count);
        if (span is not null)
        {
            Spans.Event("Filtered items", "count", page.Items.Count);
        }
        return page;
    }

    private static ContinueToken? TokenOf(ListParameters list)
    {
        if (list.Continue.Length == 0)
        {
            return null;
        }
        var token = ContinueToken.Decode(list.Continue);
        return list.ResourceVersion is not > 0
            ? token
            : throw StatusException.BadRequest("specifying resource version is not allowed when using continue");
    }

    private static async ValueTask<CacheSnapshot> SnapshotAsync(
        ResourceCache cache, ListParameters list, ContinueToken? token, CancellationToken cancelled)
    {
        if (token is { Revision: > 0 } page)
        {
            return await cache.SnapshotAtAsync(page.Revision, cancelled) ?? throw Expired(page);
        }
        if (list is { IsExact: true, ResourceVersion: { } exact })
        {
            return await cache.SnapshotAtAsync(exact, cancelled) ?? throw StatusException.Expired(VersionTooOld);
        }
        if (token is not null || list.ResourceVersion is not { } least)
        {
            return await cache.ConsistentSnapshotAsync(cancelled);
        }
        await cache.WaitUntilFreshAsync(least, cancelled);
        return cache.Snapshot();
    }

    /// <summary>The key, relative to the resource, of the only object that a selector by name (and namespace) can mean.</summary>
    private static string? Single(ResourceDescriptor resource, ObjectFilter filter, ContinueToken? token)
    {
        var name = filter.Name ?? filter.Fields.RequiresExactMatch("metadata.name");
        if (token is not null || string.IsNullOrEmpty(name))
        {
            return null;
        }
        if (!resource.Kind.Namespaced)
        {
            return name;
        }
        return NamespaceOf(filter) is { Length: > 0 } ns ? $"{ns}/{name}" : null;
    }

    private static string? NamespaceOf(ObjectFilter filter) =>
        string.IsNullOrEmpty(filter.Namespace) ? filter.Fields.RequiresExactMatch("metadata.namespace") : filter.Namespace;

    private static ListPage OnlyOne(ResourceCache cache, CacheSnapshot snapshot, ObjectFilter filter, string key) =>
        new(snapshot.Find(key) is { } item && filter.Matches(item, cache.Selectable) ? [item] : [], snapshot.Revision);

    /// <summary>
    /// A full page goes on when any object follows it, whether it matches or not: to know more, one would have to look through all of them
    /// for a page that the client may never ask for.
    /// </summary>
    private static ListPage Collect(ResourceCache cache, CacheSnapshot snapshot, ObjectFilter filter, int limit, string? after)
    {
        var (ns, everything) = (NamespaceOf(filter), Filters.MatchesEverything(filter));
        // What the keys of this list have in common is not part of its tokens.
        var common = string.IsNullOrEmpty(ns) ? "" : $"{ns}/";
        // The key after the last one that was returned.
        var from = after is null ? null : $"{common}{after}\0";
        if (everything && limit == 0)
        {
            return new ListPage(new SnapshotItems(snapshot, ns, from), snapshot.Revision);
        }
        var (items, examined) = (new List<CachedObject>(), 0);
        foreach (var candidate in snapshot.Items(ns, from))
        {
            examined++;
            if (limit > 0 && items.Count == limit)
            {
                var token = new ContinueToken(snapshot.Revision, snapshot.RelativeKey(items[^1])[common.Length..]);
                long? remaining = everything ? snapshot.CountItems(ns, from) - items.Count : null;
                return new ListPage(items, snapshot.Revision, token.Encode(), remaining) { Examined = examined };
            }
            if (everything || filter.Matches(candidate, cache.Selectable))
            {
                items.Add(candidate);
            }
        }
        return new ListPage(items, snapshot.Revision) { Examined = examined };
    }

    /// <summary>The client may go on without consistency by the token in the answer.</summary>
    private static StatusException Expired(ContinueToken token)
    {
        var expired = StatusException.Expired(ContinueTooOld);
        expired.Status.Metadata.Continue = (token with { Revision = -1 }).Encode();
        return expired;
    }
}
