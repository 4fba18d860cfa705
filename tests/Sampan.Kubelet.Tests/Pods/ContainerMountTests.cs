using Sampan.Api.Core.V1;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Tests.Fakes;
using Sampan.Kubelet.Volumes;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Pods;

/// <summary>What the runtime is told to mount.</summary>
public sealed class ContainerMountTests
{
    [Fact]
    public async Task Start_ImageVolume_IsPulledAndGivenToTheRuntime()
    {
        await using var node = new Node();
        await node.RunAsync(PodWith(
            new() { Name = "v", Image = new() { Reference = "registry.test/data:1", PullPolicy = "IfNotPresent" } },
            new() { Name = "v", MountPath = "/data", SubPath = "part" }));
        var mount = Assert.Single(node.Runtime.Running("a", "web")!.Config.Mounts);
        Assert.Equal(("/data", "sha256:registry.test/data:1", "part", true, ""), (mount.ContainerPath, mount.Image.Image, mount.ImageSubPath, mount.Readonly, mount.HostPath));
        Assert.Contains(node.Runtime.Calls, c => c == "PullImage registry.test/data:1");
    }

    [Fact]
    public async Task Start_ImageVolumeOfARuntimeThatCannot_IsMountedForIt()
    {
        using var root = new TemporaryDirectory();
        await using var node = new Node(images: runtime => new ImageMounts(runtime, "unix:///run/c.sock", new PodPaths(root.Path, root["logs"]), new FakeLinux(), new FakeCommands()));
        node.Runtime.Version = ("containerd", "1.7.0");
        await node.RunAsync(PodWith(new() { Name = "v", Image = new() { Reference = "registry.test/data:1", PullPolicy = "IfNotPresent" } }, new() { Name = "v", MountPath = "/data" }));
        var mount = Assert.Single(node.Runtime.Running("a", "web")!.Config.Mounts);
        Assert.Equal(("/data", root["pods/uid-a/volumes/kubernetes.io~image/v"], null), (mount.ContainerPath, mount.HostPath, mount.Image));
    }

    [Fact]
    public async Task Start_ImageVolumeThatCannotBeMounted_SaysWhy()
    {
        using var root = new TemporaryDirectory();
        var commands = new FakeCommands { Failure = "ctr cannot be started" };
        await using var node = new Node(images: runtime => new ImageMounts(runtime, "unix:///run/c.sock", new PodPaths(root.Path, root["logs"]), new FakeLinux(), commands));
        node.Runtime.Version = ("containerd", "1.7.0");
        var pod = PodWith(new() { Name = "v", Image = new() { Reference = "registry.test/data:1", PullPolicy = "IfNotPresent" } }, new() { Name = "v", MountPath = "/data" });
        node.Pods.Upsert(pod);
        await node.UntilAsync(() => node.Container(pod).State.Waiting is { Reason: "CreateContainerError", Message: "failed to mount the image of volume \"v\": ctr cannot be started" }, "it says why it waits");
    }

    [Fact]
    public async Task Start_ImageVolumeThatIsNotThere_SaysSo()
    {
        await using var node = new Node();
        node.Runtime.Fault = (method, what) => method == "PullImage" && what == "registry.test/data:1" ? new RpcException(GrpcStatusCode.NotFound, "no such image") : null;
        var pod = PodWith(new() { Name = "v", Image = new() { Reference = "registry.test/data:1" } }, new() { Name = "v", MountPath = "/data" });
        node.Pods.Upsert(pod);
        await node.UntilAsync(() => node.Container(pod).State.Waiting is { Reason: "ErrImagePull", Message: "rpc error: code = NotFound desc = no such image" }, "it says why it waits");
    }

    [Theory]
    [InlineData(null, true, false)]
    [InlineData("Disabled", true, false)]
    [InlineData("IfPossible", true, true)]
    [InlineData("IfPossible", false, false)]
    [InlineData("Enabled", true, true)]
    public async Task Start_RecursiveReadOnly_IsAsMuchAsTheRuntimeCan(string? wanted, bool can, bool expected)
    {
        await using var node = new Node { CanRecursiveReadOnly = can };
        var pod = await node.RunAsync(PodWith(new() { Name = "v", EmptyDir = new() }, new() { Name = "v", MountPath = "/data", ReadOnly = true, RecursiveReadOnly = wanted }));
        Assert.Equal(expected, Assert.Single(node.Runtime.Running("a", "web")!.Config.Mounts).RecursiveReadOnly);
        Assert.Equal(expected ? "Enabled" : "Disabled", Assert.Single(node.Container(pod).VolumeMounts!).RecursiveReadOnly);
    }

    [Theory]
    [InlineData(true, null, false, "it is not supported by the runtime")]
    [InlineData(false, null, true, "it is not read-only")]
    [InlineData(true, "HostToContainer", true, "it is not compatible with propagation \"HostToContainer\"")]
    public async Task Start_RecursiveReadOnlyThatCannotBe_SaysWhy(bool isReadOnly, string? propagation, bool can, string why)
    {
        await using var node = new Node { CanRecursiveReadOnly = can };
        var pod = PodWith(new() { Name = "v", EmptyDir = new() }, new() { Name = "v", MountPath = "/data", ReadOnly = isReadOnly, RecursiveReadOnly = "Enabled", MountPropagation = propagation });
        node.Pods.Upsert(pod);
        await node.UntilAsync(() => node.Container(pod).State.Waiting?.Reason == "CreateContainerConfigError", "it says why it waits");
        Assert.Equal($"failed to resolve recursive read-only mode: volume \"v\" requested recursive read-only mode, but {why}", node.Container(pod).State.Waiting!.Message);
    }

    [Theory]
    [InlineData(null, "PropagationPrivate")]
    [InlineData("HostToContainer", "PropagationHostToContainer")]
    [InlineData("Bidirectional", "PropagationBidirectional")]
    public async Task Start_Propagation_IsTheRuntimes(string? wanted, string expected)
    {
        await using var node = new Node();
        await node.RunAsync(PodWith(new() { Name = "v", EmptyDir = new() }, new() { Name = "v", MountPath = "/data", MountPropagation = wanted }));
        Assert.Equal(expected, Assert.Single(node.Runtime.Running("a", "web")!.Config.Mounts).Propagation.ToString());
    }

    [Theory]
    [InlineData(false, "mrw")]
    [InlineData(true, "r")]
    public async Task Start_BlockVolume_IsADeviceThatMayBeWrittenUnlessItsClaimIsReadOnly(bool isReadOnly, string expected)
    {
        await using var node = new Node();
        await node.RunAsync(Node.Pod("a", p =>
        {
            p.Spec.Volumes = [new() { Name = "v", PersistentVolumeClaim = new() { ClaimName = "c", ReadOnly = isReadOnly } }];
            p.Spec.Containers[0].VolumeDevices = [new() { Name = "v", DevicePath = "/dev/xvda" }];
        }));
        var device = Assert.Single(node.Runtime.Running("a", "web")!.Config.Devices);
        Assert.Equal(("/dev/xvda", "/dev/null", expected), (device.ContainerPath, device.HostPath, device.Permissions));
    }

    private static Pod PodWith(Volume volume, VolumeMount mount) => Node.Pod("a", p =>
    {
        p.Spec.Volumes = [volume];
        p.Spec.Containers[0].VolumeMounts = [mount];
    });
}
