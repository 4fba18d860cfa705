using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Linux;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Volumes.Persistent;

namespace Sampan.Kubelet.Volumes;

/// <summary>An export of an NFS server, named by a pod itself or by a persistent volume.</summary>
internal sealed class NfsPlugin(PodPaths paths, ILinux linux) : IVolumePlugin, IPersistentVolumePlugin
{
    public string Name => "kubernetes.io/nfs";

    public bool Supports(Volume volume) => volume.Nfs is not null;

    public bool Supports(PersistentVolume volume) => volume.Spec.Nfs is not null;

    public string KindOf(PersistentVolume volume) => Name;

    public bool IsReadOnly(Volume volume) => volume.Nfs!.ReadOnly;

    public Task<string> SetUpAsync(Pod pod, Volume volume, CancellationToken cancellationToken) =>
        MountAsync(pod, volume.Name, volume.Nfs!, volume.Nfs!.ReadOnly, [], cancellationToken);

    public Task<string> SetUpAsync(Pod pod, ClaimedVolume claimed, CancellationToken cancellationToken)
    {
        var (spec, name) = (claimed.Volume.Spec, claimed.Volume.Metadata.Name);
        return MountAsync(pod, name, spec.Nfs!, claimed.IsReadOnly || spec.Nfs!.ReadOnly, spec.MountOptions.OrEmpty(), cancellationToken);
    }

    private async Task<string> MountAsync(
        Pod pod, string name, NFSVolumeSource source, bool isReadOnly, IEnumerable<string> options, CancellationToken cancellationToken)
    {
        var path = paths.Volume(pod.Metadata.Uid, Name, name);
        if (linux.IsMountPoint(path))
        {
            return path;
        }

        Directory.CreateDirectory(path);
        var server = source.Server.Contains(':', StringComparison.Ordinal) ? $"[{source.Server.Trim('[', ']')}]" : source.Server;
        string[] all = [.. isReadOnly ? ["ro"] : Array.Empty<string>(), .. options];
        await linux.MountByProgramAsync($"{server}:{source.Path}", path, "nfs", all, cancellationToken);
        if (!isReadOnly)
        {
            // A server that went away must not keep a thread that others wait for.
            await Task.Run(() => Ownership.Apply(linux, path, pod.Spec.SecurityContext, readOnly: false), cancellationToken);
        }

        return path;
    }
}
