namespace Sampan.ApiServer.Registry.Networking;

/// <summary>The resources of the group networking.k8s.io.</summary>
internal static class NetworkingResources
{
    public static IEnumerable<ResourceDescriptor> All() =>
    [
        ResourceDescriptors.WithStatus(new IngressStrategy()),
        ResourceDescriptors.Of(new NetworkPolicyStrategy()),
        ResourceDescriptors.Of(new IngressClassStrategy()),
        ResourceDescriptors.Of(new IPAddressStrategy()),
        ResourceDescriptors.WithStatus(new ServiceCIDRStrategy()),
    ];
}
