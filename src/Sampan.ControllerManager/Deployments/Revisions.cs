using Sampan.Api.Apps.V1;
using Sampan.Api.Meta.V1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.Deployments;

/// <summary>
/// One ReplicaSet per template, numbered. A template that comes back gets the highest number again, which is how a roll back
/// (a patch of the template by kubectl) finds its old ReplicaSet.
/// </summary>
internal sealed class Revisions(DeploymentWriter writer, ResourceClient<ReplicaSet> sets)
{
    public const string HashLabel = "pod-template-hash";

    public static bool HasTemplate(ReplicaSet set, Deployment deployment) =>
        TemplateHash.SameTemplate(set.Spec.Template, deployment.Spec.Template, HashLabel);

    /// <summary>Brings the numbers up to date; with <paramref name="create"/> also makes the ReplicaSet that is missing.</summary>
    public async Task SyncAsync(Rollout rollout, bool create, CancellationToken cancellationToken)
    {
        var revision = rollout.Old.Select(s => RolloutAnnotations.RevisionOf(s.Metadata)).DefaultIfEmpty().Max() + 1;
        if (rollout.New is { } known) await UpdateAsync(rollout, known, revision, cancellationToken);
        else if (create) await CreateAsync(rollout, revision, cancellationToken);
    }

    /// <summary>Deletes old, empty ReplicaSets beyond the history limit, the lowest revisions first.</summary>
    public async Task CleanUpAsync(Rollout rollout, CancellationToken cancellationToken)
    {
        if (rollout.Deployment.Spec.RevisionHistoryLimit is not { } limit) return;
        var old = rollout.Old.Where(s => s.Metadata.DeletionTimestamp is null)
            .OrderBy(s => RolloutAnnotations.RevisionOf(s.Metadata)).ToList();
        foreach (var set in old.Take(Math.Max(0, old.Count - limit)))
        {
            var isEmpty = set.Status.Replicas == 0 && set.Spec.Replicas == 0 && set.Metadata.Generation <= set.Status.ObservedGeneration;
            if (isEmpty) await writer.DeleteAsync(rollout, set, cancellationToken);
        }
    }

    private async Task UpdateAsync(Rollout rollout, ReplicaSet known, long revision, CancellationToken cancellationToken)
    {
        var copy = known.DeepClone();
        var changed = RolloutAnnotations.Update(copy, rollout.Deployment, revision);
        if (changed || copy.Spec.MinReadySeconds != rollout.Deployment.Spec.MinReadySeconds)
        {
            copy.Spec.MinReadySeconds = rollout.Deployment.Spec.MinReadySeconds;
            await writer.UpdateAsync(rollout, copy, cancellationToken);
        }

        Progress.NoteFound(rollout.Deployment, known, writer.Now);
    }

    private async Task CreateAsync(Rollout rollout, long revision, CancellationToken cancellationToken)
    {
        var set = Draft(rollout, revision);
        try
        {
            await writer.CreateAsync(rollout, set, cancellationToken);
            Progress.NoteCreated(rollout.Deployment, set, writer.Now);
        }
        catch (StatusException e) when (e.IsAlreadyExists)
        {
            await ResolveAsync(rollout, set, cancellationToken);
        }
        catch (StatusException e) when (!e.HasCause("NamespaceTerminating"))
        {
            var message = $"Failed to create new replica set \"{set.Metadata.Name}\": {e.Message}";
            Progress.NoteFailedCreate(rollout.Deployment, message, writer.Now);
            writer.TellFailed(rollout, message);
            await writer.WriteStatusAsync(rollout, cancellationToken);
            throw;
        }
    }

    /// <summary>The name is taken: by this template, created but not yet in the cache, or by another of the same hash.</summary>
    private async Task ResolveAsync(Rollout rollout, ReplicaSet wanted, CancellationToken cancellationToken)
    {
        var taken = await sets.GetAsync(wanted.Metadata.Namespace, wanted.Metadata.Name, cancellationToken);
        if (taken.Metadata.IsControlledBy(rollout.Deployment) && HasTemplate(taken, rollout.Deployment))
        {
            rollout.SetNew(taken);
            return;
        }

        rollout.Deployment.Status.CollisionCount = (rollout.Deployment.Status.CollisionCount ?? 0) + 1;
        rollout.HasConflict = true;
    }

    private static ReplicaSet Draft(Rollout rollout, long revision)
    {
        var deployment = rollout.Deployment;
        var template = deployment.Spec.Template.DeepClone();
        var hash = TemplateHash.Of(template, deployment.Status.CollisionCount);
        (template.Metadata.Labels ??= [])[HashLabel] = hash;
        var selector = deployment.Spec.Selector!.DeepClone();
        (selector.MatchLabels ??= [])[HashLabel] = hash;
        var set = new ReplicaSet
        {
            Metadata = new ObjectMeta
            {
                Name = $"{deployment.Metadata.Name}-{hash}",
                Namespace = deployment.Metadata.Namespace,
                Labels = new(template.Metadata.Labels),
                OwnerReferences = [OwnerReferences.ControllerRef(deployment)],
            },
            Spec = new ReplicaSetSpec { MinReadySeconds = deployment.Spec.MinReadySeconds, Selector = selector, Template = template },
        };
        set.Spec.Replicas = Scaling.NewReplicas(rollout, 0);
        RolloutAnnotations.Update(set, deployment, revision);
        RolloutAnnotations.SetSizes(set, rollout.Replicas, rollout.Replicas + rollout.MaxSurge);
        return set;
    }
}
