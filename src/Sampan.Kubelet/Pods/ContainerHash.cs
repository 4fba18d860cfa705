using System.Text;
using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Pods;

/// <summary>What of a container cannot change while it runs: its name and image. A different hash means a restart.</summary>
internal static class ContainerHash
{
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
