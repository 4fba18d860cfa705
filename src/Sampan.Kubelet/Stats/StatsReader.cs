using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Sampan.Kubelet.Runtime;

namespace Sampan.Kubelet.Stats;

/// <summary>What containers use, as the runtime counts it, in the two forms that metrics collectors read.</summary>
internal sealed class StatsReader(IContainerRuntime runtime, string nodeName, TimeProvider time)
{
    private const double Nano = 1e-9;

    public async Task<JsonObject> SummaryAsync(CancellationToken cancellationToken)
    {
        var pods = new JsonArray();
        foreach (var pod in await ByPodAsync(cancellationToken))
        {
            var containers = new JsonArray();
            foreach (var c in pod)
            {
                containers.Add(new JsonObject
                {
                    ["name"] = c.Attributes.Metadata.Name,
                    ["cpu"] = new JsonObject { ["time"] = At(c.Cpu?.Timestamp), ["usageCoreNanoSeconds"] = Cpu(c) },
                    ["memory"] = new JsonObject { ["time"] = At(c.Memory?.Timestamp), ["workingSetBytes"] = Memory(c) },
                });
            }

            pods.Add(new JsonObject
            {
                ["podRef"] = new JsonObject { ["name"] = pod.Key.Name, ["namespace"] = pod.Key.Namespace, ["uid"] = pod.Key.Uid },
                ["cpu"] = new JsonObject { ["time"] = Now(), ["usageCoreNanoSeconds"] = Sum(pod, Cpu) },
                ["memory"] = new JsonObject { ["time"] = Now(), ["workingSetBytes"] = Sum(pod, Memory) },
                ["containers"] = containers,
            });
        }

        return new JsonObject
        {
            ["node"] = new JsonObject
            {
                ["nodeName"] = nodeName,
                ["cpu"] = new JsonObject { ["time"] = Now(), ["usageCoreNanoSeconds"] = NodeUsage.CpuNanoseconds() },
                ["memory"] = new JsonObject { ["time"] = Now(), ["workingSetBytes"] = NodeUsage.MemoryBytes() },
            },
            ["pods"] = pods,
        };
    }

    /// <summary>The metrics of <c>/metrics/resource</c>, in Prometheus' text form.</summary>
    public async Task<string> ResourceMetricsAsync(CancellationToken cancellationToken)
    {
        var pods = await ByPodAsync(cancellationToken);
        var text = new StringBuilder();
        Head(text, "container_cpu_usage_seconds_total", "counter", "Cumulative cpu time consumed by the container in core-seconds");
        Rows(text, "container_cpu_usage_seconds_total", pods, c => Cpu(c) * Nano);
        Head(text, "container_memory_working_set_bytes", "gauge", "Current working set of the container in bytes");
        Rows(text, "container_memory_working_set_bytes", pods, c => Memory(c));
        Head(text, "node_cpu_usage_seconds_total", "counter", "Cumulative cpu time consumed by the node in core-seconds");
        text.Append(CultureInfo.InvariantCulture, $"node_cpu_usage_seconds_total {NodeUsage.CpuNanoseconds() * Nano} {Milliseconds()}\n");
        Head(text, "node_memory_working_set_bytes", "gauge", "Current working set of the node in bytes");
        text.Append(CultureInfo.InvariantCulture, $"node_memory_working_set_bytes {NodeUsage.MemoryBytes()} {Milliseconds()}\n");
        Head(text, "pod_cpu_usage_seconds_total", "counter", "Cumulative cpu time consumed by the pod in core-seconds");
        PodRows(text, "pod_cpu_usage_seconds_total", pods, p => Sum(p, Cpu) * Nano);
        Head(text, "pod_memory_working_set_bytes", "gauge", "Current working set of the pod in bytes");
        PodRows(text, "pod_memory_working_set_bytes", pods, p => Sum(p, Memory));
        Head(text, "resource_scrape_error", "gauge", "1 if there was an error while getting container metrics, 0 otherwise");
        return text.Append("resource_scrape_error 0\n").ToString();
    }

    private static void Head(StringBuilder text, string name, string type, string help) =>
        text.Append("# HELP ").Append(name).Append(' ').Append(help).Append("\n# TYPE ").Append(name).Append(' ').Append(type).Append('\n');

    private static long Cpu(Cri.ContainerStats c) => (long)(c.Cpu?.UsageCoreNanoSeconds?.Value ?? 0);

    private static long Memory(Cri.ContainerStats c) => (long)(c.Memory?.WorkingSetBytes?.Value ?? 0);

    private static long Sum(IEnumerable<Cri.ContainerStats> pod, Func<Cri.ContainerStats, long> value) => pod.Sum(value);

    private static string At(long? nanoseconds) => Text(DateTimeOffset.UnixEpoch.AddTicks((nanoseconds ?? 0) / 100));

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private void Rows(StringBuilder text, string name, IEnumerable<IGrouping<PodKey, Cri.ContainerStats>> pods, Func<Cri.ContainerStats, double> value)
    {
        foreach (var (pod, container) in pods.SelectMany(p => p.Select(c => (p.Key, c))))
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}{{container=\"{container.Attributes.Metadata.Name}\",namespace=\"{pod.Namespace}\",pod=\"{pod.Name}\"}} {value(container)} {Milliseconds()}\n");
        }
    }

    private void PodRows(
        StringBuilder text, string name, IEnumerable<IGrouping<PodKey, Cri.ContainerStats>> pods, Func<IGrouping<PodKey, Cri.ContainerStats>, double> value)
    {
        foreach (var pod in pods)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}{{namespace=\"{pod.Key.Namespace}\",pod=\"{pod.Key.Name}\"}} {value(pod)} {Milliseconds()}\n");
        }
    }

    private string Now() => Text(time.GetUtcNow());

    private long Milliseconds() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task<List<IGrouping<PodKey, Cri.ContainerStats>>> ByPodAsync(CancellationToken cancellationToken)
    {
        var stats = await runtime.ListContainerStatsAsync(cancellationToken);
        // A container that ended uses nothing and has no numbers.
        return [.. stats.Where(s => s.Cpu?.UsageCoreNanoSeconds is { Value: > 0 }).GroupBy(s => new PodKey(Label(s, RuntimeLabels.PodNamespace), Label(s, RuntimeLabels.PodName), Label(s, RuntimeLabels.PodUid)))];
    }

    private static string Label(Cri.ContainerStats stats, string name) => stats.Attributes.Labels.TryGetValue(name, out var value) ? value : "";

    private sealed record PodKey(string Namespace, string Name, string Uid);
}
