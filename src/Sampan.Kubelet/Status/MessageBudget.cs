using System.Text;
using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Status;

/// <summary>All that a pod's containers leave to say at their ends is 12 KiB at most, shared out equally.</summary>
internal static class MessageBudget
{
    private const int OfPod = 12 * 1024;

    public static void Apply(Pod pod, IEnumerable<ContainerStatus> statuses)
    {
        var containers = pod.Spec.Containers.Count + pod.Spec.InitContainers.OrEmpty().Count + pod.Spec.EphemeralContainers.OrEmpty().Count;
        var most = OfPod / Math.Max(containers, 1);
        foreach (var status in statuses)
        {
            status.State = Within(status.State, most);
            status.LastState = Within(status.LastState, most);
        }
    }

    /// <summary>What is shared with what was told before stays as it is.</summary>
    private static ContainerState Within(ContainerState state, int most)
    {
        if (state.Terminated?.Message is not { } message || Encoding.UTF8.GetByteCount(message) <= most)
        {
            return state;
        }

        var copy = state.DeepClone();
        copy.Terminated!.Message = Cut(message, most);
        return copy;
    }

    /// <summary>No character is cut in two.</summary>
    private static string Cut(string message, int most)
    {
        var encoder = Encoding.UTF8.GetEncoder();
        encoder.Convert(message, new byte[most], flush: false, out var used, out _, out _);
        return message[..used];
    }
}
