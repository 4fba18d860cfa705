using Sampan.Api;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Admission;
using Sampan.ApiServer.Watch;

namespace Sampan.ApiServer.Registry;

/// <summary>
/// Deletes objects at once, or marks them when something must happen before.
/// <code>
/// present ── grace period (pods) ──────────► marked, until the kubelet deletes with grace 0
///         ── finalizers, orphan/foreground ─► marked, until an update removes the last finalizer
///         ── nothing in the way ────────────► gone
/// </code>
/// </summary>
internal sealed class ObjectDeletion(AdmissionChain admission)
{
    public async ValueTask<DeletionResult> RunAsync(
        ResourceDescriptor resource, ResourceStorage storage, WriteContext context, string name, DeleteOptions options)
    {
        for (var admitted = false; ; admitted = true)
        {
            context.Cancelled.ThrowIfCancellationRequested();
            var current = storage.Get(context.Namespace, name);
            DeletionPreconditions.Check(resource.Kind, options.Preconditions, current.Object.Metadata);
            if (!admitted)
            {
                var request = new AdmissionRequest(context, resource, AdmissionOperation.Delete, null, resource.Serve(current).Object);
                await admission.MutateAsync(request);
                await admission.ValidateAsync(request);
            }
            if (await TryAsync(resource, storage, context, current, options.DeepClone()) is { } done)
            {
                return done;
            }
        }
    }

    private static async ValueTask<DeletionResult?> TryAsync(
        ResourceDescriptor resource, ResourceStorage storage, WriteContext context, CachedObject current, DeleteOptions options)
    {
        var obj = (IObject)resource.Kind.Clone(resource.Serve(current).Object);
        var grace = DeletionGrace.Apply(resource.Strategy, context, obj, options);
        if (grace == DeletionGrace.Outcome.Pending)
        {
            return new DeletionResult(current, false);
        }
        var finalizersChanged = DeletionFinalizers.Apply(resource.Strategy, obj.Metadata, options);
        var pendingFinalizers = obj.Metadata.Finalizers.OrEmpty().Count > 0;
        var marked = resource.Strategy.MarkForDeletion(context, obj);
        if (!marked && !pendingFinalizers && grace != DeletionGrace.Outcome.Marked)
        {
            return await RemoveAsync(resource, storage, context, current);
        }
        if (grace == DeletionGrace.Outcome.None && (finalizersChanged || pendingFinalizers || marked))
        {
            DeletionGrace.MarkAsDeleting(context, obj.Metadata);
        }
        var stored = resource.Conversion?.ToStored(obj) ?? obj;
        if (context.DryRun)
        {
            return new DeletionResult(storage.Unstored(stored, current), false);
        }
        return await storage.TryUpdateAsync(current, stored, context.Cancelled) is { } next ? new DeletionResult(next, false) : null;
    }

    private static async ValueTask<DeletionResult?> RemoveAsync(
        ResourceDescriptor resource, ResourceStorage storage, WriteContext context, CachedObject current)
    {
        if (context.DryRun)
        {
            return new DeletionResult(current, true);
        }
        if (!await storage.TryDeleteAsync(current, context.Cancelled))
        {
            return null;
        }
        await resource.Strategy.ReleaseAsync(resource.Serve(current).Object);
        return new DeletionResult(current, true);
    }
}
