namespace Sampan.ApiServer.Registry.Storage;

/// <summary>The resources of the group storage.k8s.io.</summary>
internal static class StorageResources
{
    public static IEnumerable<ResourceDescriptor> All() =>
    [
        ResourceDescriptors.Of(new StorageClassStrategy()),
        ResourceDescriptors.Of(new CSIDriverStrategy()),
        ResourceDescriptors.Of(new CSINodeStrategy()),
        ResourceDescriptors.Of(new CSIStorageCapacityStrategy()),
        ResourceDescriptors.Of(new VolumeAttributesClassStrategy()),
        ResourceDescriptors.WithStatus(new VolumeAttachmentStrategy()),
    ];
}
