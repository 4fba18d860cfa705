using Sampan.Client.Grpc;
using Sampan.Kubelet.Volumes;
using Sampan.Kubelet.Volumes.Csi;

namespace Sampan.Kubelet.Tests.Volumes.Csi;

/// <summary>What is undone after a driver's failure, as upstream's tests with a mock driver expect it (test/e2e/storage/csimock).</summary>
public sealed class CsiFailureTests
{
    [Theory]
    [InlineData("Stage", GrpcStatusCode.InvalidArgument, "Stage")]
    [InlineData("Stage", GrpcStatusCode.DeadlineExceeded, "Stage Unstage")]
    [InlineData("Stage", GrpcStatusCode.Aborted, "Stage Unstage")]
    [InlineData("Publish", GrpcStatusCode.InvalidArgument, "Stage Publish Unstage")]
    [InlineData("Publish", GrpcStatusCode.DeadlineExceeded, "Stage Publish Unpublish Unstage")]
    public async Task TearDown_AfterAFailure_UndoesWhatMayHaveBegun(string call, GrpcStatusCode code, string calls)
    {
        await using var node = await CsiNode.StartAsync();
        node.Driver.Failing = Fails(call, code);
        await Assert.ThrowsAsync<VolumesNotReady>(() => node.MountAsync(node.PodWithClaim("a")));
        await RemoveAsync(node, "uid-a");
        Assert.Equal("GetInfo " + calls, string.Join(' ', node.Driver.Calls));
        Assert.Empty(node.Linux.Mounts);
        Assert.False(Directory.Exists(node.Paths.Staged(CsiNode.DriverName, "disk-1")));
    }

    [Theory]
    [InlineData(GrpcStatusCode.InvalidArgument, "Stage")]
    [InlineData(GrpcStatusCode.Unavailable, "Stage Unstage")]
    public async Task TearDown_DeviceThatCouldNotBeStaged_LeavesNothing(GrpcStatusCode code, string calls)
    {
        await using var node = await CsiNode.StartAsync();
        node.Driver.Failing = Fails("Stage", code);
        await Assert.ThrowsAsync<VolumesNotReady>(() => node.MountAsync(node.PodWithClaim("a", v => v.Spec.VolumeMode = "Block")));
        await RemoveAsync(node, "uid-a");
        Assert.Equal("GetInfo " + calls, string.Join(' ', node.Driver.Calls));
        Assert.False(Directory.Exists(node.Paths.StagedDevice("pv")));
        Assert.False(Directory.Exists(node.Paths.DeviceData("pv")));
    }

    [Theory]
    [InlineData(GrpcStatusCode.InvalidArgument)]
    [InlineData(GrpcStatusCode.DeadlineExceeded)]
    public async Task TearDown_DriverThatDoesNotUnstage_LetsThePodGoAndStagesForTheNext(GrpcStatusCode code)
    {
        await using var node = await CsiNode.StartAsync();
        await node.MountAsync(node.PodWithClaim("a"));
        node.Driver.Failing = Fails("Unstage", code);
        await RemoveAsync(node, "uid-a");
        var failure = await Assert.ThrowsAsync<VolumeFailure>(() => node.Volumes.CollectAsync(default));
        Assert.Contains("UnmountDevice failed for volume \"pv\" : rpc error", failure.Message, StringComparison.Ordinal);

        await node.MountAsync(node.PodWithClaim("b"));
        Assert.Equal(2, node.Driver.Requests.OfType<NodeStageVolumeRequest>().Count());
        node.Driver.Failing = _ => null;
        await RemoveAsync(node, "uid-b");
        Assert.Equal("Unstage", node.Driver.Calls.Last());
        Assert.Empty(node.Linux.Mounts);
    }

    [Fact]
    public async Task Collect_VolumeThatAPodStillWaitsFor_StaysStaged()
    {
        await using var node = await CsiNode.StartAsync();
        node.Driver.Failing = Fails("Stage", GrpcStatusCode.DeadlineExceeded);
        await Assert.ThrowsAsync<VolumesNotReady>(() => node.MountAsync(node.PodWithClaim("a")));
        await node.Volumes.CollectAsync(default);
        Assert.DoesNotContain("Unstage", node.Driver.Calls);
    }

    [Fact]
    public async Task Mount_RefusedForASecondPodAfterARestart_LeavesTheFirstPodsVolume()
    {
        await using var node = await CsiNode.StartAsync();
        await node.MountAsync(node.PodWithClaim("a"));
        node.Restart();
        node.Driver.Failing = Fails("Stage", GrpcStatusCode.Internal);
        await Assert.ThrowsAsync<VolumesNotReady>(() => node.MountAsync(node.PodWithClaim("b")));
        await RemoveAsync(node, "uid-b");
        Assert.DoesNotContain("Unstage", node.Driver.Calls);
        await RemoveAsync(node, "uid-a");
        Assert.Equal(["Unpublish", "Unstage"], node.Driver.Calls.TakeLast(2));
    }

    /// <summary>Upstream: Test_UncertainDeviceGlobalMounts and Test_UncertainVolumeMountState, a time-out that is followed by a failure.</summary>
    [Theory]
    [InlineData("Stage", "Stage Stage")]
    [InlineData("Publish", "Stage Publish Publish Unstage")]
    public async Task TearDown_FailureAfterATimeOut_IsTheLastWord(string call, string calls)
    {
        await using var node = await CsiNode.StartAsync();
        foreach (var code in new[] { GrpcStatusCode.DeadlineExceeded, GrpcStatusCode.InvalidArgument })
        {
            node.Driver.Failing = Fails(call, code);
            await Assert.ThrowsAsync<VolumesNotReady>(() => node.MountAsync(node.PodWithClaim("a")));
        }

        await RemoveAsync(node, "uid-a");
        Assert.Equal("GetInfo " + calls, string.Join(' ', node.Driver.Calls));
    }

    /// <summary>Upstream: the same, a success that is followed by a time-out or a failure.</summary>
    [Theory]
    [InlineData(GrpcStatusCode.InvalidArgument)]
    [InlineData(GrpcStatusCode.DeadlineExceeded)]
    public async Task Mount_RepublishingFails_LeavesThePodItsVolume(GrpcStatusCode code)
    {
        await using var node = await CsiNode.StartAsync(d => d.RequiresRepublish = true);
        var pod = node.PodWithClaim("a");
        var path = await node.MountAsync(pod);
        node.Driver.Failing = Fails("Publish", code);

        var failure = await Assert.ThrowsAsync<VolumesNotReady>(() => node.MountAsync(pod));
        Assert.Equal(path, failure.Mounted!["v"].HostPath);
        await RemoveAsync(node, "uid-a");
        Assert.Equal(["Unpublish", "Unstage"], node.Driver.Calls.TakeLast(2));
    }

    private static Func<object, RpcException?> Fails(string call, GrpcStatusCode code) =>
        request => request.GetType().Name == $"Node{call}VolumeRequest" ? new RpcException(code, "fake error") : null;

    private static async Task RemoveAsync(CsiNode node, string uid)
    {
        Directory.CreateDirectory(node.Pods.Pod(uid)); // As the worker makes it before it asks for volumes.
        await node.Volumes.RemoveAsync(uid, default);
    }
}
