using System.Collections.Concurrent;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Status;

namespace Sampan.Kubelet.Tests.Fakes;

internal sealed class FakeStatuses : IPodStatusSink
{
    private readonly ConcurrentDictionary<string, PodStatus> _statuses = new();

    public ConcurrentQueue<string> Deleted { get; } = new();

    public ConcurrentQueue<PodStatus> History { get; } = new();

    public PodStatus? Find(string podUid) => _statuses.GetValueOrDefault(podUid);

    public void Set(Pod pod, PodStatus status)
    {
        _statuses[pod.Metadata.Uid] = status;
        History.Enqueue(status);
    }

    public Task DeleteAsync(Pod pod, CancellationToken cancellationToken)
    {
        Deleted.Enqueue(pod.Metadata.Name);
        return Task.CompletedTask;
    }

    public void Forget(string podUid)
    {
    }
}
