namespace Sampan.ApiServer.Registry.Resource;

/// <summary>The resources of the group resource.k8s.io.</summary>
internal static class ResourceResources
{
    public static IEnumerable<ResourceDescriptor> All() =>
    [
        ResourceDescriptors.WithStatus(new ResourceClaimStrategy()),
        ResourceDescriptors.Of(new ResourceClaimTemplateStrategy()),
        ResourceDescriptors.Of(new DeviceClassStrategy()),
        ResourceDescriptors.Of(new ResourceSliceStrategy()),
    ];
}
