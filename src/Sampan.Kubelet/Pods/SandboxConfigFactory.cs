using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Admission;
using Sampan.Kubelet.Network;
using Sampan.Kubelet.Runtime;
using Sampan.Kubelet.Volumes;

namespace Sampan.Kubelet.Pods;

/// <summary>A pod's sandbox in CRI's terms.</summary>
internal sealed class SandboxConfigFactory(PodServices services)
{
    /// <param name="pod">The pod.</param>
    /// <param name="attempt">How many sandboxes it has had.</param>
    /// <param name="volumes">Its volumes.</param>
    public Cri.PodSandboxConfig Create(Pod pod, uint attempt, IEnumerable<MountedVolume> volumes)
    {
        var config = new Cri.PodSandboxConfig
        {
            Metadata = new() { Name = pod.Metadata.Name, Namespace = pod.Metadata.Namespace, Uid = pod.Metadata.Uid, Attempt = attempt },
            LogDirectory = services.Paths.LogDirectory(pod),
            DnsConfig = services.Dns.For(pod),
            Labels = { pod.Metadata.Labels.OrEmpty().ToDictionary(), Identity(pod) },
            Annotations = { pod.Metadata.Annotations.OrEmpty().ToDictionary() },
            Linux = new()
            {
                CgroupParent = services.Cgroups.PathOf(pod),
                SecurityContext = SecurityContexts.ForSandbox(pod, volumes),
                Resources = services.Cgroups.Limits.ForSandbox(pod),
                Overhead = services.Cgroups.Limits.OverheadOf(pod),
                Sysctls = { (pod.Spec.SecurityContext?.Sysctls).OrEmpty().ToDictionary(s => Sysctls.Dotted(s.Name), s => s.Value) },
            },
        };
        config.Linux.SecurityContext.NamespaceOptions.UsernsOptions = services.UserNamespaces.Of(pod.Metadata.Uid);
        if (!pod.Spec.HostNetwork)
        {
            var hostname = PodHostname.Of(pod, services.ClusterDomain);
            config.Hostname = hostname.ForKernel(pod)
                ?? throw new StartFailure("CreatePodSandboxError", $"failed to construct FQDN from pod hostname and cluster domain, FQDN {hostname.FullName} is too long (64 characters is the max, {hostname.FullName.Length} characters requested)");
            config.PortMappings.AddRange(pod.Spec.InitContainers.OrEmpty().Where(c => c.IsSidecar()).Concat(pod.Spec.Containers).SelectMany(c => c.Ports.OrEmpty()).Select(Convert));
        }

        return config;
    }

    public static Dictionary<string, string> Identity(Pod pod) => new()
    {
        [RuntimeLabels.PodName] = pod.Metadata.Name,
        [RuntimeLabels.PodNamespace] = pod.Metadata.Namespace,
        [RuntimeLabels.PodUid] = pod.Metadata.Uid,
    };

    private static Cri.PortMapping Convert(ContainerPort port) => new()
    {
        HostIp = port.HostIP ?? "",
        HostPort = port.HostPort,
        ContainerPort = port.ContainerPortValue,
        Protocol = port.Protocol switch
        {
            "UDP" => Cri.Protocol.Udp,
            "SCTP" => Cri.Protocol.Sctp,
            _ => Cri.Protocol.Tcp,
        },
    };
}
