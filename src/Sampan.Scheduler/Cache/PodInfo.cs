using Sampan.Api.Core.V1;

namespace Sampan.Scheduler.Cache;

/// <summary>A pod with what scheduling needs of it, worked out once per version.</summary>
public sealed class PodInfo
{
    public PodInfo(Pod pod)
    {
        Pod = pod;
        Key = new ObjectKey(pod.Metadata.Namespace ?? "", pod.Metadata.Name ?? "");
        Requests = PodRequests.Of(pod.Spec);
        NonZeroRequests = PodRequests.NonZeroOf(pod.Spec);
        HostPorts = HostPort.Of(pod.Spec);
    }

    public Pod Pod { get; }
    public ObjectKey Key { get; }
    public string Uid => Pod.Metadata.Uid ?? "";
    public int Priority => Pod.Spec.Priority ?? 0;
    public Resources Requests { get; }
    public Resources NonZeroRequests { get; }
    public IReadOnlyList<HostPort> HostPorts { get; }

    public override string ToString() => Key.ToString();
}
