using Sampan.Api.Networking.V1;

namespace Sampan.ApiServer.Registry.Networking;

/// <summary>The resources of the group networking.k8s.io.</summary>
internal static class NetworkingResources
{
    public static IEnumerable<ResourceDescriptor> All() =>
    [
        ResourceDescriptors.WithStatus(new IngressStrategy()),
        ResourceDescriptors.Of(new NetworkPolicyStrategy()),
        ResourceDescriptors.Of(new PlainStrategy<IngressClass>()),
        ResourceDescriptors.WithStatus<ServiceCIDR>(
            (from, to) => to.Spec = from.Spec, (from, to) => to.Status = from.Status, cidr => cidr.Status = new(),
            (a, b) => a.Spec.DeepEquals(b.Spec)),
    ];
}
