using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Status;

/// <summary>The ends of containers that a status tells of and the one before did not.</summary>
internal static class ContainerEnds
{
    public static IEnumerable<(string Container, ContainerStateTerminated End)> New(PodStatus before, PodStatus now)
    {
        var ends = Of(now).ToList();
        return ends.Count == 0 ? [] : ends.ExceptBy(Of(before).Select(Key), Key);
    }

    /// <summary>Of one that nobody saw end it is not known which instance it was.</summary>
    private static (string Container, string Instance) Key((string Container, ContainerStateTerminated End) ended) => (ended.Container, ended.End.ContainerID ?? "");

    private static IEnumerable<(string Container, ContainerStateTerminated End)> Of(PodStatus status) =>
        from container in status.InitContainerStatuses.OrEmpty().Concat(status.ContainerStatuses.OrEmpty()).Concat(status.EphemeralContainerStatuses.OrEmpty())
        from end in new[] { container.LastState.Terminated, container.State.Terminated }
        where end is not null
        select (container.Name, end);
}
