using Sampan.Api;
using Sampan.ApiServer.Http.Resources;
using Sampan.ApiServer.Tracing;
using Sampan.ApiServer.Watch;
using Sampan.Store;

namespace Sampan.ApiServer.Registry;

/// <summary>
/// The stored objects of one resource: reads come from the watch cache, writes go through the store by compare-and-swap. All
/// served versions of the resource share it.
/// </summary>
internal sealed class ResourceStorage(KindInfo kind, ResourceCache cache, IStore store, StoreTimes times, LeasePool? leases = null)
{
    public KindInfo Kind => kind;

    public ResourceCache Cache => cache;

    public GroupResource Resource { get; } = new(kind.Group, kind.Plural);

    public CachedObject? Find(string ns, string name) => cache.Find(ns, name);

    public CachedObject Get(string ns, string name) => cache.Find(ns, name) ?? throw NotFound(name);

    /// <summary>Stores a new object; null when the name is taken.</summary>
    public async ValueTask<CachedObject?> TryCreateAsync(IObject obj, CancellationToken cancellationToken)
    {
        var bytes = Encode(obj);
        using var span = Spans.Start("Create in the store");
        var began = times.Now;
        var result = await store.CommitAsync(Transaction.Create(KeyOf(obj), bytes, await LeaseAsync(cancellationToken), obj), cancellationToken);
        times.Created(began);
        await cache.WaitForAsync(result.Revision, cancellationToken);
        return result.Succeeded ? Committed(obj, bytes, result.Revision) : null;
    }

    /// <summary>Stores the next version of an object; null when somebody else wrote meanwhile. An unchanged object is not written.</summary>
    public async ValueTask<CachedObject?> TryUpdateAsync(CachedObject current, IObject obj, CancellationToken cancellationToken)
    {
        var bytes = Encode(obj);
        if (current.HasContent(bytes))
        {
            return current;
        }
        var transaction = Transaction.Update(KeyOf(obj), current.Revision, bytes, await LeaseAsync(cancellationToken), obj);
        using var span = Spans.Start("Update in the store");
        var began = times.Now;
        var result = await store.CommitAsync(transaction, cancellationToken);
        times.Updated(began);
        await cache.WaitForAsync(result.Revision, cancellationToken);
        return result.Succeeded ? Committed(obj, bytes, result.Revision) : null;
    }

    /// <summary>Removes an object; false when somebody else wrote meanwhile.</summary>
    public async ValueTask<bool> TryDeleteAsync(CachedObject current, CancellationToken cancellationToken)
    {
        var transaction = Transaction.Remove(KeyOf(current.Object), current.Revision);
        using var span = Spans.Start("Delete from the store");
        var began = times.Now;
        var result = await store.CommitAsync(transaction, cancellationToken);
        times.Deleted(began);
        await cache.WaitForAsync(result.Revision, cancellationToken);
        return result.Succeeded;
    }

    /// <summary>What a dry run answers: the object as it would be stored, under the version it would replace.</summary>
    public CachedObject Unstored(IObject obj, CachedObject? current = null) =>
        CachedObject.Create(kind, current?.Revision ?? 0, Encode(obj), obj);

    public StatusException NotFound(string name) => StatusException.NotFound(Resource, name);

    public StatusException Conflict(string name, string reason) => StatusException.Conflict(Resource, name, reason);

    private CachedObject Committed(IObject obj, byte[] bytes, long revision) =>
        cache.Find(obj.Metadata.Namespace ?? "", obj.Metadata.Name ?? "") is { } cached && cached.Revision == revision
            ? cached
            : CachedObject.Create(kind, revision, bytes);

    private ValueTask<long> LeaseAsync(CancellationToken cancellationToken) => leases?.TakeAsync(cancellationToken) ?? new(0);

    private byte[] Encode(IObject obj)
    {
        obj.Metadata.ResourceVersion = "";
        return ObjectForms.Encode(obj);
    }

    private string KeyOf(IObject obj) => cache.KeyOf(obj.Metadata.Namespace ?? "", obj.Metadata.Name ?? "");
}
