using Sampan.Api.Core.V1;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Tests.Fakes;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Pods;

/// <summary>When a deleted pod's end is told: others take its volumes then.</summary>
public sealed class PodReleaseTests
{
    [Fact]
    public async Task Delete_VolumesTakeTheirTime_TheEndIsToldWhenTheyAreFree()
    {
        var volumes = new SlowVolumes();
        await using var node = new Node(volumes: volumes);
        var pod = await EndAsync(node);
        Assert.Equal("Running", node.Status(pod).Phase);

        volumes.Free.SetResult();
        await node.UntilAsync(() => node.Statuses.History.Any(s => s.Phase is "Succeeded" or "Failed"), "the end is told");
    }

    [Fact]
    public async Task Delete_VolumesHang_TheEndIsToldAfterTenSeconds()
    {
        await using var node = new Node(volumes: new SlowVolumes());
        var pod = await EndAsync(node);
        node.Time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal("Running", node.Status(pod).Phase);

        await node.InTimeAsync(() => node.Status(pod).Phase is "Succeeded" or "Failed", "the end is told");
    }

    [Fact]
    public async Task Evict_PodThatRestartsNothing_ItsEndAndTheReasonAreToldTogether()
    {
        await using var node = new Node();
        var pod = await node.RunAsync(Node.Pod("a", p => p.Spec.RestartPolicy = "Never"));
        node.Pods.Evict(pod, new PodTermination("Evicted", "no room", TimeSpan.FromSeconds(1)) { IsDisruption = true });
        await node.UntilAsync(() => node.Status(pod).Phase == "Failed", "it is told");
        Assert.All(node.Statuses.History.Where(s => s.Phase is "Succeeded" or "Failed"), s => Assert.Equal(("Evicted", "no room"), (s.Reason, s.Message)));
    }

    private static async Task<Pod> EndAsync(Node node)
    {
        var pod = await node.RunAsync(Node.Pod("a"));
        node.Pods.Upsert(Node.Deleted(pod));
        await node.UntilAsync(() => node.Container(pod).State.Terminated is not null && ((SlowVolumes)node.Services.Volumes).IsAsked, "nothing runs");
        return pod;
    }
}
