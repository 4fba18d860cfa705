using Sampan.Client.Grpc;

namespace Sampan.Kubelet.Stats;

/// <summary><c>/metrics/resource</c>: what the metrics API needs to know of the node, its pods and containers.</summary>
internal sealed class ResourceMetrics(UsageReader reader)
{
    private const double Nano = 1e-9;
    private const string Counter = "counter";
    private const string Gauge = "gauge";

    public async Task<string> RenderAsync(CancellationToken cancellationToken)
    {
        var text = new SampleText();
        var failures = 0;
        try
        {
            Add(text, await reader.ReadCpuAndMemoryAsync(cancellationToken));
        }
        catch (RpcException)
        {
            failures = 1;
        }

        const string help = "1 if there was an error while getting container metrics, 0 otherwise";
        text.Add("resource_scrape_error", Gauge, "[STABLE] " + help, failures);
        text.Add("scrape_error", Gauge, "[ALPHA] (Deprecated since 1.29.0) " + help, failures);
        return text.ToString();
    }

    private static void Add(SampleText text, NodeStats node)
    {
        text.Add("node_cpu_usage_seconds_total", Counter, "[STABLE] Cumulative cpu time consumed by the node in core-seconds", node.Cpu.CoreNanoseconds * Nano, node.Cpu.Time);
        text.Add("node_memory_working_set_bytes", Gauge, "[STABLE] Current working set of the node in bytes", node.Memory.WorkingSet, node.Memory.Time);
        text.Add("node_swap_usage_bytes", Gauge, "[ALPHA] Current swap usage of the node in bytes. Reported only on non-windows systems", node.Memory.Swap ?? 0, node.Memory.Time);
        foreach (var pod in node.Pods)
        {
            Add(text, pod);
        }
    }

    private static void Add(SampleText text, PodStats pod)
    {
        var (ns, name) = (("namespace", pod.Pod.Metadata.Namespace), ("pod", pod.Pod.Metadata.Name));
        foreach (var container in pod.Containers)
        {
            Add(text, container, ns, name);
        }

        if (pod.Cpu is { } cpu)
        {
            text.Add("pod_cpu_usage_seconds_total", Counter, "[STABLE] Cumulative cpu time consumed by the pod in core-seconds", cpu.CoreNanoseconds * Nano, cpu.Time, ns, name);
        }

        if (pod.Memory is { } memory)
        {
            text.Add("pod_memory_working_set_bytes", Gauge, "[STABLE] Current working set of the pod in bytes", memory.WorkingSet, memory.Time, ns, name);
            if (memory.Swap is { } swap)
            {
                text.Add("pod_swap_usage_bytes", Gauge, "[ALPHA] Current amount of the pod swap usage in bytes. Reported only on non-windows systems", swap, memory.Time, ns, name);
            }
        }
    }

    private static void Add(SampleText text, ContainerStats container, (string, string) ns, (string, string) pod)
    {
        var name = ("container", container.Name);
        text.Add(
            "container_start_time_seconds", Gauge, "[STABLE] Start time of the container since unix epoch in seconds", container.StartedAt.ToUnixTimeMilliseconds() / 1000.0, null, name, ns, pod);
        if (container.Cpu is { } cpu)
        {
            text.Add("container_cpu_usage_seconds_total", Counter, "[STABLE] Cumulative cpu time consumed by the container in core-seconds", cpu.CoreNanoseconds * Nano, cpu.Time, name, ns, pod);
        }

        if (container.Memory is { } memory)
        {
            text.Add("container_memory_working_set_bytes", Gauge, "[STABLE] Current working set of the container in bytes", memory.WorkingSet, memory.Time, name, ns, pod);
            if (memory.Swap is { } swap)
            {
                text.Add("container_swap_usage_bytes", Gauge, "[ALPHA] Current amount of the container swap usage in bytes. Reported only on non-windows systems", swap, memory.Time, name, ns, pod);
            }
        }
    }
}
