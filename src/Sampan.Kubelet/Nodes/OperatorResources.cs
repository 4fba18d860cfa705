using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Devices;

namespace Sampan.Kubelet.Nodes;

/// <summary>
/// Resources in the node's status that this kubelet does not know. An operator may have put them there, who says what there is of one;
/// the kubelet says that pods may have it.
/// <code>
/// capacity:    example.com/dongle: 5   ──▶ allocatable: example.com/dongle: 5
/// allocatable: example.com/gone: 1     ──▶ removed, since capacity has none
/// capacity:    hugepages-1Gi: 0        ──▶ removed from a machine that has no pages of that size
/// </code>
/// </summary>
/// <remarks>Upstream: pkg/kubelet/nodestatus, MachineInfo; reconcileExtendedResource and reconcileHugePageResource.</remarks>
internal static class OperatorResources
{
    /// <param name="status">The kubelet's own status, as a patch of what the API server has; completed.</param>
    /// <param name="seen">What the API server has.</param>
    /// <param name="isNewMachine">What an earlier machine of this name had is gone, until somebody says otherwise.</param>
    public static void Complete(JsonObject status, NodeStatus seen, bool isNewMachine)
    {
        var (capacity, allocatable) = (status["capacity"]!.AsObject(), status["allocatable"]!.AsObject());
        var own = capacity.Select(c => c.Key).ToHashSet();
        foreach (var (name, amount) in seen.Capacity.OrEmpty().Where(c => !own.Contains(c.Key)))
        {
            if (name.StartsWith("hugepages-", StringComparison.Ordinal))
            {
                (capacity[name], allocatable[name]) = (null, null);
            }
            else if (isNewMachine && ExtendedResource.IsName(name))
            {
                (capacity[name], allocatable[name]) = ("0", "0");
            }
            else
            {
                allocatable[name] = amount.ToString();
            }
        }

        foreach (var name in seen.Allocatable.OrEmpty().Keys.Where(name => !own.Contains(name) && !seen.Capacity.OrEmpty().ContainsKey(name)))
        {
            allocatable[name] = null;
        }
    }

    /// <summary>Whether there is something to complete, so that nobody has to wait for the next report.</summary>
    public static bool AreNews(NodeStatus seen, IReadOnlyDictionary<string, Quantity> own)
    {
        var allocatable = seen.Allocatable.OrEmpty();
        return seen.Capacity.OrEmpty().Any(c => !own.ContainsKey(c.Key) && (!allocatable.TryGetValue(c.Key, out var usable) || usable != c.Value));
    }
}
