using Sampan.Api.Core.V1;

namespace Sampan.Scheduler.Cache;

/// <summary>A pod with what scheduling needs of it, worked out once per version.</summary>
public sealed class PodInfo
{
    private string? _classKey;

    public PodInfo(Pod pod)
    {
        Pod = pod;
        Key = new ObjectKey(pod.Metadata.Namespace ?? "", pod.Metadata.Name ?? "");
        Requests = PodRequests.Of(pod);
        NonZeroRequests = PodRequests.NonZeroOf(pod);
        HostPorts = HostPort.Of(pod.Spec);
        AffinityTerms = AffinityTerm.Of(pod);
    }

    public Pod Pod { get; }
    public ObjectKey Key { get; }
    public string Uid => Pod.Metadata.Uid ?? "";
    public int Priority => Pod.Spec.Priority ?? 0;
    public Resources Requests { get; }
    public Resources NonZeroRequests { get; }
    public IReadOnlyList<HostPort> HostPorts { get; }

    /// <summary>What it asks of other pods.</summary>
    public AffinityTerm[] AffinityTerms { get; }

    /// <summary>Equal for pods between which scheduling makes no difference.</summary>
    internal string ClassKey
    {
        get => _classKey ??= EquivalenceKey.Of(Pod);
        set => _classKey = value;
    }

    public override string ToString() => Key.ToString();

    /// <summary>Whether another version of the pod takes the same room and is counted by the same counters.</summary>
    internal bool CountsAs(PodInfo other) =>
        Requests.Equals(other.Requests)
        && (Pod.Metadata.DeletionTimestamp is null) == (other.Pod.Metadata.DeletionTimestamp is null)
        && SameLabels(Pod.Metadata.Labels, other.Pod.Metadata.Labels);

    internal static bool SameLabels(Dictionary<string, string>? left, Dictionary<string, string>? right)
    {
        if ((left?.Count ?? 0) != (right?.Count ?? 0)) return false;
        foreach (var (key, value) in left.OrEmpty())
        {
            if (right!.GetValueOrDefault(key) != value) return false;
        }
        return true;
    }
}
