using System.Text.Json.Nodes;
using Sampan.Api.Selectors;

namespace Sampan.ControllerManager.Common;

/// <summary>
/// Keeps the owner references of a controller's children right: takes in orphans that match, lets go of those that no longer do.
/// </summary>
/// <param name="finalizer">Put on adopted children, if any.</param>
internal sealed class Adoption<TOwner, TChild>(ResourceClient<TOwner> owners, OwnWrites<TChild> children, string? finalizer = null)
    where TOwner : class, IObject<TOwner>
    where TChild : class, IObject<TChild>
{
    /// <summary>
    /// The candidates that belong to the owner once references are put right. An owner that the server no longer has, or is ending,
    /// while the cache still shows it is a conflict: counting without its orphans would make replacements for them.
    /// </summary>
    public async Task<List<TChild>> ClaimAsync(
        TOwner owner, Selector selector, IEnumerable<TChild> candidates, CancellationToken cancellationToken)
    {
        var claimed = new List<TChild>();
        var isKnownToStay = false;
        foreach (var child in candidates)
        {
            var matches = selector.Matches(child.Metadata.Labels);
            var controller = child.Metadata.Controller();
            if (controller is not null)
            {
                if (controller.Uid != owner.Metadata.Uid) continue;
                if (matches) claimed.Add(child);
                else if (owner.Metadata.DeletionTimestamp is null) await ReleaseAsync(owner, child, cancellationToken);
                continue;
            }

            if (!matches || owner.Metadata.DeletionTimestamp is not null || child.Metadata.DeletionTimestamp is not null) continue;
            if (!isKnownToStay) await ThrowIfGoingAsync(owner, cancellationToken);
            isKnownToStay = true;
            if (await AdoptAsync(owner, child, cancellationToken) is { } adopted) claimed.Add(adopted);
        }

        return claimed;
    }

    private async Task ThrowIfGoingAsync(TOwner owner, CancellationToken cancellationToken)
    {
        var fresh = await owners.FindAsync(owner.Metadata.Namespace, owner.Metadata.Name, cancellationToken);
        if (fresh is null || fresh.Metadata.Uid != owner.Metadata.Uid || fresh.Metadata.DeletionTimestamp is not null)
            throw StatusException.Conflict(TOwner.Info.GroupResource, owner.Metadata.Name!, "it has just been deleted");
    }

    private async Task<TChild?> AdoptAsync(TOwner owner, TChild child, CancellationToken cancellationToken)
    {
        var reference = OwnerReferences.ControllerRef(owner);
        var entry = new JsonObject
        {
            ["apiVersion"] = reference.ApiVersion,
            ["kind"] = reference.Kind,
            ["name"] = reference.Name,
            ["uid"] = reference.Uid,
            ["controller"] = true,
            ["blockOwnerDeletion"] = true,
        };
        var metadata = MetadataOf(child, entry);
        if (finalizer is not null) metadata["finalizers"] = new JsonArray([.. child.Metadata.Finalizers.OrEmpty().Append(finalizer).Distinct().Select(f => (JsonNode)f)]);
        return await PatchAsync(child, metadata, cancellationToken);
    }

    private Task<TChild?> ReleaseAsync(TOwner owner, TChild child, CancellationToken cancellationToken) =>
        PatchAsync(child, MetadataOf(child, new JsonObject { ["$patch"] = "delete", ["uid"] = owner.Metadata.Uid }), cancellationToken);

    /// <summary>The uid keeps the patch from touching a successor of the same name.</summary>
    private static JsonObject MetadataOf(TChild child, JsonObject reference) =>
        new() { ["ownerReferences"] = new JsonArray(reference), ["uid"] = child.Metadata.Uid };

    private async Task<TChild?> PatchAsync(TChild child, JsonObject metadata, CancellationToken cancellationToken)
    {
        try
        {
            var key = new ObjectKey(child.Metadata.Namespace, child.Metadata.Name);
            return await children.PatchAsync(key, Patch.StrategicMerge(new JsonObject { ["metadata"] = metadata }), cancellationToken);
        }
        catch (StatusException e) when (e.IsNotFound || e.IsInvalid)
        {
            return null;
        }
    }
}
