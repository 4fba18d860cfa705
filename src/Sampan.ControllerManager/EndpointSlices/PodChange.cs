using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.EndpointSlices;

internal static class PodChange
{
    /// <summary>False for the many pod updates that leave endpoints as they are.</summary>
    public static bool MattersToServices(Pod old, Pod current) =>
        old.Metadata.Uid != current.Metadata.Uid
        || old.IsReady() != current.IsReady()
        || old.IsTerminal() != current.IsTerminal()
        || (old.Metadata.DeletionTimestamp is null) != (current.Metadata.DeletionTimestamp is null)
        || old.Spec.NodeName != current.Spec.NodeName
        || old.Spec.Hostname != current.Spec.Hostname
        || old.Spec.Subdomain != current.Spec.Subdomain
        || !Same(old.Metadata.Labels, current.Metadata.Labels)
        || !old.Status.PodIPs.OrEmpty().Select(i => i.Ip).SequenceEqual(current.Status.PodIPs.OrEmpty().Select(i => i.Ip))
        || old.Status.PodIP != current.Status.PodIP;

    public static bool Same(Dictionary<string, string>? left, Dictionary<string, string>? right)
    {
        var (a, b) = (left.OrEmpty(), right.OrEmpty());
        return a.Count == b.Count && a.All(l => b.GetValueOrDefault(l.Key) == l.Value);
    }
}
