using System.Text;
using Sampan.Api.Codec;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;

namespace Sampan.Scheduler.Cache;

/// <summary>
/// Says which pods are equal to the scheduler: all of a pod that rules may look at, without its name, and without what
/// concerns only its containers' inside (commands, environment, mounts, volumes that need no node).
/// </summary>
internal static class EquivalenceKey
{
    public static string Of(Pod pod)
    {
        var (metadata, spec) = (pod.Metadata, pod.Spec);
        var relevant = new Pod
        {
            Metadata = new ObjectMeta
            {
                Namespace = metadata.Namespace,
                Labels = metadata.Labels,
                OwnerReferences = metadata.OwnerReferences,
            },
            Spec = new PodSpec
            {
                NodeName = spec.NodeName,
                NodeSelector = spec.NodeSelector,
                Affinity = spec.Affinity,
                Tolerations = spec.Tolerations,
                TopologySpreadConstraints = spec.TopologySpreadConstraints,
                Priority = spec.Priority,
                SchedulerName = spec.SchedulerName,
                RuntimeClassName = spec.RuntimeClassName,
                HostNetwork = spec.HostNetwork,
                HostUsers = spec.HostUsers,
                Os = spec.Os,
                Overhead = spec.Overhead,
                Resources = spec.Resources,
                ResourceClaims = spec.ResourceClaims,
                Volumes = spec.Volumes?.FindAll(NeedsNode),
                Containers = spec.Containers.ConvertAll(Relevant),
                InitContainers = spec.InitContainers?.ConvertAll(Relevant),
            },
        };
        return Encoding.UTF8.GetString(JsonCodec.Encode(relevant));
    }

    private static Container Relevant(Container container) => new()
    {
        Image = container.Image,
        Ports = container.Ports,
        Resources = container.Resources,
        RestartPolicy = container.RestartPolicy,
        RestartPolicyRules = container.RestartPolicyRules,
    };

    private static bool NeedsNode(Volume volume) => volume is { EmptyDir: null, ConfigMap: null, Secret: null, DownwardAPI: null, Projected: null };
}
