using Sampan.Api.Core.V1;
using Sampan.Api.Selectors;
using Sampan.Api.Storage.V1;
using Sampan.Scheduler.Cache;

namespace Sampan.Scheduler.Plugins.Volumes;

/// <summary>Whether a volume can be made for a node.</summary>
internal static class Provisioning
{
    private const string NoProvisioner = "kubernetes.io/no-provisioner";

    /// <summary>Whether the class makes volumes that the node can reach.</summary>
    public static bool IsPossible(StorageClass? storageClass, Node node) =>
        storageClass is { Provisioner: not ("" or NoProvisioner) }
        && (storageClass.AllowedTopologies is not { Count: > 0 } allowed || allowed.Exists(term => Matches(term, node)));

    /// <summary>Whether the driver says that it has the room; one that doesn't say anything has.</summary>
    public static bool HasRoom(PersistentVolumeClaim claim, StorageClass storageClass, Node node, ClusterObjects objects)
    {
        if (objects.Of<CSIDriver>().Find(storageClass.Provisioner)?.Spec.StorageCapacity != true) return true;
        var size = VolumeMatch.SizeOf(claim);
        return objects.Of<CSIStorageCapacity>().All.Any(capacity =>
            capacity.StorageClassName == storageClass.Metadata.Name
            && LimitOf(capacity) >= size
            && capacity.NodeTopology is { } topology && Selector.From(topology).Matches(node.Metadata.Labels));
    }

    /// <summary>The largest volume that there is room for; nothing is said of it: none.</summary>
    public static long LimitOf(CSIStorageCapacity capacity) => (capacity.MaximumVolumeSize ?? capacity.Capacity)?.AsLong() ?? -1;

    private static bool Matches(TopologySelectorTerm term, Node node) => term.MatchLabelExpressions.OrEmpty()
        .All(requirement => node.Metadata.Labels?.GetValueOrDefault(requirement.Key) is { } value && requirement.Values.Contains(value));
}
