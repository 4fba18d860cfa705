using Sampan.Api.Core.V1;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Queue;

namespace Sampan.Scheduler.Plugins;

/// <summary>Some pods use what not every kubelet can do; nodes say in their status what theirs can.</summary>
internal sealed class NodeDeclaredFeatures : IPreFilterPlugin, IFilterPlugin, IEnqueueExtension
{
    private const string RestartAllContainers = "RestartAllContainersOnContainerExits";
    private const string UserNamespacesOnHostNetwork = "UserNamespacesHostNetworkSupport";

    public string Name => nameof(NodeDeclaredFeatures);

    public PluginScope FilterScope => PluginScope.Node;

    public IReadOnlyList<EventHint> EventsToRegister { get; } =
    [
        new(ClusterEventKind.NodeAdd | ClusterEventKind.NodeDeclaredFeatures, static (pod, change) => Missing(pod.Pod.Spec, change.Node!).Count == 0),
    ];

    public PreFilterResult PreFilter(CycleState state, PodInfo pod, SchedulerCache cluster) =>
        new(Needed(pod.Pod.Spec).Any() ? PluginStatus.Success : PluginStatus.Skip);

    public PluginStatus Filter(CycleState state, PodInfo pod, NodeInfo node) => Missing(pod.Pod.Spec, node.Node!) is { Count: > 0 } missing
        ? PluginStatus.Unresolvable($"node declared features check failed - unsatisfied requirements: {string.Join(", ", missing)}")
        : PluginStatus.Success;

    private static List<string> Missing(PodSpec spec, Node node) => [.. Needed(spec).Except(node.Status.DeclaredFeatures.OrEmpty())];

    private static IEnumerable<string> Needed(PodSpec spec)
    {
        if (spec.InitContainers.OrEmpty().Concat(spec.Containers).Any(c => c.RestartPolicyRules.OrEmpty().Any(rule => rule.Action == "RestartAllContainers"))) yield return RestartAllContainers;
        if (spec.HostNetwork == true && spec.HostUsers == false) yield return UserNamespacesOnHostNetwork;
    }
}
