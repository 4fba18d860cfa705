using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Volumes;

/// <summary>Volumes in name only, for a simulated runtime.</summary>
internal sealed class NoVolumes : IPodVolumes
{
    public Task<IReadOnlyDictionary<string, MountedVolume>> MountAsync(Pod pod, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, MountedVolume>>(
            pod.Spec.Volumes.OrEmpty().ToDictionary(v => v.Name, v => new MountedVolume(v.Name, "/dev/null", v.PersistentVolumeClaim?.ReadOnly == true)));

    public string? PathOf(string podUid, string volume) => null;

    public string MountSubPath(Pod pod, string container, int index, MountedVolume volume, string subPath) => volume.HostPath;

    public string ReadFile(MountedVolume volume, string path) => throw new FileNotFoundException($"open {path} in {volume.HostPath}: No such file or directory");

    public Task TearDownAsync(string podUid, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task RemoveAsync(string podUid, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task CollectAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
