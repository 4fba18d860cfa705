using Sampan.Api.Core.V1;
using Sampan.Kubelet.Volumes.Persistent;

namespace Sampan.Kubelet.Volumes.Csi;

/// <summary>CSI volumes, inline in a pod or by claims.</summary>
internal sealed class CsiPlugin(CsiVolumes volumes, CsiExpander expander) : IVolumePlugin, IPersistentVolumePlugin
{
    public string Name => CsiPaths.Plugin;

    public bool SupportsBlock => true;

    public bool Supports(Volume volume) => volume.Csi is not null;

    public bool Supports(PersistentVolume volume) => volume.Spec.Csi is not null;

    public bool IsReadOnly(Volume volume) => volume.Csi!.ReadOnly == true;

    public string KindOf(string podUid, Volume volume) => KindOf(volume.Csi!.Driver);

    public string KindOf(PersistentVolume volume) => KindOf(volume.Spec.Csi!.Driver);

    public Task<string> SetUpAsync(Pod pod, Volume volume, CancellationToken cancellationToken) =>
        volumes.SetUpAsync(pod, CsiVolume.Of(pod, volume), cancellationToken);

    public async Task<string> SetUpAsync(Pod pod, ClaimedVolume claimed, CancellationToken cancellationToken)
    {
        var volume = CsiVolume.Of(claimed.Volume, claimed.IsReadOnly);
        var path = await volumes.SetUpAsync(pod, volume, cancellationToken);
        await expander.ExpandAsync(pod, claimed, volume, path, cancellationToken);
        return path;
    }

    public Task TearDownAsync(string podUid, CancellationToken cancellationToken) => volumes.TearDownAsync(podUid, cancellationToken);

    public void Forget(string podUid) => expander.Forget(podUid);

    public Task CollectAsync(CancellationToken cancellationToken) => volumes.UnstageUnusedAsync(cancellationToken);

    private static string KindOf(string driver) => $"{CsiPaths.Plugin}:{driver}";
}
