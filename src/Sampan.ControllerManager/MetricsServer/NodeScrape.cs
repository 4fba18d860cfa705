namespace Sampan.ControllerManager.MetricsServer;

/// <summary>One answer of a kubelet: the usage of the node, and of each pod's containers.</summary>
internal sealed class NodeScrape
{
    public Usage Node { get; private set; }

    public Dictionary<ObjectKey, Dictionary<string, Usage>> Pods { get; } = [];

    public static NodeScrape Of(IEnumerable<MetricSample> samples, DateTimeOffset now)
    {
        var scrape = new NodeScrape { Node = new Usage(null, now, null, null) };
        foreach (var sample in samples) scrape.Add(sample, now);
        return scrape;
    }

    private void Add(MetricSample sample, DateTimeOffset now)
    {
        var time = sample.Time ?? now;
        switch (sample.Name)
        {
            case "node_cpu_usage_seconds_total": Node = Node with { CpuSeconds = sample.Value, Time = time }; break;
            case "node_memory_working_set_bytes": Node = Node with { Memory = sample.Value }; break;
            case "container_cpu_usage_seconds_total": Change(sample, now, u => u with { CpuSeconds = sample.Value, Time = time }); break;
            case "container_memory_working_set_bytes": Change(sample, now, u => u with { Memory = sample.Value }); break;
            case "container_start_time_seconds": Change(sample, now, u => u with { StartedAt = DateTimeOffset.UnixEpoch.AddSeconds(sample.Value) }); break;
        }
    }

    private void Change(MetricSample sample, DateTimeOffset now, Func<Usage, Usage> change)
    {
        if (!sample.Labels.TryGetValue("namespace", out var ns) || !sample.Labels.TryGetValue("pod", out var pod)
            || !sample.Labels.TryGetValue("container", out var container)) return;
        var key = new ObjectKey(ns, pod);
        if (!Pods.TryGetValue(key, out var containers)) Pods[key] = containers = [];
        containers[container] = change(containers.GetValueOrDefault(container, new Usage(null, now, null, null)));
    }
}
