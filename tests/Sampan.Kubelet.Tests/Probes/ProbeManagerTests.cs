using System.Collections.Concurrent;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Probes;
using Sampan.Kubelet.Tests.Fakes;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Probes;

public sealed class ProbeManagerTests
{
    /// <summary>Upstream: the wait for a random part of the period in run of pkg/kubelet/prober.</summary>
    [Fact]
    public async Task Sync_ContainerThatRanBefore_IsAskedWithinItsPeriod()
    {
        await using var node = new Node();
        var asked = new ConcurrentQueue<string>();
        node.Runtime.Exec = (_, command) =>
        {
            asked.Enqueue(command[0]);
            return new();
        };
        var before = await node.RunAsync(Node.Pod("before"));
        node.Time.Advance(TimeSpan.FromMinutes(1));
        using var http = new HttpProber(node.Time);
        var probes = new ProbeManager(new Prober(node.Runtime, http, node.Time), node.Events, node.Services.Node, new ProbeMetrics(new()), node.Time, new Half());
        var after = await node.RunAsync(Node.Pod("after"));

        Sync(before);
        Sync(after);
        await node.UntilAsync(() => asked.Contains("after"), "the new one is asked at once");
        Assert.DoesNotContain("before", asked);

        await node.UntilAsync(() => asked.Contains("before"), "the other one is asked too", TimeSpan.FromSeconds(1));
        probes.Remove(before.Metadata.Uid);
        probes.Remove(after.Metadata.Uid);

        void Sync(Pod pod)
        {
            var probed = pod.DeepClone();
            probed.Spec.Containers[0].LivenessProbe = new() { Exec = new() { Command = [pod.Metadata.Name] }, PeriodSeconds = 1000 };
            probes.Sync(probed, node.Cache.Get(pod.Metadata.Uid), new PodStatus());
        }
    }

    private sealed class Half : Random
    {
        public override double NextDouble() => 0.5;
    }
}
