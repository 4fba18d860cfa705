using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Policy.V1;
using Sampan.Api.Resource.V1;
using Sampan.Api.Storage.V1;
using Sampan.Scheduler.Cache;

namespace Sampan.Scheduler.Tests.Cases;

/// <summary>Puts objects where plugins look for them.</summary>
internal static class ClusterKinds
{
    public static void Add(SchedulerCache cluster, IObject obj)
    {
        switch (obj)
        {
            case PersistentVolume volume: Keep(cluster, volume); break;
            case PersistentVolumeClaim claim: Keep(cluster, claim); break;
            case StorageClass storageClass: Keep(cluster, storageClass); break;
            case CSINode node: Keep(cluster, node); break;
            case CSIDriver driver: Keep(cluster, driver); break;
            case CSIStorageCapacity capacity: Keep(cluster, capacity); break;
            case VolumeAttachment attachment: Keep(cluster, attachment); break;
            case PodDisruptionBudget budget: Keep(cluster, budget); break;
            case DeviceClass deviceClass: Keep(cluster, deviceClass); break;
            case ResourceSlice slice: Keep(cluster, slice); break;
            case Sampan.Api.Resource.V1.ResourceClaim claim: Keep(cluster, claim); break;
            default: throw new InvalidDataException($"a {obj.Kind} has no place in a case");
        }
    }

    private static void Keep<T>(SchedulerCache cluster, T obj) where T : class, IObject<T>
    {
        if (!KindInfo.Of<T>().Namespaced) obj.Metadata.Namespace = "";
        cluster.Objects.Of<T>().Set(null, obj);
    }
}
