using Sampan.Api.Core.V1;
using Sampan.Kubelet.Volumes;

namespace Sampan.Kubelet.Tests.Fakes;

/// <summary>Volumes that are given back only when the test says so.</summary>
internal sealed class SlowVolumes : IPodVolumes
{
    private readonly NoVolumes _none = new();

    public TaskCompletionSource Free { get; } = new();

    public bool IsAsked { get; private set; }

    /// <summary>Why they cannot be had; null where they can.</summary>
    public VolumesNotReady? Refusal { get; init; }

    /// <summary>How often a pod wanted its volumes.</summary>
    public int Mounts { get; private set; }

    public Task<IReadOnlyDictionary<string, MountedVolume>> MountAsync(Pod pod, CancellationToken cancellationToken)
    {
        Mounts++;
        return Refusal is null ? _none.MountAsync(pod, cancellationToken) : Task.FromException<IReadOnlyDictionary<string, MountedVolume>>(Refusal);
    }

    public string? PathOf(string podUid, string volume) => null;

    public string MountSubPath(Pod pod, string container, int index, MountedVolume volume, string subPath) => volume.HostPath;

    public string ReadFile(MountedVolume volume, string path) => _none.ReadFile(volume, path);

    public Task TearDownAsync(string podUid, CancellationToken cancellationToken)
    {
        IsAsked = true;
        return Free.Task.WaitAsync(cancellationToken);
    }

    public Task RemoveAsync(string podUid, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task CollectAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
