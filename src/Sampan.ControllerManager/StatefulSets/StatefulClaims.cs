using System.Globalization;
using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Client.Events;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.StatefulSets;

/// <summary>
/// Makes the claims that pods need, and says by owner references who takes them along when going:
/// the set (whenDeleted), a pod that is scaled away (whenScaled), or nobody.
/// </summary>
internal sealed class StatefulClaims(Informer<PersistentVolumeClaim> claims, OwnWrites<PersistentVolumeClaim> writes, EventRecorder events)
{
    public static string NameOf(StatefulSet set, PersistentVolumeClaim template, int ordinal) =>
        string.Create(CultureInfo.InvariantCulture, $"{template.Metadata.Name}-{set.Metadata.Name}-{ordinal}");

    /// <summary>True once all claims of the ordinal are there. A claim that is on its way out has to go first.</summary>
    public async Task<bool> EnsureAsync(StatefulSet set, int ordinal, Pod? pod, CancellationToken cancellationToken)
    {
        var ready = true;
        foreach (var template in set.Spec.VolumeClaimTemplates.OrEmpty())
        {
            var name = NameOf(set, template, ordinal);
            if (claims.Get(set.Metadata.Namespace, name) is not { } claim) await CreateAsync(set, template, ordinal, cancellationToken);
            else if (claim.Metadata.DeletionTimestamp is not null || IsLeftBehind(set, claim, ordinal, pod))
            {
                ready = false;
                events.Event(set, "Warning", "FailedCreate", $"Pod {StatefulPods.NameOf(set, ordinal)} waits: claim {name} of an earlier pod is being deleted");
            }
        }

        return ready;
    }

    /// <summary>Puts the owner references of a pod's claims right.</summary>
    public async Task OwnAsync(StatefulSet set, int ordinal, Pod pod, bool condemned, CancellationToken cancellationToken)
    {
        foreach (var template in set.Spec.VolumeClaimTemplates.OrEmpty())
        {
            if (claims.Get(set.Metadata.Namespace, NameOf(set, template, ordinal)) is not { } claim) continue;
            var others = claim.Metadata.OwnerReferences.OrEmpty().Where(o => o.Uid != set.Metadata.Uid && o.Uid != pod.Metadata.Uid).ToList();
            // Somebody else manages this claim: its end is their matter.
            if (others.Exists(o => o.Controller == true)) continue;
            var copy = claim.DeepClone();
            if (OwnerOf(set, pod, condemned) is { } owner) others.Add(owner);
            copy.Metadata.OwnerReferences = others.Count == 0 ? null : others;
            if (!copy.DeepEquals(claim)) await writes.UpdateAsync(copy, cancellationToken);
        }
    }

    private static OwnerReference? OwnerOf(StatefulSet set, Pod pod, bool condemned)
    {
        var policy = set.Spec.PersistentVolumeClaimRetentionPolicy;
        if (condemned && policy?.WhenScaled == "Delete") return OwnerReferences.ControllerRef(pod);
        return policy?.WhenDeleted == "Delete" ? OwnerReferences.ControllerRef(set) : null;
    }

    /// <summary>Owned by an earlier pod of this name: the garbage collector is about to take it.</summary>
    private static bool IsLeftBehind(StatefulSet set, PersistentVolumeClaim claim, int ordinal, Pod? pod) =>
        claim.Metadata.OwnerReferences.OrEmpty().Any(
            o => o.Kind == "Pod" && o.Name == StatefulPods.NameOf(set, ordinal) && o.Uid != pod?.Metadata.Uid);

    private async Task CreateAsync(StatefulSet set, PersistentVolumeClaim template, int ordinal, CancellationToken cancellationToken)
    {
        var claim = template.DeepClone();
        claim.Metadata.Name = NameOf(set, template, ordinal);
        claim.Metadata.Namespace = set.Metadata.Namespace;
        foreach (var (key, value) in (set.Spec.Selector?.MatchLabels).OrEmpty()) (claim.Metadata.Labels ??= [])[key] = value;
        if (set.Spec.PersistentVolumeClaimRetentionPolicy?.WhenDeleted == "Delete") claim.Metadata.OwnerReferences = [OwnerReferences.ControllerRef(set)];
        var pod = $"Pod {StatefulPods.NameOf(set, ordinal)} in StatefulSet {set.Metadata.Name}";
        try
        {
            await writes.CreateAsync(claim, cancellationToken);
            events.Event(set, "Normal", "SuccessfulCreate", $"create Claim {claim.Metadata.Name} {pod} success");
        }
        catch (StatusException e) when (!e.IsAlreadyExists)
        {
            events.Event(set, "Warning", "FailedCreate", $"create Claim {claim.Metadata.Name} for {pod} failed error: {e.Message}");
            throw;
        }
    }
}
