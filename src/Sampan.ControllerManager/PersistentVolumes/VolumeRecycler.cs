using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.PersistentVolumes;

/// <summary>
/// Empties a released volume by a pod that deletes what is in it, so that another claim may have it. The pod is named after the volume, so
/// that no restart makes a second one. Upstream: pkg/volume/util/recyclerclient.
/// </summary>
internal sealed class VolumeRecycler(Informer<Pod> pods, OwnWrites<Pod> writes, RecyclerOptions options)
{
    private const string Prefix = "recycler-for-";
    private const string Script = "test -e /scrub && find /scrub -mindepth 1 -delete && test -z \"$(ls -A /scrub)\" || exit 1";

    /// <summary>The volume that a pod empties; null for any other pod.</summary>
    public static string? VolumeOf(Pod pod) =>
        pod.Metadata.Name.StartsWith(Prefix, StringComparison.Ordinal) ? pod.Metadata.Name[Prefix.Length..] : null;

    public static bool Knows(PersistentVolume volume) => volume.Spec.HostPath is not null || volume.Spec.Nfs is not null;

    /// <summary>Starts the pod, waits for it, or takes it away once it has ended.</summary>
    public async Task<RecycleStep> StepAsync(PersistentVolume volume, CancellationToken cancellationToken)
    {
        var draft = Draft(volume);
        if (pods.Get(draft.Metadata.Namespace, draft.Metadata.Name) is not { } pod)
        {
            await writes.CreateAsync(draft, cancellationToken);
            return new(false);
        }

        var isOurs = pod.Metadata.OwnerReferences.OrEmpty().Any(o => o.Uid == volume.Metadata.Uid);
        if (isOurs && !pod.IsTerminal()) return new(false);
        if (pod.Metadata.DeletionTimestamp is null) await writes.DeleteAsync(pod, null, cancellationToken);
        if (!isOurs) return new(false);
        if (pod.Status.Phase == "Succeeded") return new(true);
        return new(false, string.IsNullOrEmpty(pod.Status.Message) ? "pod failed, pod.Status.Message unknown" : pod.Status.Message);
    }

    private Pod Draft(PersistentVolume volume)
    {
        var kind = volume.Spec.Nfs is null ? options.HostPath : options.Nfs;
        var pod = kind.Template?.DeepClone() ?? Standard();
        pod.Metadata = new ObjectMeta
        {
            Namespace = string.IsNullOrEmpty(pod.Metadata.Namespace) ? "default" : pod.Metadata.Namespace,
            Name = Prefix + volume.Metadata.Name,
            Labels = pod.Metadata.Labels,
            Annotations = pod.Metadata.Annotations,
            OwnerReferences = [new OwnerReference { ApiVersion = "v1", Kind = "PersistentVolume", Name = volume.Metadata.Name, Uid = volume.Metadata.Uid }],
        };
        var gibibytes = (long)Math.Ceiling(volume.Spec.Capacity.OrEmpty().GetValueOrDefault("storage").AsLong() / (double)(1L << 30));
        pod.Spec.ActiveDeadlineSeconds = Math.Max(kind.Seconds, gibibytes * kind.SecondsPerGibibyte);
        pod.Spec.Volumes![0] = new Volume
        {
            Name = pod.Spec.Volumes[0].Name,
            HostPath = volume.Spec.HostPath is { } directory ? new() { Path = directory.Path } : null,
            Nfs = volume.Spec.Nfs is { } share ? new() { Server = share.Server, Path = share.Path } : null,
        };
        return pod;
    }

    private static Pod Standard() => new()
    {
        Spec = new PodSpec
        {
            RestartPolicy = "Never",
            Volumes = [new Volume { Name = "vol" }],
            Containers =
            [
                new Container { Name = "pv-recycler", Image = "busybox", Command = ["/bin/sh"], Args = ["-c", Script], VolumeMounts = [new VolumeMount { Name = "vol", MountPath = "/scrub" }] },
            ],
        },
    };
}
