using Sampan.Kubelet.Tests.Fakes;
using Sampan.Kubelet.Volumes;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Pods;

/// <summary>What a pod has mounted it has, whatever becomes of the objects that it came from.</summary>
public sealed class StaleVolumeTests
{
    [Fact]
    public async Task Exit_WhileVolumesCannotBeRefreshed_RestartsTheContainer()
    {
        var volumes = new SlowVolumes { Refusal = new VolumesNotReady(["MountVolume.SetUp failed for volume \"v\" : configmap \"c\" not found"]) { Mounted = new Dictionary<string, MountedVolume>() } };
        volumes.Free.SetResult();
        await using var node = new Node(volumes: volumes);
        var pod = await node.RunAsync(Node.Pod("a"));

        node.Runtime.Exit(node.Runtime.Running("a", "web")!.Status.Id, 1);
        await node.UntilAsync(() => node.Container(pod).RestartCount == 1 && node.Container(pod).State.Running is not null, "it runs again");
        Assert.Contains("Warning FailedMount MountVolume.SetUp failed for volume \"v\" : configmap \"c\" not found", node.Events.All);

        // Nobody else wakes the worker so soon: it is tried again by itself.
        var tries = volumes.Mounts;
        await node.InTimeAsync(() => volumes.Mounts > tries + 1, "it is tried again");
    }

    [Fact]
    public async Task Start_VolumeThatWasNeverThere_Waits()
    {
        await using var node = new Node(volumes: new SlowVolumes { Refusal = new VolumesNotReady(["not there"]) });
        node.Pods.Upsert(Node.Pod("a"));
        await node.InTimeAsync(() => node.Events.All.Count(e => e == "Warning FailedMount not there") > 2, "it is tried again");
        Assert.Null(node.Runtime.Running("a", "web"));
    }
}
