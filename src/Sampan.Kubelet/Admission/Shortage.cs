using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Pods;

namespace Sampan.Kubelet.Admission;

/// <summary>A resource of which the node has too little left for a pod. CPU counts in thousandths, all else in whole units.</summary>
/// <param name="Resource">Its name.</param>
/// <param name="Requested">What the pod asks for.</param>
/// <param name="Used">What others have.</param>
/// <param name="Capacity">What there is in all.</param>
/// <param name="Missing">What has to become free.</param>
internal sealed record Shortage(string Resource, long Requested, long Used, long Capacity, long Missing)
{
    public const string Pods = "pods";

    public string Reason => $"OutOf{Resource}";

    public string Message => $"Node didn't have enough resource: {Resource}, requested: {Requested}, used: {Used}, capacity: {Capacity}";

    /// <returns>Null where there is enough, or where the pod wants none.</returns>
    public static Shortage? Find(string resource, long requested, long used, long capacity) =>
        requested > 0 && requested > capacity - used ? new(resource, requested, used, capacity, requested - (capacity - used)) : null;

    public static long Amount(string resource, Quantity quantity) => resource == PodResources.Cpu ? quantity.AsMilli() : quantity.AsLong();

    /// <summary>What would become free with a pod.</summary>
    public long RequestOf(Pod pod) => Resource == Pods ? 1 : Amount(Resource, PodResources.Request(pod, Resource));
}
