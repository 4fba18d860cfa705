using Sampan.Api.Apps.V1;

namespace Sampan.ControllerManager.Deployments;

/// <summary>
/// One reconcile's view: a private copy of the Deployment, and its ReplicaSets, of which one may carry the current template.
/// The set's objects are replaced as they are written.
/// </summary>
internal sealed class Rollout
{
    private readonly List<ReplicaSet> _sets;
    private readonly long _storedRevision;
    private string? _newUid;

    public Rollout(Deployment deployment, IEnumerable<ReplicaSet> sets)
    {
        Deployment = deployment;
        StoredStatus = deployment.Status.DeepClone();
        _storedRevision = RolloutAnnotations.RevisionOf(deployment.Metadata);
        _sets = [.. sets.OrderBy(s => s.Metadata.CreationTimestamp?.Value).ThenBy(s => s.Metadata.Name, StringComparer.Ordinal)];
        _newUid = _sets.Find(s => Revisions.HasTemplate(s, deployment))?.Metadata.Uid;
    }

    public Deployment Deployment { get; set; }

    /// <summary>The status as the server has it; the Deployment's own may already carry changes.</summary>
    public DeploymentStatus StoredStatus { get; set; }

    /// <summary>All ReplicaSets, the oldest first.</summary>
    public IReadOnlyList<ReplicaSet> All => _sets;

    public ReplicaSet? New => _sets.Find(s => s.Metadata.Uid == _newUid);

    public IEnumerable<ReplicaSet> Old => _sets.Where(s => s.Metadata.Uid != _newUid);

    /// <summary>The name of the new ReplicaSet is taken: the next reconcile tries another.</summary>
    public bool HasConflict { get; set; }

    /// <summary>True once a step of the rollout was taken: only then is its progress judged, not while the Deployment is resized, paused or going.</summary>
    public bool IsRolling { get; set; }

    public int Replicas => Deployment.Spec.Replicas ?? 1;

    public int TotalReplicas => _sets.Sum(s => s.Spec.Replicas ?? 1);

    public int MaxSurge => Fenceposts.Of(Deployment).Surge;

    public int MaxUnavailable => Fenceposts.Of(Deployment).Unavailable;

    /// <summary>True when an active ReplicaSet was last sized for another number of replicas.</summary>
    public bool IsResized() => _sets.Exists(s =>
        s.Spec.Replicas is > 0 && RolloutAnnotations.Desired(s) is { } desired && desired != Replicas);

    /// <summary>True while a ReplicaSet has yet to say that it has seen its new size.</summary>
    public bool IsInFlight => _sets.Exists(s => s.Metadata.DeletionTimestamp is null && s.Status.ObservedGeneration < s.Metadata.Generation);

    /// <summary>True for a status that says more than other numbers.</summary>
    public bool HasNews(DeploymentStatus status) =>
        status.ObservedGeneration != StoredStatus.ObservedGeneration || status.CollisionCount != StoredStatus.CollisionCount
        || !status.Conditions.OrEmpty().Select(c => (c.Type, c.Status, c.Reason)).SequenceEqual(StoredStatus.Conditions.OrEmpty().Select(c => (c.Type, c.Status, c.Reason)))
        || RolloutAnnotations.RevisionOf(Deployment.Metadata) != _storedRevision;

    /// <summary>Copies the new ReplicaSet's revision to the Deployment; true when that changed it.</summary>
    public bool NoteRevision() =>
        New is { } current && RolloutAnnotations.RevisionOf(current.Metadata) is > 0 and var revision
        && RolloutAnnotations.Set(Deployment.Metadata, RolloutAnnotations.Revision, $"{revision}");

    public void SetNew(ReplicaSet set)
    {
        Replace(set);
        _newUid = set.Metadata.Uid;
    }

    public void Replace(ReplicaSet set)
    {
        var index = _sets.FindIndex(s => s.Metadata.Uid == set.Metadata.Uid);
        if (index < 0) _sets.Add(set);
        else _sets[index] = set;
    }

    public void Remove(ReplicaSet set) => _sets.RemoveAll(s => s.Metadata.Uid == set.Metadata.Uid);
}
