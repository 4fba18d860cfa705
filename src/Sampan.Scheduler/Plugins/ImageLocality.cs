using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Plugins;

/// <summary>Prefers nodes that have the pod's images already, the more so the larger they are.</summary>
internal sealed class ImageLocality : IScorePlugin
{
    private const long Smallest = 23L * 1024 * 1024;
    private const long LargestPerContainer = 1000L * 1024 * 1024;

    public string Name => nameof(ImageLocality);

    public PluginScope ScoreScope => PluginScope.Node;

    public long Score(CycleState state, PodInfo pod, NodeInfo node)
    {
        if (node.ImageSizes.Count == 0) return 0;
        var containers = pod.Pod.Spec.InitContainers.OrEmpty().Concat(pod.Pod.Spec.Containers);
        long present = 0, count = 0;
        foreach (var container in containers)
        {
            count++;
            present += node.ImageSizes.GetValueOrDefault(NormalizedName(container.Image ?? ""));
        }
        var largest = LargestPerContainer * count;
        return ScoreScale.Max * (Math.Clamp(present, Smallest, largest) - Smallest) / (largest - Smallest);
    }

    private static string NormalizedName(string image) =>
        image.LastIndexOf(':') <= image.LastIndexOf('/') ? image + ":latest" : image;
}
