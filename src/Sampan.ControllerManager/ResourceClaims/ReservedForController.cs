using Sampan.Api.Core.V1;
using Sampan.Api.Resource.V1;
using Sampan.Client.Pods;
using Sampan.ControllerManager.Common;
using ResourceClaim = Sampan.Api.Resource.V1.ResourceClaim;

namespace Sampan.ControllerManager.ResourceClaims;

/// <summary>
/// Takes pods that are gone or done out of the list of a claim's users; gives the devices back when none is left, and deletes claims
/// that were made for one pod. Upstream: pkg/controller/resourceclaim.
/// </summary>
internal sealed class ReservedForController : Controller
{
    private const string Finalizer = "resource.kubernetes.io/delete-protection";
    private const string UserIndex = "resourceClaim";

    /// <summary>The most users of one claim.</summary>
    private const int MostUsers = 256;
    private readonly Informer<ResourceClaim> _claims;
    private readonly Informer<Pod> _pods;
    private readonly OwnWrites<ResourceClaim> _writes;

    public ReservedForController(ControllerContext context)
        : base("resourceclaim-controller-users", context)
    {
        _claims = Watch<ResourceClaim>(c => [KeyOf(c)]);
        _pods = Watch<Pod>(p => PodClaims.NamesOf(p).Select(name => new ObjectKey(p.Metadata.Namespace, name)));
        _pods.AddIndex(UserIndex, p => PodClaims.NamesOf(p).Select(name => $"{p.Metadata.Namespace}/{name}"));
        _writes = Writes(_claims);
        context.Metrics.Collect(
            "resourceclaim_controller_resource_claims",
            "Number of ResourceClaims, categorized by allocation status, admin access, and source",
            "gauge",
            ["allocated", "admin_access", "source"],
            () => _claims.List().GroupBy(SortOf).Select(claims => (new[] { claims.Key.Allocated, claims.Key.Admin, claims.Key.Source }, (double)claims.Count())));
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_claims.Get(key) is not { } claim) return ReconcileResult.Done;
        var gone = new HashSet<string>();
        foreach (var user in claim.Status.ReservedFor.OrEmpty().Where(u => u.Resource == "pods" && string.IsNullOrEmpty(u.ApiGroup)))
            if (await IsDoneAsync(key.Namespace, user.Name, user.Uid, cancellationToken)) gone.Add(user.Uid);
        claim = await ReleaseAsync(claim, gone, cancellationToken);
        claim = await ReserveAsync(claim, cancellationToken);
        if (claim.Metadata.Controller() is { Kind: "Pod", ApiVersion: "v1" } owner && claim is { Metadata.DeletionTimestamp: null, Status.ReservedFor: null or { Count: 0 } }
            && await IsDoneAsync(key.Namespace, owner.Name, owner.Uid, cancellationToken))
            await _writes.DeleteAsync(claim, null, cancellationToken);
        return ReconcileResult.Done;
    }

    /// <summary>Writes the users that are left; without any, the allocation and its protection go too.</summary>
    private async Task<ResourceClaim> ReleaseAsync(ResourceClaim claim, HashSet<string> gone, CancellationToken cancellationToken)
    {
        var copy = claim.DeepClone();
        copy.Status.ReservedFor?.RemoveAll(u => gone.Contains(u.Uid));
        if (copy.Status.ReservedFor is { Count: 0 }) copy.Status.ReservedFor = null;
        var unused = copy.Status.ReservedFor is null && (gone.Count > 0 || claim.Metadata.DeletionTimestamp is not null);
        if (unused) (copy.Status.Allocation, copy.Status.Devices) = (null, null);
        if (!copy.Status.DeepEquals(claim.Status)) copy = await _writes.UpdateStatusAsync(copy, cancellationToken);
        if (!unused || copy.Status.Allocation is not null || copy.Metadata.Finalizers?.Contains(Finalizer) != true) return copy;
        copy = copy.DeepClone();
        copy.Metadata.Finalizers!.Remove(Finalizer);
        return await _writes.UpdateAsync(copy, cancellationToken);
    }

    /// <summary>A pod that was put on its node past the scheduler gets the devices that are allocated already; nobody else would see to that.</summary>
    private async Task<ResourceClaim> ReserveAsync(ResourceClaim claim, CancellationToken cancellationToken)
    {
        if (claim.Status.Allocation is null || claim.Metadata.DeletionTimestamp is not null) return claim;
        var known = claim.Status.ReservedFor.OrEmpty();
        var waiting = _pods.ByIndex(UserIndex, $"{claim.Metadata.Namespace}/{claim.Metadata.Name}")
            .Where(p => p.IsActive() && !string.IsNullOrEmpty(p.Spec.NodeName) && known.All(u => u.Uid != p.Metadata.Uid) && PodClaims.MayUse(p, claim))
            .OrderBy(p => p.Metadata.Name, StringComparer.Ordinal).Take(MostUsers - known.Count).ToList();
        if (waiting.Count == 0) return claim;
        var copy = claim.DeepClone();
        (copy.Status.ReservedFor ??= []).AddRange(waiting.Select(p => new ResourceClaimConsumerReference { Resource = "pods", Name = p.Metadata.Name, Uid = p.Metadata.Uid }));
        return await _writes.UpdateStatusAsync(copy, cancellationToken);
    }

    private static (string Allocated, string Admin, string Source) SortOf(ResourceClaim claim)
    {
        var annotations = claim.Metadata.Annotations.OrEmpty();
        var source = annotations.ContainsKey(PodClaims.PodClaimAnnotation) ? "resource_claim_template"
            : annotations.GetValueOrDefault(ExtendedResourceNames.ClaimAnnotation) == "true" ? "extended_resource" : "";
        return (claim.Status.Allocation is null ? "false" : "true", PodClaims.HasAdminAccess(claim) ? "true" : "false", source);
    }

    /// <summary>A pod that the cache does not know is asked for.</summary>
    private async Task<bool> IsDoneAsync(string ns, string name, string uid, CancellationToken cancellationToken)
    {
        var pod = _pods.Get(ns, name);
        if (pod?.Metadata.Uid != uid) pod = await Direct(_pods).FindAsync(ns, name, cancellationToken);
        if (pod is null || pod.Metadata.Uid != uid || pod.IsTerminal()) return true;
        // Deleted before it had a node: no kubelet will ever run it.
        return pod.Metadata.DeletionTimestamp is not null && string.IsNullOrEmpty(pod.Spec.NodeName);
    }
}
