namespace Sampan.Kubelet.Stats;

/// <summary>How much containers' logs take, under upstream's name (pkg/kubelet/metrics/collectors).</summary>
internal sealed class LogMetrics(UsageReader usage)
{
    public string Render()
    {
        var text = new SampleText();
        foreach (var (pod, container, bytes) in usage.ReadLogs())
        {
            text.Add(
                "kubelet_container_log_filesystem_used_bytes",
                "gauge",
                "[ALPHA] Bytes that the logs of a container take on the disk.",
                bytes,
                null,
                ("uid", pod.Metadata.Uid),
                ("namespace", pod.Metadata.Namespace),
                ("pod", pod.Metadata.Name),
                ("container", container));
        }

        return text.ToString();
    }
}
