using Sampan.Api;
using Sampan.Api.Codec;
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
    /// <summary>No object that a client wrote takes more bytes as protobuf, which is what etcd stores of upstream by default.</summary>
    public const int MaxSize = 1536 * 1024;

    public KindInfo Kind => kind;

    public ResourceCache Cache => cache;

    public GroupResource Resource { get; } = new(kind.Group, kind.Plural);

    public CachedObject? Find(string ns, string name) => cache.Find(ns, name);

    public CachedObject Get(string ns, string name) => cache.Find(ns, name) ?? throw NotFound(name);

    /// <summary>Stores what a client made anew; null when the name is taken.</summary>
    public ValueTask<CachedObject?> TryCreateAsync(IObject obj, WriteContext context) => TryCreateAsync(obj, context, context.Cancelled);

    /// <summary>Stores a new object; null when the name is taken.</summary>
    public ValueTask<CachedObject?> TryCreateAsync(IObject obj, CancellationToken cancellationToken) => TryCreateAsync(obj, null, cancellationToken);

    private async ValueTask<CachedObject?> TryCreateAsync(IObject obj, WriteContext? context, CancellationToken cancellationToken)
    {
        using var span = StorageSpans.StartWrite("Create etcd3", cache, obj);
        var bytes = Encoded(obj, context);
        var began = times.Now;
        var result = await store.CommitAsync(Transaction.Create(KeyOf(obj), bytes, await LeaseAsync(cancellationToken), obj), cancellationToken);
        times.Created(began);
        Spans.Event("Txn call succeeded");
        await cache.WaitForAsync(result.Revision, cancellationToken);
        return result.Succeeded ? Committed(obj, bytes, result.Revision) : null;
    }

    /// <summary>Stores what a client made of an object; null when somebody else wrote meanwhile. An unchanged object is not written.</summary>
    public ValueTask<CachedObject?> TryUpdateAsync(CachedObject current, IObject obj, WriteContext context) =>
        TryUpdateAsync(current, obj, context, context.Cancelled);

    /// <summary>Stores the next version of an object; null when somebody else wrote meanwhile. An unchanged object is not written.</summary>
    public ValueTask<CachedObject?> TryUpdateAsync(CachedObject current, IObject obj, CancellationToken cancellationToken) =>
        TryUpdateAsync(current, obj, null, cancellationToken);

    private async ValueTask<CachedObject?> TryUpdateAsync(CachedObject current, IObject obj, WriteContext? context, CancellationToken cancellationToken)
    {
        using var span = StorageSpans.StartWrite("GuaranteedUpdate etcd3", cache, obj);
        Spans.Event("initial value restored");
        var bytes = Encoded(obj, context);
        if (current.HasContent(bytes))
        {
            return current;
        }
        var transaction = Transaction.Update(KeyOf(obj), current.Revision, bytes, await LeaseAsync(cancellationToken), obj);
        Spans.Event("Transaction prepared");
        var began = times.Now;
        var result = await store.CommitAsync(transaction, cancellationToken);
        times.Updated(began);
        Spans.Event("Txn call completed");
        Spans.Event("Transaction committed");
        await cache.WaitForAsync(result.Revision, cancellationToken);
        return result.Succeeded ? Committed(obj, bytes, result.Revision) : null;
    }

    /// <summary>Removes an object; false when somebody else wrote meanwhile.</summary>
    public async ValueTask<bool> TryDeleteAsync(CachedObject current, CancellationToken cancellationToken)
    {
        var transaction = Transaction.Remove(KeyOf(current.Object), current.Revision);
        using var span = StorageSpans.StartWrite("Delete etcd3", cache, current.Object);
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

    /// <summary>The refusal of a write that is for another object, or version, than the present one; both in words.</summary>
    public StatusException PreconditionFailed(string ns, string name, string what, string? wanted, string? present) => Conflict(
        name,
        $"StorageError: invalid object, Code: 4, Key: {cache.KeyOf(ns, name)}, ResourceVersion: 0, AdditionalErrorMsg: "
        + $"Precondition failed: {what} in precondition: {wanted}, {what} in object meta: {present}");

    private CachedObject Committed(IObject obj, byte[] bytes, long revision)
    {
        var cached = cache.Find(obj.Metadata.Namespace ?? "", obj.Metadata.Name ?? "");
        var committed = cached?.Revision == revision ? cached : CachedObject.Create(kind, revision, bytes);
        Spans.Event("decode succeeded", "len", bytes.Length);
        return committed;
    }

    private ValueTask<long> LeaseAsync(CancellationToken cancellationToken) => leases?.TakeAsync(cancellationToken) ?? new(0);

    /// <summary>What is stored of an object; of one that a client wrote no more than a client may write.</summary>
    private byte[] Encoded(IObject obj, WriteContext? context)
    {
        Spans.Event("About to Encode");
        var bytes = context is null ? Encode(obj) : Limited(obj, context);
        Spans.Event("Encode succeeded", "len", bytes.Length);
        return bytes;
    }

    /// <summary>An object that only its managers make too large is stored without them, except by who applies.</summary>
    private byte[] Limited(IObject obj, WriteContext context)
    {
        var bytes = Encode(obj);
        if (IsTooLarge(obj, bytes) && context.Owner is not null)
        {
            obj.Metadata.ManagedFields = null;
            bytes = Encode(obj);
        }
        return IsTooLarge(obj, bytes) ? throw StatusException.RequestEntityTooLarge($"limit is {MaxSize}") : bytes;
    }

    /// <summary>Most objects are smaller even as JSON, which is longer.</summary>
    private bool IsTooLarge(IObject obj, byte[] json)
    {
        if (json.Length <= MaxSize)
        {
            return false;
        }
        using var writer = new ProtoWriter();
        kind.WriteProto(obj, writer);
        return writer.WrittenSpan.Length > MaxSize;
    }

    private static byte[] Encode(IObject obj)
    {
        obj.Metadata.ResourceVersion = "";
        return ObjectForms.Encode(obj);
    }

    private string KeyOf(IObject obj) => cache.KeyOf(obj.Metadata.Namespace ?? "", obj.Metadata.Name ?? "");
}
