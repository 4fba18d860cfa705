using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Runtime;

namespace Sampan.Kubelet.Pods;

/// <summary>
/// What a container's annotations keep of its definition: enough to stop it properly when its pod is known to nobody any more.
/// <code>io.kubernetes.container.preStopHandler: {"exec":{"command":["drain"]}}      io.kubernetes.pod.terminationGracePeriod: 30</code>
/// </summary>
/// <remarks>Upstream: pkg/kubelet/kuberuntime/labels.go.</remarks>
internal static class ContainerRecord
{
    public static Dictionary<string, string> Write(Pod pod, Container container, int restartCount)
    {
        var result = new Dictionary<string, string>
        {
            [RuntimeLabels.ContainerHash] = ContainerHash.Of(container),
            [RuntimeLabels.RestartCount] = restartCount.ToString(CultureInfo.InvariantCulture),
            [RuntimeLabels.TerminationMessagePath] = container.TerminationMessagePath ?? "",
            [RuntimeLabels.TerminationMessagePolicy] = container.TerminationMessagePolicy ?? "",
        };
        Add(result, RuntimeLabels.PodDeletionGracePeriod, pod.Metadata.DeletionGracePeriodSeconds);
        Add(result, RuntimeLabels.PodTerminationGracePeriod, pod.Spec.TerminationGracePeriodSeconds);
        if (container.Lifecycle?.PreStop is { } hook)
        {
            result[RuntimeLabels.PreStopHandler] = Encoding.UTF8.GetString(JsonCodec.Encode(hook));
        }

        if (container.Ports is { Count: > 0 } ports)
        {
            result[RuntimeLabels.ContainerPorts] = new JsonArray([.. ports.Select(port => JsonNode.Parse(JsonCodec.Encode(port)))]).ToJsonString();
        }

        return result;
    }

    /// <summary>As much of the definition as the instance tells of.</summary>
    public static Container Read(Cri.ContainerStatus instance)
    {
        var container = new Container { Name = instance.Metadata.Name, Image = instance.Image?.Image };
        try
        {
            if (instance.Annotations.TryGetValue(RuntimeLabels.PreStopHandler, out var hook))
            {
                container.Lifecycle = new() { PreStop = JsonCodec.Decode<LifecycleHandler>(Encoding.UTF8.GetBytes(hook)) };
            }

            if (instance.Annotations.TryGetValue(RuntimeLabels.ContainerPorts, out var ports))
            {
                container.Ports = [.. JsonNode.Parse(ports)!.AsArray().Select(port => JsonCodec.Decode<ContainerPort>(Encoding.UTF8.GetBytes(port!.ToJsonString())))];
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            // Somebody else wrote it: the container stops without its hook.
        }

        return container;
    }

    /// <summary>How long the pod of an instance may take to end; null where that is not told.</summary>
    public static long? GracePeriodOf(Cri.ContainerStatus instance) =>
        instance.Annotations.TryGetValue(RuntimeLabels.PodTerminationGracePeriod, out var text) && long.TryParse(text, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;

    private static void Add(Dictionary<string, string> annotations, string name, long? seconds)
    {
        if (seconds is { } known)
        {
            annotations[name] = known.ToString(CultureInfo.InvariantCulture);
        }
    }
}
