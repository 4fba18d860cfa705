using Sampan.Api;
using Sampan.ApiServer.Admission;
using Sampan.ApiServer.Apply;
using Sampan.ApiServer.Http;
using Sampan.ApiServer.Registry.Validation;
using Sampan.ApiServer.Tracing;
using Sampan.ApiServer.Watch;

namespace Sampan.ApiServer.Registry;

/// <summary>
/// Updates objects by compare-and-swap: change → default → admission → prepare → validate → store. A lost race starts over, unless
/// the client named the version that it changed.
/// </summary>
internal sealed class ObjectUpdate(AdmissionChain admission, ObjectCreation creation)
{
    private const string Modified =
        "the object has been modified; please apply your changes to the latest version and try again";

    public async ValueTask<UpdateResult> RunAsync(
        ResourceDescriptor resource, ResourceStorage storage, WriteContext context, UpdateRequest update)
    {
        for (; ; )
        {
            context.Cancelled.ThrowIfCancellationRequested();
            var current = storage.Find(context.Namespace, update.Name);
            if (current is null)
            {
                return await CreateAsync(resource, storage, context, update);
            }
            if (await TryAsync(resource, storage, context, update, current) is { } done)
            {
                return done;
            }
        }
    }

    private async ValueTask<UpdateResult> CreateAsync(
        ResourceDescriptor resource, ResourceStorage storage, WriteContext context, UpdateRequest update)
    {
        if (!update.Creates && !(update.MayCreate && resource.Strategy.AllowCreateOnUpdate))
        {
            throw storage.NotFound(update.Name);
        }
        var obj = await update.Change(null);
        if (!string.IsNullOrEmpty(obj.Metadata.Uid))
        {
            throw storage.PreconditionFailed(context.Namespace, update.Name, "UID", obj.Metadata.Uid, "");
        }
        return new UpdateResult(await creation.RunAsync(resource, storage, context, obj), Created: true);
    }

    private async ValueTask<UpdateResult?> TryAsync(
        ResourceDescriptor resource, ResourceStorage storage, WriteContext context, UpdateRequest update, CachedObject current)
    {
        var served = resource.Serve(current);
        var old = served.Object;
        var obj = await update.Change(old);
        var named = CheckPreconditions(storage, context, update, obj, old);
        var request = new AdmissionRequest(context, resource, AdmissionOperation.Update, obj, old);
        resource.Strategy.Default(obj);
        if (update is { Admits: true, FromPresent: false })
        {
            DuplicateOwners.Remove(obj, context.Warn, afterMutation: false);
        }
        if (update.Admits && context.Owner is { } owner)
        {
            FieldTracking.Updated(resource.Kind, obj, old, served.Json, owner, context.Now, resource.Versions);
        }
        if (update.Admits)
        {
            Spans.Event("About to check admission control");
            await admission.MutateAsync(request);
            DuplicateOwners.Remove(obj, context.Warn, afterMutation: true);
            resource.Strategy.Default(obj);
        }
        Prepare(context, update.Strategy, obj, old);
        // A part of the object (its status) shares the rest with the present version and needs nothing new.
        var allocation = update.Strategy == resource.Strategy
            ? await resource.Strategy.AllocateAsync(context, obj, old) : IAllocation.None;
        try
        {
            Check(resource, context, update.Strategy, obj, old);
            if (update.Admits)
            {
                await admission.ValidateAsync(request);
            }
            update.Strategy.Canonicalize(obj);
            KeepTimesOfUnchanged(resource.Kind, obj, old);
            var result = await StoreAsync(resource, storage, context, current, obj, old);
            if (result is null)
            {
                await allocation.RollbackAsync();
                return named ? throw storage.Conflict(update.Name, Modified) : null;
            }
            if (context.DryRun)
            {
                await allocation.RollbackAsync();
            }
            else
            {
                await allocation.CommitAsync();
            }
            return result;
        }
        catch
        {
            await allocation.RollbackAsync();
            throw;
        }
    }

    private static async ValueTask<UpdateResult?> StoreAsync(
        ResourceDescriptor resource, ResourceStorage storage, WriteContext context, CachedObject current, IObject obj, IObject old)
    {
        var deletes = resource.Strategy.IsDeletedByUpdate(obj, old);
        var stored = resource.Conversion?.ToStored(obj) ?? obj;
        if (context.DryRun)
        {
            return new UpdateResult(storage.Unstored(stored, current), false, deletes);
        }
        if (deletes)
        {
            if (!await storage.TryDeleteAsync(current, context.Cancelled))
            {
                return null;
            }
            await resource.Strategy.ReleaseAsync(obj);
            return new UpdateResult(storage.Unstored(stored, current), false, true);
        }
        return await storage.TryUpdateAsync(current, stored, context) is { } next ? new UpdateResult(next, false) : null;
    }

    /// <summary>Whether the client named the version it wants to replace; throws when that is not the present one.</summary>
    private static bool CheckPreconditions(ResourceStorage storage, WriteContext context, UpdateRequest update, IObject obj, IObject old)
    {
        var meta = obj.Metadata;
        if (string.IsNullOrEmpty(meta.Uid))
        {
            meta.Uid = old.Metadata.Uid;
        }
        if (meta.Uid != old.Metadata.Uid)
        {
            throw storage.PreconditionFailed(context.Namespace, update.Name, "UID", meta.Uid, old.Metadata.Uid);
        }
        var version = meta.ResourceVersion ?? "";
        if (version is "" or "0")
        {
            // A patch without a version is one of whatever is there.
            return update.FromPresent || update.Strategy.AllowUnconditionalUpdate ? false : throw VersionRequired(storage, update.Name);
        }
        return version == old.Metadata.ResourceVersion ? !update.FromPresent : throw storage.Conflict(update.Name, Modified);
    }

    /// <summary>A write that changes nothing but when its manager wrote changes nothing.</summary>
    private static void KeepTimesOfUnchanged(KindInfo kind, IObject obj, IObject old)
    {
        var (meta, was) = (obj.Metadata, old.Metadata);
        var (managed, version) = (meta.ManagedFields, meta.ResourceVersion);
        if (!FieldTracking.DifferOnlyInTime(managed, was.ManagedFields))
        {
            return;
        }
        (meta.ManagedFields, meta.ResourceVersion) = (was.ManagedFields, was.ResourceVersion);
        if (!kind.AreEqual(obj, old))
        {
            meta.ManagedFields = managed;
        }
        meta.ResourceVersion = version;
    }

    private static void Prepare(WriteContext context, UpdateStrategy strategy, IObject obj, IObject old)
    {
        var (meta, was) = (obj.Metadata, old.Metadata);
        meta.Generation = was.Generation;
        meta.SelfLink = null;
        DisabledFields.Drop(obj, old);
        strategy.PrepareForUpdate(context, obj, old);
        meta.CreationTimestamp = was.CreationTimestamp;
        if (was.DeletionTimestamp is not null)
        {
            meta.DeletionTimestamp = was.DeletionTimestamp;
        }
        meta.DeletionGracePeriodSeconds ??= was.DeletionGracePeriodSeconds;
    }

    private static void Check(ResourceDescriptor resource, WriteContext context, UpdateStrategy strategy, IObject obj, IObject old)
    {
        var errors = ObjectMetaValidation.ValidateUpdate(obj.Metadata, old.Metadata);
        ObjectMetaValidation.ValidateFinalizerDomains(obj.Metadata, resource.Strategy, errors);
        if (strategy.ChecksMetadataAgain)
        {
            errors.AddRange(ObjectMetaValidation.ValidateUpdate(obj.Metadata, old.Metadata));
        }
        errors.AddRange(strategy.ValidateUpdate(context, obj, old));
        if (errors.Count > 0)
        {
            throw StatusException.Invalid(resource.Kind.GroupKind, obj.Metadata.Name ?? "", errors);
        }
        foreach (var warning in strategy.WarningsOnUpdate(context, obj, old).Take(WarningHeaders.MaxOfObject))
        {
            context.Warn(warning);
        }
    }

    private static StatusException VersionRequired(ResourceStorage storage, string name)
    {
        var errors = new FieldErrors();
        errors.Invalid(FieldPath.Of("metadata").Child("resourceVersion"), 0, "must be specified for an update");
        return StatusException.Invalid(storage.Kind.GroupKind, name, errors);
    }
}
