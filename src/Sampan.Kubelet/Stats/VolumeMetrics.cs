using Sampan.Api.Core.V1;
using Sampan.Kubelet.Volumes;

namespace Sampan.Kubelet.Stats;

/// <summary>
/// How full the volumes of claims are, and how many volumes there are, under upstream's names (pkg/kubelet/metrics/collectors, volume_stats;
/// pkg/kubelet/volumemanager/metrics).
/// </summary>
internal sealed class VolumeMetrics(Func<IEnumerable<Pod>> pods, VolumeUsageReader usage, IPodVolumes volumes)
{
    private const string Gauge = "gauge";

    public async Task<string> RenderAsync(CancellationToken cancellationToken)
    {
        var (text, told) = (new SampleText(), new HashSet<(string, string)>());
        foreach (var pod in pods())
        {
            foreach (var volume in await usage.OfAsync(pod, cancellationToken))
            {
                if (volume.Claim is { } claim && told.Add((pod.Metadata.Namespace, claim)))
                {
                    Add(text, pod.Metadata.Namespace, claim, volume.Usage);
                }
            }
        }

        foreach (var count in volumes.Count())
        {
            Add(text, "actual_state_of_world", count.Kind, count.Mounted);
            Add(text, "desired_state_of_world", count.Kind, count.Wanted);
        }

        return text.ToString();
    }

    private static void Add(SampleText text, string state, string kind, int count) =>
        text.Add("volume_manager_total_volumes", Gauge, "[ALPHA] Number of volumes that pods want, and that they have", count, null, ("plugin_name", kind), ("state", state));

    private static void Add(SampleText text, string ns, string claim, FileSystemStats usage)
    {
        Row("available_bytes", "Number of available bytes in the volume", usage.Of.Available);
        Row("capacity_bytes", "Capacity in bytes of the volume", usage.Of.Capacity);
        Row("used_bytes", "Number of used bytes in the volume", usage.Used);
        Row("inodes", "Maximum number of inodes in the volume", usage.Of.Inodes);
        Row("inodes_free", "Number of free inodes in the volume", usage.Of.InodesFree);
        Row("inodes_used", "Number of used inodes in the volume", usage.InodesUsed ?? 0);

        void Row(string name, string help, long value) =>
            text.Add($"kubelet_volume_stats_{name}", Gauge, $"[ALPHA] {help}", value, null, ("namespace", ns), ("persistentvolumeclaim", claim));
    }
}
