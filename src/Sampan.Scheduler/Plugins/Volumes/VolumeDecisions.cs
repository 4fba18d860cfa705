using Sampan.Api.Core.V1;
using Sampan.Api.Storage.V1;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Plugins.Volumes;

/// <summary>Works out, node by node, how a pod's claims could be served.</summary>
internal sealed class VolumeDecisions(ClaimsOfPod claims, ClusterObjects objects)
{
    private const string OtherNode = "node(s) didn't match PersistentVolume's node affinity";
    private const string NothingToBind = "node(s) didn't find available persistent volumes to bind";
    private const string NoRoom = "node(s) did not have enough free storage";
    private const string VolumeGone = "node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)";

    private readonly Dictionary<string, VolumeDecision> _byNode = [];

    /// <summary>The decision for a node that was found to fit.</summary>
    public VolumeDecision? Of(string node) => _byNode.GetValueOrDefault(node);

    public PluginStatus Decide(NodeInfo node)
    {
        var (decision, reasons) = (new VolumeDecision(), new List<string>());
        if (WhyBoundDontFit(node.Node!) is { } reason) reasons.Add(reason);
        reasons.AddRange(WhyOthersDontFit(node.Node!, decision));
        if (reasons.Count > 0)
        {
            reasons.Sort((left, right) => Array.IndexOf(Order, left) - Array.IndexOf(Order, right));
            return PluginStatus.Unresolvable([.. reasons]);
        }
        if (claims.ToBind.Count > 0) _byNode[node.Name] = decision;
        return PluginStatus.Success;
    }

    private static string[] Order { get; } = [OtherNode, NothingToBind, NoRoom, VolumeGone];

    private string? WhyBoundDontFit(Node node)
    {
        foreach (var claim in claims.Bound)
        {
            if (objects.Of<PersistentVolume>().Find(claim.Spec.VolumeName!) is not { } volume) return VolumeGone;
            if (!VolumeMatch.CanBeUsedOn(volume, node)) return OtherNode;
        }
        return null;
    }

    private IEnumerable<string> WhyOthersDontFit(Node node, VolumeDecision decision)
    {
        foreach (var claim in claims.ToBind)
        {
            // The driver is at work for that node already.
            var selected = claim.Metadata.Annotations?.GetValueOrDefault(ClaimsOfPod.SelectedNode);
            if (selected is not null && selected != node.Metadata.Name) return [NothingToBind];
            if (selected is null && Match(claim, node, decision) is { } volume) decision.Bindings.Add((volume, claim));
            else decision.Provisions.Add(claim);
        }
        foreach (var claim in decision.Provisions)
        {
            var storageClass = objects.Of<StorageClass>().Find(PodClaims.ClassOf(claim));
            if (!Provisioning.IsPossible(storageClass, node)) return [NothingToBind];
            if (!Provisioning.HasRoom(claim, storageClass!, node, objects)) return [NoRoom];
        }
        return [];
    }

    private PersistentVolume? Match(PersistentVolumeClaim claim, Node node, VolumeDecision decision) =>
        VolumeMatch.Find(claim, objects.Of<PersistentVolume>().All.Where(volume => !decision.Bindings.Exists(b => ReferenceEquals(b.Volume, volume))), node);
}
