using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Pods;

namespace Sampan.Kubelet.Admission;

/// <summary>A port of the node that a pod takes; the address 0.0.0.0 stands for all.</summary>
internal readonly record struct HostPort(string Protocol, string Address, int Port)
{
    private const string AnyAddress = "0.0.0.0";

    public static bool Collide(Pod pod, IReadOnlyList<Pod> others)
    {
        var wanted = Of(pod).ToList();
        return wanted.Count > 0 && others.SelectMany(Of).Any(taken => wanted.Exists(taken.CollidesWith));
    }

    private static IEnumerable<HostPort> Of(Pod pod) =>
        from container in pod.Spec.Containers.Concat(pod.Sidecars())
        from port in container.Ports.OrEmpty()
        where port.HostPort > 0
        select new HostPort(port.Protocol is { Length: > 0 } protocol ? protocol : "TCP", port.HostIP is { Length: > 0 } ip ? ip : AnyAddress, port.HostPort);

    private bool CollidesWith(HostPort other) =>
        Port == other.Port && Protocol == other.Protocol && (Address == other.Address || Address == AnyAddress || other.Address == AnyAddress);
}
