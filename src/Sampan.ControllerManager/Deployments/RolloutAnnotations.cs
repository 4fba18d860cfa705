using Sampan.Api.Apps.V1;
using Sampan.Api.Meta.V1;

namespace Sampan.ControllerManager.Deployments;

/// <summary>What a Deployment notes on its ReplicaSets, under the names that kubectl reads.</summary>
internal static class RolloutAnnotations
{
    public const string Revision = "deployment.kubernetes.io/revision";
    private const string RevisionHistory = "deployment.kubernetes.io/revision-history";
    private const string DesiredReplicas = "deployment.kubernetes.io/desired-replicas";
    private const string MaxReplicas = "deployment.kubernetes.io/max-replicas";
    private const int MaxHistoryLength = 2000;

    private static readonly HashSet<string> NotCopied =
    [
        "kubectl.kubernetes.io/last-applied-configuration", Revision, RevisionHistory, DesiredReplicas, MaxReplicas,
        "deprecated.deployment.rollback.to",
    ];

    public static long RevisionOf(ObjectMeta meta) => Number(meta, Revision) ?? 0;

    public static int? Desired(ReplicaSet set) => (int?)Number(set.Metadata, DesiredReplicas);

    public static int? Max(ReplicaSet set) => (int?)Number(set.Metadata, MaxReplicas);

    /// <summary>Notes the size that a ReplicaSet is part of; true when that changed something.</summary>
    public static bool SetSizes(ReplicaSet set, int desired, int max)
    {
        var changed = Set(set.Metadata, DesiredReplicas, $"{desired}");
        return Set(set.Metadata, MaxReplicas, $"{max}") || changed;
    }

    /// <summary>True when <see cref="SetSizes"/> would change something.</summary>
    public static bool NeedsSizes(ReplicaSet set, int desired, int max) => Desired(set) != desired || Max(set) != max;

    /// <summary>Copies the Deployment's own annotations and raises the revision; true when something changed.</summary>
    public static bool Update(ReplicaSet set, Deployment deployment, long revision)
    {
        var changed = false;
        foreach (var (name, value) in deployment.Metadata.Annotations.OrEmpty())
            if (!NotCopied.Contains(name)) changed |= Set(set.Metadata, name, value);
        var known = RevisionOf(set.Metadata);
        if (known >= revision) return changed;
        if (known > 0) AppendHistory(set.Metadata, known);
        return Set(set.Metadata, Revision, $"{revision}");
    }

    public static bool Set(ObjectMeta meta, string name, string value)
    {
        if (meta.Annotations?.GetValueOrDefault(name) == value) return false;
        (meta.Annotations ??= [])[name] = value;
        return true;
    }

    private static void AppendHistory(ObjectMeta meta, long revision)
    {
        var history = meta.Annotations?.GetValueOrDefault(RevisionHistory);
        var entries = string.IsNullOrEmpty(history) ? [] : history.Split(',').ToList();
        entries.Add($"{revision}");
        while (entries.Count > 1 && entries.Sum(e => e.Length + 1) > MaxHistoryLength) entries.RemoveAt(0);
        Set(meta, RevisionHistory, string.Join(',', entries));
    }

    private static long? Number(ObjectMeta meta, string name) =>
        meta.Annotations?.GetValueOrDefault(name) is { } text && long.TryParse(text, out var number) ? number : null;
}
