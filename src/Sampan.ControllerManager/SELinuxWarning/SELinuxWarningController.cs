using Sampan.Api.Core.V1;
using Sampan.Api.Storage.V1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.SELinuxWarning;

/// <summary>
/// Warns of pods that use one volume with SELinux labels that exclude each other: with labels set at mounting, only one of them could have it
/// on a node. Off by default; for clusters whose nodes run SELinux. Upstream: pkg/controller/volume/selinuxwarning.
/// </summary>
internal sealed class SELinuxWarningController : Controller
{
    private const string MountOption = "MountOption";
    private const string Recursive = "Recursive";
    private readonly Informer<Pod> _pods;
    private readonly Informer<PersistentVolumeClaim> _claims;
    private readonly Informer<PersistentVolume> _volumes;
    private readonly Informer<CSIDriver> _drivers;
    private readonly VolumeUses _uses = new();

    public SELinuxWarningController(ControllerContext context)
        : base("selinux-warning-controller", context)
    {
        _pods = Watch<Pod>(p => [KeyOf(p)]);
        ClaimsOf.AddIndex(_pods);
        _claims = Watch<PersistentVolumeClaim>(UsersOf);
        _volumes = Watch<PersistentVolume>(UsersOf);
        _drivers = Watch<CSIDriver>(d => _volumes!.List().Where(v => v.Spec.Csi?.Driver == d.Metadata.Name).SelectMany(UsersOf));
        context.Metrics.Collect(
            "selinux_warning_controller_selinux_volume_conflict",
            "Conflict between two Pods using the same volume",
            "gauge",
            ["property", "pod1_namespace", "pod1_name", "pod1_value", "pod2_namespace", "pod2_name", "pod2_value"],
            () => _uses.Conflicts().Select(c => (new[] { c.Property, c.Pod.Namespace, c.Pod.Name, c.Value, c.Other.Namespace, c.Other.Name, c.OtherValue }, 1.0)));
    }

    protected override Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_pods.Get(key) is not { } pod || pod.IsTerminal())
        {
            _uses.Remove(key);
            return Task.FromResult(ReconcileResult.Done);
        }

        var labels = PodLabels.Of(pod);
        foreach (var volume in pod.Spec.Volumes.OrEmpty().Where(v => labels.Contains(v.Name))) Look(pod, volume, [.. labels[volume.Name]]);
        return Task.FromResult(ReconcileResult.Done);
    }

    /// <summary>A volume without a claim is the pod's own; one whose claim is not bound yet comes again when it is.</summary>
    private void Look(Pod pod, Volume volume, List<string> labels)
    {
        if (ClaimsOf.NameOf(pod, volume) is not { } name || VolumeOf(pod.Metadata.Namespace, name) is not { } bound || NameOf(bound) is not { } unique) return;
        if (labels.Count > 1)
        {
            Events.Event(pod, "Warning", "MultipleSELinuxLabels", $"Volume \"{volume.Name}\" is mounted twice with different SELinux labels inside this pod");
            return;
        }

        foreach (var conflict in _uses.Put(unique, KeyOf(pod), UseOf(pod, bound, labels[0])))
            if (_pods.Get(conflict.Pod) is { } one) Events.Event(one, "Normal", conflict.Reason, conflict.Message);
    }

    private VolumeUse UseOf(Pod pod, PersistentVolume volume, string label)
    {
        var policy = pod.Spec.SecurityContext?.SeLinuxChangePolicy ?? MountOption;
        return policy == Recursive || label.Length == 0 || !CanMountWithLabel(volume) ? new("", Recursive) : new(label, policy);
    }

    private bool CanMountWithLabel(PersistentVolume volume) => volume.Spec switch
    {
        { Csi: { } csi } => _drivers.Get(null, csi.Driver)?.Spec.SeLinuxMount == true,
        { Iscsi: not null } or { Fc: not null } => true,
        _ => false,
    };

    private PersistentVolume? VolumeOf(string ns, string claim) =>
        _claims.Get(ns, claim)?.Spec.VolumeName is { Length: > 0 } name && _volumes.Get(null, name) is { } volume
        && volume.Spec.ClaimRef is { } reference && reference.Namespace == ns && reference.Name == claim ? volume : null;

    /// <summary>Two volumes may be the same one behind their driver. Kinds that a label is never set for at mounting are left out.</summary>
    private static string? NameOf(PersistentVolume volume) => volume.Spec switch
    {
        { Csi: { } csi } => $"kubernetes.io/csi/{csi.Driver}^{csi.VolumeHandle}",
        { Iscsi: not null } or { Fc: not null } => volume.Metadata.Name,
        _ => null,
    };

    private IEnumerable<ObjectKey> UsersOf(PersistentVolumeClaim claim) => ClaimsOf.UsersOf(_pods, claim).Select(KeyOf);

    private IEnumerable<ObjectKey> UsersOf(PersistentVolume volume) =>
        volume.Spec.ClaimRef is { } reference && _claims.Get(reference.Namespace, reference.Name ?? "") is { } claim ? UsersOf(claim) : [];
}
