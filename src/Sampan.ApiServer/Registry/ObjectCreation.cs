using Sampan.Api;
using Sampan.ApiServer.Admission;
using Sampan.ApiServer.Apply;
using Sampan.ApiServer.Http;
using Sampan.ApiServer.Registry.Validation;
using Sampan.ApiServer.Watch;

namespace Sampan.ApiServer.Registry;

/// <summary>Creates objects: default → mutating admission → prepare → validate → validating admission → store.</summary>
internal sealed class ObjectCreation(AdmissionChain admission)
{
    /// <summary>How often a taken generated name is replaced by another.</summary>
    private const int NameAttempts = 8;

    public async ValueTask<CachedObject> RunAsync(ResourceDescriptor resource, ResourceStorage storage, WriteContext context, IObject obj)
    {
        var prefix = string.IsNullOrEmpty(obj.Metadata.Name) ? obj.Metadata.GenerateName ?? "" : "";
        for (var attempt = 1; ; attempt++)
        {
            var candidate = attempt < NameAttempts && prefix.Length > 0 ? (IObject)resource.Kind.Clone(obj) : obj;
            if (prefix.Length > 0)
            {
                candidate.Metadata.Name = NameGenerator.Generate(prefix);
            }
            var created = await TryAsync(resource, storage, context, candidate);
            if (created is not null)
            {
                return created;
            }
            if (prefix.Length == 0 || attempt == NameAttempts)
            {
                throw Taken(storage, candidate, prefix.Length > 0);
            }
        }
    }

    private async ValueTask<CachedObject?> TryAsync(ResourceDescriptor resource, ResourceStorage storage, WriteContext context, IObject obj)
    {
        var strategy = resource.Strategy;
        var request = new AdmissionRequest(context, resource, AdmissionOperation.Create, obj, null);
        strategy.Default(obj);
        FillSystemFields(context, resource, obj);
        DuplicateOwners.Remove(obj, context.Warn, afterMutation: false);
        if (context.Owner is { } owner)
        {
            FieldTracking.Created(resource.Kind, obj, owner, context.Now, resource.Versions);
        }
        await admission.MutateAsync(request);
        DuplicateOwners.Remove(obj, context.Warn, afterMutation: true);
        strategy.Default(obj);
        DisabledFields.Drop(obj, null);
        strategy.PrepareForCreate(context, obj);
        var allocation = await strategy.AllocateAsync(context, obj, null);
        try
        {
            await CheckAsync(resource, context, request, obj);
            if (context.Info.Verb == "create" && obj.Metadata.ResourceVersion is not (null or "" or "0"))
            {
                // Upstream says the same, as an internal error.
                throw StatusException.BadRequest("resourceVersion should not be set on objects to be created");
            }
            strategy.Canonicalize(obj);
            var stored = resource.Conversion?.ToStored(obj) ?? obj;
            if (context.DryRun)
            {
                await allocation.RollbackAsync();
                return Rehearsed(storage, stored);
            }
            var created = await storage.TryCreateAsync(stored, context);
            await (created is null ? allocation.RollbackAsync() : allocation.CommitAsync());
            return created;
        }
        catch
        {
            await allocation.RollbackAsync();
            throw;
        }
    }

    private async ValueTask CheckAsync(ResourceDescriptor resource, WriteContext context, AdmissionRequest request, IObject obj)
    {
        var errors = ObjectMetaValidation.Validate(obj.Metadata, resource.Kind.Namespaced, resource.Strategy.NameCheck);
        ObjectMetaValidation.ValidateFinalizerDomains(obj.Metadata, resource.Strategy, errors);
        errors.AddRange(resource.Strategy.Validate(context, obj));
        if (errors.Count > 0)
        {
            throw StatusException.Invalid(resource.Kind.GroupKind, obj.Metadata.Name ?? "", errors);
        }
        foreach (var warning in resource.Strategy.WarningsOnCreate(context, obj).Take(WarningHeaders.MaxOfObject))
        {
            context.Warn(warning);
        }
        if (context.Info.Verb is "update" or "patch")
        {
            // Who may change objects may not for that reason make new ones.
            await context.AuthorizeAsync("create");
        }
        await admission.ValidateAsync(request);
    }

    private static void FillSystemFields(WriteContext context, ResourceDescriptor resource, IObject obj)
    {
        var meta = obj.Metadata;
        if (resource.Kind.Namespaced && string.IsNullOrEmpty(meta.Namespace))
        {
            meta.Namespace = context.Namespace;
        }
        meta.DeletionTimestamp = null;
        meta.DeletionGracePeriodSeconds = null;
        meta.SelfLink = null;
        meta.Generation = 0;
        meta.CreationTimestamp = context.Now;
        meta.Uid = Guid.NewGuid().ToString();
    }

    private static CachedObject? Rehearsed(ResourceStorage storage, IObject obj)
    {
        var meta = obj.Metadata;
        return storage.Find(meta.Namespace ?? "", meta.Name ?? "") is null ? storage.Unstored(obj) : null;
    }

    private static StatusException Taken(ResourceStorage storage, IObject obj, bool generated)
    {
        var name = obj.Metadata.Name;
        if (generated)
        {
            return StatusException.GenerateNameConflict(storage.Resource, name, 1);
        }
        var taken = StatusException.AlreadyExists(storage.Resource, name);
        if (storage.Find(obj.Metadata.Namespace, name)?.Object.Metadata.DeletionTimestamp is not null)
        {
            taken.Status.Message = $"object is being deleted: {taken.Status.Message}";
        }
        return taken;
    }
}
