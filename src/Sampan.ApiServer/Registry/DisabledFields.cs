using Sampan.Api;
using Sampan.Api.Apps.V1;
using Sampan.Api.Coordination.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Resource.V1;
using Sampan.Api.Storage.V1;

namespace Sampan.ApiServer.Registry;

/// <summary>
/// Takes out of an object what belongs to features that are off by default in v1.36, unless what was stored before uses it. Those of
/// pods and their templates are in <see cref="Core.PodGates"/>.
/// </summary>
internal static class DisabledFields
{
    private static readonly ILookup<Type, Rule> Rules = new[]
    {
        // CoordinatedLeaderElection
        Field<Lease>(lease => lease.Spec.Strategy is not null, lease => lease.Spec.Strategy = null),
        Field<Lease>(lease => lease.Spec.PreferredHolder is not null, lease => lease.Spec.PreferredHolder = null),

        // MaxUnavailableStatefulSet
        Field<StatefulSet>(
            set => set.Spec.UpdateStrategy.RollingUpdate?.MaxUnavailable is not null,
            set => set.Spec.UpdateStrategy.RollingUpdate!.MaxUnavailable = null),

        // VolumeLimitScaling
        Field<CSIDriver>(
            driver => driver.Spec.PreventPodSchedulingIfMissing is not null, driver => driver.Spec.PreventPodSchedulingIfMissing = null),

        // DRAListTypeAttributes
        Field<ResourceSlice>(
            slice => Attributes(slice).Any(IsList),
            slice => Each(Attributes(slice), one => (one.Bools, one.Ints, one.Strings, one.Versions) = (null, null, null, null))),

        // DRANodeAllocatableResources
        Field<ResourceSlice>(
            slice => slice.Spec.Devices.OrEmpty().Any(device => device.NodeAllocatableResourceMappings is not null),
            slice => Each(slice.Spec.Devices.OrEmpty(), device => device.NodeAllocatableResourceMappings = null)),
        Field<Pod>(
            pod => pod.Status.NodeAllocatableResourceClaimStatuses is not null, pod => pod.Status.NodeAllocatableResourceClaimStatuses = null),

        // ContainerStopSignals
        Field<Pod>(
            pod => Containers(pod).Any(one => one.StopSignal is not null), pod => Each(Containers(pod), one => one.StopSignal = null)),

        // ImageVolumeWithDigest
        Field<Pod>(
            pod => Mounts(pod).Any(one => one.VolumeStatus is not null), pod => Each(Mounts(pod), one => one.VolumeStatus = null)),
    }.ToLookup(rule => rule.Kind);

    /// <param name="obj">What is written.</param>
    /// <param name="old">What is there; null for a new object.</param>
    public static void Drop(IObject obj, IObject? old)
    {
        foreach (var rule in Rules[obj.GetType()])
        {
            if (rule.IsUsed(obj) && (old is null || !rule.IsUsed(old)))
            {
                rule.Drop(obj);
            }
        }
    }

    private static IEnumerable<DeviceAttribute> Attributes(ResourceSlice slice) =>
        slice.Spec.Devices.OrEmpty().SelectMany(device => device.Attributes.OrEmpty().Values);

    private static bool IsList(DeviceAttribute one) =>
        one.Bools is not null || one.Ints is not null || one.Strings is not null || one.Versions is not null;

    private static IEnumerable<ContainerStatus> Containers(Pod pod) =>
    [
        .. pod.Status.InitContainerStatuses.OrEmpty(), .. pod.Status.ContainerStatuses.OrEmpty(), .. pod.Status.EphemeralContainerStatuses.OrEmpty(),
    ];

    private static IEnumerable<VolumeMountStatus> Mounts(Pod pod) => Containers(pod).SelectMany(one => one.VolumeMounts.OrEmpty());

    private static void Each<T>(IEnumerable<T> items, Action<T> drop)
    {
        foreach (var item in items)
        {
            drop(item);
        }
    }

    private static Rule Field<T>(Func<T, bool> isUsed, Action<T> drop)
        where T : class, IObject => new(typeof(T), obj => isUsed((T)obj), obj => drop((T)obj));

    private sealed record Rule(Type Kind, Func<IObject, bool> IsUsed, Action<IObject> Drop);
}
