using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.Disruption;

/// <summary>
/// The size of a pod's workload: that of the Deployment behind a ReplicaSet, of the built-in kinds from the caches, of any other kind
/// through its scale subresource.
/// </summary>
internal sealed class OwnerScales(
    Informer<ReplicationController> controllers, Informer<ReplicaSet> sets, Informer<Deployment> deployments, Informer<StatefulSet> stateful, ScaleClient scales)
{
    /// <summary>The workload's uid and replicas; null when the owner is not there any more.</summary>
    public async Task<(string Uid, int Replicas)?> FindAsync(string ns, OwnerReference owner, CancellationToken cancellationToken) =>
        (OwnerReferences.GroupOf(owner.ApiVersion), owner.Kind) switch
        {
            ("", "ReplicationController") => Of(controllers.Get(ns, owner.Name), owner, c => c.Spec.Replicas),
            ("apps", "ReplicaSet") => OfReplicaSet(ns, owner),
            ("apps", "Deployment") => Of(deployments.Get(ns, owner.Name), owner, d => d.Spec.Replicas),
            ("apps", "StatefulSet") => Of(stateful.Get(ns, owner.Name), owner, s => s.Spec.Replicas),
            _ => await AskAsync(ns, owner, cancellationToken),
        };

    private (string Uid, int Replicas)? OfReplicaSet(string ns, OwnerReference owner)
    {
        if (sets.Get(ns, owner.Name) is not { } set || set.Metadata.Uid != owner.Uid) return null;
        return set.Metadata.Controller() is { Kind: "Deployment" } above
            ? Of(deployments.Get(ns, above.Name), above, d => d.Spec.Replicas)
            : (set.Metadata.Uid, set.Spec.Replicas ?? 1);
    }

    private async Task<(string Uid, int Replicas)?> AskAsync(string ns, OwnerReference owner, CancellationToken cancellationToken)
    {
        try
        {
            var (_, scale) = await scales.GetAsync(ns, owner.ApiVersion, owner.Kind, owner.Name, cancellationToken);
            return scale.Metadata.Uid == owner.Uid ? (owner.Uid, scale.Spec.Replicas) : null;
        }
        catch (StatusException e) when (e.IsNotFound)
        {
            if (await scales.ResourceAsync(owner.ApiVersion, owner.Kind, cancellationToken) is not { } resource) throw;
            if (await scales.HasScaleAsync(resource, cancellationToken)) return null;
            throw new StatusException($"{resource.GroupResource} does not implement the scale subresource");
        }
    }

    private static (string Uid, int Replicas)? Of<T>(T? found, OwnerReference owner, Func<T, int?> replicas)
        where T : class, IObject => found?.Metadata.Uid == owner.Uid ? (owner.Uid, replicas(found) ?? 1) : null;
}
