using Sampan.Api.Core.V1;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Plugins;

/// <summary>
/// Prefers nodes that have the pod's images already, the more so the larger they are. An image that few nodes have counts
/// less, or all its pods would end up there.
/// </summary>
internal sealed class ImageLocality : IScorePlugin
{
    private const long Smallest = 23L * 1024 * 1024;
    private const long LargestPerImage = 1000L * 1024 * 1024;

    public string Name => nameof(ImageLocality);

    public long Score(CycleState state, PodInfo pod, NodeInfo node)
    {
        if (node.ImageSizes.Count == 0) return 0;
        long present = 0, count = 0;
        foreach (var image in Images(pod.Pod.Spec))
        {
            count++;
            var name = NormalizedName(image);
            if (node.ImageSizes.TryGetValue(name, out var size)) present += (long)(size * ((double)state.Cluster.Table.NodesWithImage(name) / state.Cluster.NodeCount));
        }
        var largest = LargestPerImage * count;
        return ScoreScale.Max * (Math.Clamp(present, Smallest, largest) - Smallest) / (largest - Smallest);
    }

    private static IEnumerable<string> Images(PodSpec spec)
    {
        foreach (var container in spec.InitContainers.OrEmpty()) yield return container.Image ?? "";
        foreach (var container in spec.Containers) yield return container.Image ?? "";
        foreach (var volume in spec.Volumes.OrEmpty())
        {
            if (volume.Image is { } image) yield return image.Reference ?? "";
        }
    }

    private static string NormalizedName(string image) =>
        image.LastIndexOf(':') <= image.LastIndexOf('/') ? image + ":latest" : image;
}
