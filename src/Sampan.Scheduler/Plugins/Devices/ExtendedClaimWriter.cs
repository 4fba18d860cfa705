using System.Text.Json.Nodes;
using Sampan.Api.Codec;
using Sampan.Api.Core.V1;
using Sampan.Client;
using Sampan.Client.Informers;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Queue;
using ResourceClaim = Sampan.Api.Resource.V1.ResourceClaim;

namespace Sampan.Scheduler.Plugins.Devices;

/// <summary>Makes the claim for a pod's extended resources, tells the pod of it, and takes it away when the pod is not bound after all.</summary>
internal sealed class ExtendedClaimWriter(PluginContext context)
{
    private readonly ResourceClient<ResourceClaim> _claims = context.Client.Of<ResourceClaim>();
    private readonly Informer<ResourceClaim> _seen = context.Informers.For<ResourceClaim>();

    public async Task WriteAsync(AllocatedClaims allocated, PodInfo pod, CancellationToken ct)
    {
        var extended = allocated.Extended!;
        var written = await CreateAsync(extended, ct);
        written.Status = extended.Claim.Status;
        extended.Written = written = await _claims.UpdateStatusAsync(written, ct);
        // What was promised counts until what was written does.
        await _seen.WaitForRevisionAsync(written.Metadata.ResourceVersion!, ct);
        context.Post(cluster => allocated.ForgetPromise(cluster.Objects));
        await context.Client.Of<Pod>().PatchAsync(pod.Key.Namespace, pod.Key.Name, Patch.StrategicMerge(StatusPatch(pod, extended)), "status", ct);
    }

    /// <summary>Takes back what was made, or only promised: somebody may wait for the devices.</summary>
    public void TakeBack(AllocatedClaims allocated)
    {
        if (allocated.Extended is not { } extended) return;
        if (extended.Written is { } written) _ = DeleteAsync(written);
        else context.Move(new ClusterEvent(ClusterEventKind.ResourceClaim, Object: new ResourceClaim { Metadata = extended.Claim.Metadata }));
    }

    public async Task DeleteAsync(ResourceClaim claim)
    {
        try
        {
            var current = (await _claims.GetAsync(claim.Metadata.Namespace, claim.Metadata.Name!, context.Stopping)).DeepClone();
            if (current.Metadata.Uid != claim.Metadata.Uid) return;
            if (current.Metadata.Finalizers?.Remove(AllocatedClaims.Finalizer) == true) await _claims.UpdateAsync(current, context.Stopping);
            await _claims.DeleteAsync(claim.Metadata.Namespace, claim.Metadata.Name!, context.Stopping);
        }
        catch (Exception e) when (e is StatusException or ApiConnectionException or OperationCanceledException)
        {
            // The pod's next attempt finds the claim and tries again.
        }
    }

    private async Task<ResourceClaim> CreateAsync(ExtendedClaim extended, CancellationToken ct)
    {
        var claim = extended.Claim.DeepClone();
        (claim.Metadata.Name, claim.Status) = (null!, new());
        try
        {
            extended.Written = await _claims.CreateAsync(claim, ct);
        }
        finally
        {
            context.Metrics?.ClaimCreated(extended.Written is not null);
        }
        return extended.Written.DeepClone();
    }

    private static JsonObject StatusPatch(PodInfo pod, ExtendedClaim extended) => new()
    {
        ["metadata"] = new JsonObject { ["uid"] = pod.Uid },
        ["status"] = new JsonObject
        {
            ["extendedResourceClaimStatus"] = JsonNode.Parse(JsonCodec.Encode(new PodExtendedResourceClaimStatus
            {
                ResourceClaimName = extended.Written!.Metadata.Name!,
                RequestMappings = extended.Mappings,
            })),
        },
    };
}
