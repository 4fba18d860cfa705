namespace Sampan.ControllerManager.MetricsServer;

/// <summary>What is known of one node and its pods; replaced whole with each answer of its kubelet.</summary>
internal sealed record NodeUsage(UsageSeries? Node, IReadOnlyDictionary<ObjectKey, IReadOnlyDictionary<string, UsageSeries>> Pods)
{
    public static NodeUsage Next(NodeUsage? known, NodeScrape scrape)
    {
        var node = scrape.Node.IsWhole ? UsageSeries.Next(known?.Node, scrape.Node) : null;
        var pods = new Dictionary<ObjectKey, IReadOnlyDictionary<string, UsageSeries>>();
        foreach (var (key, containers) in scrape.Pods)
        {
            // A pod of which one container was not measured would look smaller than it is.
            if (!containers.Values.All(u => u.IsWhole)) continue;
            var before = known?.Pods.GetValueOrDefault(key);
            pods[key] = containers.ToDictionary(c => c.Key, c => UsageSeries.Next(before?.GetValueOrDefault(c.Key), c.Value));
        }

        return new(node, pods);
    }
}
