using Sampan.Api.Core.V1;
using Sampan.Kubelet.Volumes;

namespace Sampan.Kubelet.Tests.Fakes;

/// <summary>Volumes that are given back only when the test says so.</summary>
internal sealed class SlowVolumes : IPodVolumes
{
    private readonly NoVolumes _none = new();

    public TaskCompletionSource Free { get; } = new();

    public bool IsAsked { get; private set; }

    public Task<IReadOnlyDictionary<string, MountedVolume>> MountAsync(Pod pod, CancellationToken cancellationToken) => _none.MountAsync(pod, cancellationToken);

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
