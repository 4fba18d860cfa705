using Sampan.Api.Core.V1;
using Sampan.Api.Storage.V1;
using Sampan.Client.Metrics;

namespace Sampan.ControllerManager.AttachDetach;

/// <summary>How many volumes are to be attached, and are, by driver and by node, under upstream's names.</summary>
internal static class AttachMetrics
{
    public static void AddTo(MetricRegistry registry, Func<IEnumerable<PersistentVolume>> wanted, Func<IEnumerable<VolumeAttachment>> attached)
    {
        registry.Collect("attachdetach_controller_total_volumes", "Number of volumes in A/D Controller", "gauge", ["plugin_name", "state"], () =>
            Count(wanted().Select(v => (v.Spec.Csi!.Driver, "desired_state_of_world"))).Concat(Count(attached().Select(a => (a.Spec.Attacher, "actual_state_of_world")))));
        registry.Collect("storage_count_attachable_volumes_in_use", "Measure number of volumes in use", "gauge", ["node", "volume_plugin"], () =>
            attached().Where(a => a.Status.Attached).CountBy(a => (a.Spec.NodeName, a.Spec.Attacher)).Select(n => (new[] { n.Key.NodeName, PluginOf(n.Key.Attacher) }, (double)n.Value)));
    }

    private static IEnumerable<(string[] Values, double Value)> Count(IEnumerable<(string Driver, string State)> volumes) =>
        volumes.CountBy(v => v).Select(n => (new[] { PluginOf(n.Key.Driver), n.Key.State }, (double)n.Value));

    private static string PluginOf(string driver) => $"kubernetes.io/csi:{driver}";
}
