using System.Text;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Runtime;

namespace Sampan.Kubelet.Pods;

/// <summary>What of a container cannot change while it runs: its name and image. A different hash means a restart.</summary>
internal static class ContainerHash
{
    /// <summary>Whether the instance was made from another definition.</summary>
    public static bool IsOutdated(Container container, Cri.ContainerStatus status) =>
        status.Annotations.TryGetValue(RuntimeLabels.ContainerHash, out var hash) && hash != Of(container);

    public static string Of(Container container)
    {
        const uint offset = 2166136261;
        const uint prime = 16777619;
        var hash = offset;
        foreach (var b in Encoding.UTF8.GetBytes($"{container.Name}\n{container.Image}"))
        {
            hash = (hash ^ b) * prime;
        }

        return hash.ToString("x");
    }
}
