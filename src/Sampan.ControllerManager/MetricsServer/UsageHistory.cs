using System.Collections.Concurrent;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Api.Metrics.V1Beta1;

namespace Sampan.ControllerManager.MetricsServer;

/// <summary>The usage of all nodes, and how the API shows it.</summary>
internal sealed class UsageHistory(TimeProvider time)
{
    /// <summary>What is older says nothing about now.</summary>
    private static readonly TimeSpan ShownFor = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, NodeUsage> _nodes = new();

    public void Record(string node, NodeScrape scrape) => _nodes[node] = NodeUsage.Next(_nodes.GetValueOrDefault(node), scrape);

    /// <summary>Forgets the other nodes.</summary>
    public void Keep(Func<string, bool> exists)
    {
        foreach (var gone in _nodes.Keys.Where(n => !exists(n))) _nodes.TryRemove(gone, out _);
    }

    public NodeMetrics? Of(Node node)
    {
        if (_nodes.GetValueOrDefault(node.Metadata.Name)?.Node is not { } series || !IsShown(series)) return null;
        return new NodeMetrics
        {
            Metadata = MetaOf(node.Metadata),
            Timestamp = new Time(series.Last.Time),
            Window = series.Window!.Value,
            Usage = UsageOf(series),
        };
    }

    public PodMetrics? Of(Pod pod)
    {
        var containers = _nodes.GetValueOrDefault(pod.Spec.NodeName ?? "")?.Pods.GetValueOrDefault(new ObjectKey(pod.Metadata.Namespace, pod.Metadata.Name));
        if (containers is not { Count: > 0 } || !containers.Values.All(IsShown)) return null;
        // The oldest measurement stands for the pod.
        var oldest = containers.Values.MinBy(s => s.Last.Time)!;
        return new PodMetrics
        {
            Metadata = MetaOf(pod.Metadata),
            Timestamp = new Time(oldest.Last.Time),
            Window = oldest.Window!.Value,
            Containers = [.. containers.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => new ContainerMetrics { Name = c.Key, Usage = UsageOf(c.Value) })],
        };
    }

    private bool IsShown(UsageSeries series) => series.NanoCores is not null && time.GetUtcNow() - series.Last.Time < ShownFor;

    private ObjectMeta MetaOf(ObjectMeta of) =>
        new() { Name = of.Name, Namespace = of.Namespace, Labels = of.Labels, CreationTimestamp = new Time(time.GetUtcNow()) };

    private static Dictionary<string, Quantity> UsageOf(UsageSeries series) => new()
    {
        ["cpu"] = Quantity.FromScaled(series.NanoCores!.Value, -9),
        ["memory"] = new Quantity((long)series.Last.Memory!.Value, QuantityFormat.BinarySI),
    };
}
