using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Client;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Tests.Fakes;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Pods;

/// <summary>What becomes of static pods whose manifests change while they run or end. Upstream: pkg/kubelet/pod_workers_test.go.</summary>
public sealed class StaticPodQueueTests : IAsyncDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly Node _node = new();
    private readonly ApiClient _api = new(new ReviewApi());
    private readonly MirrorPods _mirrors;
    private readonly StaticPodQueue _queue;

    public StaticPodQueueTests()
    {
        _mirrors = new MirrorPods(_api, "node", () => null, _ => { }, _node.Time, NullLogger.Instance);
        _queue = new StaticPodQueue(_node.Pods, _mirrors);
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        await _api.DisposeAsync();
    }

    [Fact]
    public async Task Manifest_Changed_TheNextPodBeginsWhenTheLastHasEnded()
    {
        var (old, next) = (Static("1"), Static("2"));
        _node.Runtime.ObeysStop = _ => false;
        _queue.Add(old);
        await _node.UntilAsync(() => _node.Status(old).Phase == "Running", "it runs");

        _queue.Remove(old);
        _queue.Add(next);
        await _node.UntilAsync(() => _node.Runtime.Calls.Any(c => c.StartsWith("StopContainer", StringComparison.Ordinal)), "it is ending");
        Assert.Equal([old.Metadata.Uid], _node.Pods.Pods.Select(p => p.Metadata.Uid));
        await _node.InTimeAsync(() => _node.Status(next).Phase == "Running", "the next runs");
        Assert.DoesNotContain(_node.Events.All, e => e.Contains("NodePorts", StringComparison.Ordinal));
        Assert.Equal([next.Metadata.Uid], _node.Pods.Pods.Select(p => p.Metadata.Uid));
    }

    [Fact]
    public async Task Manifest_RemovedAndBack_StartsAgainAndCountsIt()
    {
        var pod = Static("1");
        _queue.Add(pod);
        await _node.UntilAsync(() => _node.Container(pod).Ready, "it runs");

        _queue.Remove(pod);
        _queue.Add(Static("1"));
        await _node.UntilAsync(() => _node.Container(pod) is { Ready: true, RestartCount: 1 }, "it runs once more", Second);
        Assert.Single(_node.Pods.Pods);
        Assert.Contains("kubelet_restarted_pods_total{static=\"true\"} 1", _node.Metrics.Render());
    }

    [Fact]
    public async Task Manifest_BackAndRemovedOnceMore_LeavesNothing()
    {
        var pod = Static("1");
        _queue.Add(pod);
        await _node.UntilAsync(() => _node.Container(pod).Ready, "it runs");

        _queue.Remove(pod);
        _queue.Add(Static("1"));
        _queue.Remove(pod);
        await _node.InTimeAsync(() => !_node.Pods.Pods.Any() && _node.Cache.Get(pod.Metadata.Uid).IsEmpty, "nothing is left");
    }

    [Fact]
    public async Task Manifest_ChangedManyTimesWhileTheFirstEnds_OnlyTheLastRuns()
    {
        var first = Static("0");
        _queue.Add(first);
        await _node.UntilAsync(() => _node.Container(first).Ready, "it runs");

        var last = first;
        foreach (var pod in Enumerable.Range(1, 20).Select(i => Static($"{i}")))
        {
            _queue.Remove(last);
            _queue.Add(pod);
            last = pod;
        }

        await _node.InTimeAsync(() => _node.Status(last).Phase == "Running", "the last runs");
        Assert.Equal([last.Metadata.Uid], _node.Pods.Pods.Select(p => p.Metadata.Uid));
    }

    [Fact]
    public async Task Kubelet_StartedAgain_GoesOnWithWhatTheApiSays()
    {
        var pod = Static("1");
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var image = pod.DeepClone();
        image.Metadata.Annotations!["kubernetes.io/config.mirror"] = pod.Metadata.Uid;
        image.Status = new() { Phase = "Running", StartTime = start };
        _mirrors.OnChange(null, image);

        _queue.Add(pod);
        await _node.UntilAsync(() => _node.Status(pod).Phase == "Running", "it runs");
        Assert.Equal(start, _node.Status(pod).StartTime!.Value);
    }

    private static Pod Static(string version) => Node.Pod("web-node", pod =>
    {
        pod.Metadata.Uid = $"hash-{version}";
        pod.Metadata.Annotations = new() { ["kubernetes.io/config.source"] = "file", ["kubernetes.io/config.hash"] = pod.Metadata.Uid };
        pod.Spec.RestartPolicy = "Always";
        pod.Spec.Containers[0].Ports = [new() { ContainerPortValue = 80, HostPort = 8080 }];
    });
}
