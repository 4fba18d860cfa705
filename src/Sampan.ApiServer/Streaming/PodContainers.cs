using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Streaming;

/// <summary>Which pod and container a stream is for.</summary>
internal static class PodContainers
{
    public static Pod Find(IObjectSource objects, string ns, string name) =>
        objects.Get<Pod>(ns, name) ?? throw StatusException.NotFound(new GroupResource("", "pods"), name);

    /// <summary>The named container, or the only one.</summary>
    /// <exception cref="StatusException">None is named and there are several, or the pod has no such container.</exception>
    public static string Choose(Pod pod, string? container)
    {
        if (string.IsNullOrEmpty(container))
        {
            return pod.Spec.Containers.Count == 1
                ? pod.Spec.Containers[0].Name
                : throw StatusException.BadRequest(
                    $"a container name must be specified for pod {pod.Metadata.Name}, choose one of: [{string.Join(' ', Names(pod))}]");
        }
        return Names(pod).Contains(container)
            ? container
            : throw StatusException.BadRequest($"container {container} is not valid for pod {pod.Metadata.Name}");
    }

    private static IEnumerable<string> Names(Pod pod) =>
        pod.Spec.InitContainers.OrEmpty().Select(c => c.Name)
            .Concat(pod.Spec.Containers.Select(c => c.Name))
            .Concat(pod.Spec.EphemeralContainers.OrEmpty().Select(c => c.Name));
}
