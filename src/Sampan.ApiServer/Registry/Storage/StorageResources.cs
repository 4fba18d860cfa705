using Sampan.Api;
using Sampan.Api.Storage.V1;

namespace Sampan.ApiServer.Registry.Storage;

/// <summary>The resources of the group storage.k8s.io.</summary>
internal static class StorageResources
{
    public static IEnumerable<ResourceDescriptor> All() =>
    [
        ResourceDescriptors.Of(new StorageClassStrategy()),
        ResourceDescriptors.Of(new PlainStrategy<CSIDriver>(DefaultDriver)),
        ResourceDescriptors.WithStatus<VolumeAttachment>(
            (from, to) => to.Spec = from.Spec, (from, to) => to.Status = from.Status, attachment => attachment.Status = new(),
            (a, b) => a.Spec.DeepEquals(b.Spec)),
    ];

    private static void DefaultDriver(CSIDriver driver)
    {
        var spec = driver.Spec;
        spec.AttachRequired ??= true;
        spec.PodInfoOnMount ??= false;
        spec.StorageCapacity ??= false;
        spec.FsGroupPolicy ??= "ReadWriteOnceWithFSType";
        spec.RequiresRepublish ??= false;
        spec.SeLinuxMount ??= false;
        if (spec.VolumeLifecycleModes.OrEmpty().Count == 0)
        {
            spec.VolumeLifecycleModes = ["Persistent"];
        }
    }
}
