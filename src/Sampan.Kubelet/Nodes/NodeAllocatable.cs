using Sampan.Api;
using Sampan.Kubelet.Cgroups;
using Sampan.Kubelet.Configuration;
using Sampan.Kubelet.Events;

namespace Sampan.Kubelet.Nodes;

/// <summary>Keeps all pods together within what they may have and, where that is wanted, the system and the kubelet within what is reserved for them.</summary>
/// <remarks>Upstream: pkg/kubelet/cm/node_container_manager_linux.go.</remarks>
internal sealed class NodeAllocatable(KubeletConfiguration configuration, NodeCapacity capacity, PodCgroups cgroups, IPodEvents events, TimeProvider time)
{
    private static readonly TimeSpan Retry = TimeSpan.FromMinutes(1);

    /// <summary>Limits the groups that something is reserved for; whoever runs in them has made them.</summary>
    /// <exception cref="ConfigurationException">There is no such group, or it does not take the limit.</exception>
    public async Task LimitReservedAsync(CancellationToken cancellationToken)
    {
        await LimitReservedAsync("System", configuration.SystemReservedCgroup, configuration.SystemReserved, cancellationToken);
        await LimitReservedAsync("Kube", configuration.KubeReservedCgroup, configuration.KubeReserved, cancellationToken);
    }

    /// <summary>Limits the pods. They may have more memory than that from before: until evictions have made room it is tried again and again.</summary>
    public async Task LimitPodsAsync(CancellationToken cancellationToken)
    {
        while (!await TryLimitPodsAsync(cancellationToken))
        {
            await Task.Delay(Retry, time, cancellationToken);
        }
    }

    private async Task<bool> TryLimitPodsAsync(CancellationToken cancellationToken)
    {
        try
        {
            await cgroups.LimitAllAsync(capacity.ForPods, cancellationToken);
            events.Node(EventReasons.Normal, EventReasons.NodeAllocatableEnforced, "Updated Node Allocatable limit across pods");
            return true;
        }
        catch (IOException e)
        {
            events.Node(EventReasons.Warning, EventReasons.FailedNodeAllocatableEnforcement, $"Failed to update Node Allocatable Limits \"kubepods\": {e.Message}");
            return false;
        }
    }

    private async Task LimitReservedAsync(string whose, string group, IReadOnlyDictionary<string, string> reserved, CancellationToken cancellationToken)
    {
        var key = $"{whose.ToLowerInvariant()}-reserved";
        var isOnlyTime = configuration.EnforceNodeAllocatable.Contains(key + "-compressible");
        if (!isOnlyTime && !configuration.EnforceNodeAllocatable.Contains(key))
        {
            return;
        }

        try
        {
            await cgroups.LimitExistingAsync(group, Resources(reserved, isOnlyTime), cancellationToken);
        }
        catch (IOException e)
        {
            var message = $"Failed to enforce {whose} Reserved Cgroup Limits on \"{group}\": {e.Message}";
            events.Node(EventReasons.Warning, EventReasons.FailedNodeAllocatableEnforcement, message);
            throw new ConfigurationException(message);
        }

        events.Node(EventReasons.Normal, EventReasons.NodeAllocatableEnforced, $"Updated limits on {whose.ToLowerInvariant()} reserved cgroup {group}");
    }

    /// <summary>Processor time is shared out by need; the rest is a limit.</summary>
    private static CgroupResources Resources(IReadOnlyDictionary<string, string> reserved, bool isOnlyTime)
    {
        var shares = Of("cpu") is { } cpu ? Cpu.Shares(cpu.AsMilli()) : (long?)null;
        return isOnlyTime ? new CgroupResources(shares) : new CgroupResources(shares, MemoryBytes: Of("memory")?.AsLong(), Pids: Of("pid")?.AsLong());

        Quantity? Of(string resource) => reserved.TryGetValue(resource, out var text) ? Quantity.Parse(text) : null;
    }
}
