using Sampan.Api.Core.V1;
using Sampan.Client.Metrics;

namespace Sampan.ControllerManager.PersistentVolumes;

/// <summary>How many volumes and claims there are, bound and not, under upstream's names.</summary>
internal sealed class VolumeCounts(MetricRegistry registry)
{
    private readonly Gauge _boundVolumes = registry.Gauge("pv_collector_bound_pv_count", "Gauge measuring number of persistent volume currently bound", "storage_class");
    private readonly Gauge _unboundVolumes = registry.Gauge("pv_collector_unbound_pv_count", "Gauge measuring number of persistent volume currently unbound", "storage_class");
    private readonly Gauge _volumes = registry.Gauge("pv_collector_total_pv_count", "Gauge measuring total number of persistent volumes", "plugin_name", "volume_mode");

    private readonly Gauge _boundClaims = registry.Gauge(
        "pv_collector_bound_pvc_count", "Gauge measuring number of persistent volume claim currently bound", "namespace", "storage_class", "volume_attributes_class");

    private readonly Gauge _unboundClaims = registry.Gauge(
        "pv_collector_unbound_pvc_count", "Gauge measuring number of persistent volume claim currently unbound", "namespace", "storage_class", "volume_attributes_class");

    /// <summary>Under the name of before v1.36 too, which dashboards still have.</summary>
    private readonly Counter[] _failures = [.. new[] { "volume_operation_errors_total", "volume_operation_total_errors" }
        .Select(name => registry.Counter(name, "Total volume operation errors", "plugin_name", "operation_name"))];

    /// <summary>The volume cannot be reclaimed.</summary>
    public void ReclaimFailed(PersistentVolume volume)
    {
        var operation = volume.Spec.PersistentVolumeReclaimPolicy == "Recycle" ? "recycle" : "delete";
        foreach (var failures in _failures) failures.With(PluginOf(volume), operation).Increment();
    }

    public void Note(PersistentVolume? old, PersistentVolume? current)
    {
        if (old is not null) Add(old, -1);
        if (current is not null) Add(current, 1);
    }

    public void Note(PersistentVolumeClaim? old, PersistentVolumeClaim? current)
    {
        if (old is not null) Add(old, -1);
        if (current is not null) Add(current, 1);
    }

    private void Add(PersistentVolume volume, int number)
    {
        (volume.Status.Phase == "Bound" ? _boundVolumes : _unboundVolumes).With(BindingAnnotations.ClassOf(volume)).Add(number);
        _volumes.With(PluginOf(volume), volume.Spec.VolumeMode ?? "Filesystem").Add(number);
    }

    private void Add(PersistentVolumeClaim claim, int number) => (claim.Status.Phase == "Bound" ? _boundClaims : _unboundClaims)
        .With(claim.Metadata.Namespace, BindingAnnotations.ClassOf(claim), claim.Spec.VolumeAttributesClassName ?? "").Add(number);

    private static string PluginOf(PersistentVolume volume) => volume.Spec switch
    {
        { Csi: { } csi } => $"kubernetes.io/csi:{csi.Driver}",
        { Nfs: not null } => "kubernetes.io/nfs",
        { HostPath: not null } => "kubernetes.io/host-path",
        { Local: not null } => "kubernetes.io/local-volume",
        _ => "N/A",
    };
}
