using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Stats;
using Sampan.Kubelet.Tests.Fakes;
using Sampan.Kubelet.Volumes;
using Sampan.Kubelet.Volumes.Csi;
using AccessMode = Sampan.Kubelet.Volumes.Csi.VolumeCapability.Types.AccessMode.Types.Mode;
using Capability = Sampan.Kubelet.Volumes.Csi.NodeServiceCapability.Types.RPC.Types.Type;

namespace Sampan.Kubelet.Tests.Volumes.Csi;

public sealed class CsiVolumesTests
{
    [Fact]
    public async Task Mount_Claim_StagesAndPublishesWhereDriversExpectIt()
    {
        await using var node = await CsiNode.StartAsync();
        var path = await node.MountAsync(node.PodWithClaim("a"));
        Assert.Equal(node.Directory["kubelet/pods/uid-a/volumes/kubernetes.io~csi/pv/mount"], path);
        Assert.Equal(["GetInfo", "Stage", "Publish"], node.Driver.Calls);
        var staged = node.Driver.Last<NodeStageVolumeRequest>();
        Assert.Equal(node.Directory[$"kubelet/plugins/kubernetes.io/csi/{CsiNode.DriverName}/{CsiVolume.Hash("disk-1")}/globalmount"], staged.StagingTargetPath);
        var published = node.Driver.Last<NodePublishVolumeRequest>();
        Assert.Equal(("disk-1", staged.StagingTargetPath, path, false), (published.VolumeId, published.StagingTargetPath, published.TargetPath, published.Readonly));
        Assert.Equal("fast", published.VolumeContext["kind"]);
        Assert.Equal(("ext4", AccessMode.SingleNodeWriter), (published.VolumeCapability.Mount.FsType, published.VolumeCapability.AccessMode.Mode));
        var data = JsonNode.Parse(File.ReadAllText(Path.Combine(Path.GetDirectoryName(path)!, "vol_data.json")))!;
        Assert.Equal(
            $$"""{"driverName":"{{CsiNode.DriverName}}","volumeHandle":"disk-1","specVolID":"pv","nodeName":"node","attachmentID":"csi-{{CsiVolume.Hash($"disk-1{CsiNode.DriverName}node")}}","volumeLifecycleMode":"Persistent"}""",
            data.ToJsonString());
    }

    [Fact]
    public async Task Mount_TwiceAndByTwoPods_StagesOnceAndPublishesPerPod()
    {
        await using var node = await CsiNode.StartAsync();
        var (a, b) = (node.PodWithClaim("a"), node.PodWithClaim("b"));
        await node.MountAsync(a);
        await node.MountAsync(a);
        await node.MountAsync(b);
        Assert.Equal(["GetInfo", "Stage", "Publish", "Publish"], node.Driver.Calls);
        await node.Volumes.RemoveAsync("uid-a", default);
        Assert.DoesNotContain("Unstage", node.Driver.Calls);
        await node.Volumes.RemoveAsync("uid-b", default);
        Assert.Equal(["GetInfo", "Stage", "Publish", "Publish", "Unpublish", "Unpublish", "Unstage"], node.Driver.Calls);
        Assert.Empty(node.Linux.Mounts);
        Assert.Empty(Directory.EnumerateFiles(node.Directory["kubelet"], "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Mount_InlineVolume_IsPublishedAloneWithItsOwnHandle()
    {
        await using var node = await CsiNode.StartAsync(d => d.PodInfoOnMount = true);
        await node.MountAsync(node.PodWithInline("a"));
        Assert.Equal(["GetInfo", "Publish"], node.Driver.Calls);
        var published = node.Driver.Last<NodePublishVolumeRequest>();
        Assert.Equal("csi-" + CsiVolume.Hash("uid-av"), published.VolumeId);
        Assert.Equal("", published.StagingTargetPath);
        Assert.Equal("scratch", published.VolumeContext["kind"]);
        Assert.Equal(
            ("a", "default", "uid-a", "true"),
            (published.VolumeContext["csi.storage.k8s.io/pod.name"], published.VolumeContext["csi.storage.k8s.io/pod.namespace"], published.VolumeContext["csi.storage.k8s.io/pod.uid"], published.VolumeContext["csi.storage.k8s.io/ephemeral"]));
        await node.Volumes.RemoveAsync("uid-a", default);
        Assert.Equal("Unpublish", node.Driver.Calls.Last());
    }

    [Fact]
    public async Task Mount_DriverOfPersistentVolumesAlone_RefusesInlineOnes()
    {
        await using var node = await CsiNode.StartAsync(d => d.VolumeLifecycleModes = ["Persistent"]);
        var failure = await Assert.ThrowsAsync<VolumesNotReady>(() => node.MountAsync(node.PodWithInline("a")));
        Assert.Equal($"MountVolume.SetUp failed for volume \"v\" : volume mode \"Ephemeral\" not supported by driver {CsiNode.DriverName} (only supports [\"Persistent\"])", failure.Message);
    }

    [Fact]
    public async Task Mount_DriverThatIsNotRegistered_SaysSo()
    {
        await using var node = await CsiNode.StartAsync();
        await node.Drivers.DeregisterAsync(node.Plugin, default);
        var failure = await Assert.ThrowsAsync<VolumesNotReady>(() => node.MountAsync(node.PodWithClaim("a")));
        Assert.Equal($"MountVolume.SetUp failed for volume \"pv\" : driver name {CsiNode.DriverName} not found in the list of registered CSI drivers", failure.Message);

        // What was never begun keeps no pod from ending.
        Directory.CreateDirectory(node.Pods.Pod("uid-a"));
        await node.Volumes.RemoveAsync("uid-a", default);
    }

    [Fact]
    public async Task Mount_DriverFails_TellsWhichStepAndTriesItAgain()
    {
        await using var node = await CsiNode.StartAsync();
        node.Driver.Failing = r => r is NodeStageVolumeRequest ? new RpcException(GrpcStatusCode.Internal, "no disk") : null;
        var failure = await Assert.ThrowsAsync<VolumesNotReady>(() => node.MountAsync(node.PodWithClaim("a")));
        Assert.Equal("MountVolume.MountDevice failed for volume \"pv\" : rpc error: code = Internal desc = no disk", failure.Message);
        node.Driver.Failing = _ => null;
        await node.MountAsync(node.PodWithClaim("a"));
        Assert.Equal(["GetInfo", "Stage", "Stage", "Publish"], node.Driver.Calls);
    }

    [Fact]
    public async Task Mount_Secrets_GoToTheStepTheyAreFor()
    {
        await using var node = await CsiNode.StartAsync();
        node.Objects.Secrets["stage"] = new() { Data = new() { ["k"] = "staging"u8.ToArray() } };
        node.Objects.Secrets["publish"] = new() { Data = new() { ["k"] = "publishing"u8.ToArray() } };
        await node.MountAsync(node.PodWithClaim("a", v =>
        {
            v.Spec.Csi!.NodeStageSecretRef = new() { Namespace = "default", Name = "stage" };
            v.Spec.Csi.NodePublishSecretRef = new() { Namespace = "default", Name = "publish" };
        }));
        Assert.Equal("staging", node.Driver.Last<NodeStageVolumeRequest>().Secrets["k"]);
        Assert.Equal("publishing", node.Driver.Last<NodePublishVolumeRequest>().Secrets["k"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Mount_TokenRequests_GiveTokensOfThePod(bool inSecrets)
    {
        await using var node = await CsiNode.StartAsync(d =>
        {
            d.TokenRequests = [new() { Audience = "vault", ExpirationSeconds = 600 }];
            d.ServiceAccountTokenInSecrets = inSecrets;
        });
        await node.MountAsync(node.PodWithInline("a"));
        var published = node.Driver.Last<NodePublishVolumeRequest>();
        var tokens = JsonNode.Parse((inSecrets ? published.Secrets : published.VolumeContext)["csi.storage.k8s.io/serviceAccount.tokens"])!;
        Assert.Equal("token-1", (string?)tokens["vault"]!["token"]);
        Assert.Equal("2026-01-01T00:10:00Z", (string?)tokens["vault"]!["expirationTimestamp"]);
        Assert.Equal("uid-a", node.Objects.TokenRequests[0].Spec.BoundObjectRef!.Uid);
        Assert.False((inSecrets ? published.VolumeContext : published.Secrets).ContainsKey("csi.storage.k8s.io/serviceAccount.tokens"));
    }

    [Fact]
    public async Task Mount_DriverThatWantsRepublishing_IsAskedEachTime()
    {
        await using var node = await CsiNode.StartAsync(d => d.RequiresRepublish = true);
        var pod = node.PodWithInline("a");
        await node.MountAsync(pod);
        await node.MountAsync(pod);
        Assert.Equal(["GetInfo", "Publish", "Publish"], node.Driver.Calls);
    }

    [Theory]
    [InlineData(null, "ext4", "ReadWriteOnce", true)]
    [InlineData(null, "", "ReadWriteOnce", false)]
    [InlineData(null, "ext4", "ReadWriteMany", false)]
    [InlineData("File", "", "ReadWriteMany", true)]
    [InlineData("None", "ext4", "ReadWriteOnce", false)]
    public async Task Mount_FsGroup_IsAppliedAsTheDriversPolicySays(string? policy, string fsType, string mode, bool isApplied)
    {
        await using var node = await CsiNode.StartAsync(d => d.FsGroupPolicy = policy);
        var pod = node.PodWithClaim("a", v => (v.Spec.Csi!.FsType, v.Spec.AccessModes) = (fsType, [mode]));
        pod.Spec.SecurityContext = new() { FsGroup = 1234 };
        await node.MountAsync(pod);
        Assert.Equal(isApplied, node.Linux.Owners.Contains("mount :1234"));
    }

    [Fact]
    public async Task Mount_DriverThatTakesTheGroupItself_GetsIt()
    {
        await using var node = await CsiNode.StartAsync();
        node.Driver.Capabilities.Add(Capability.VolumeMountGroup);
        var pod = node.PodWithClaim("a");
        pod.Spec.SecurityContext = new() { FsGroup = 1234 };
        await node.MountAsync(pod);
        Assert.Equal("1234", node.Driver.Last<NodePublishVolumeRequest>().VolumeCapability.Mount.VolumeMountGroup);
        Assert.Empty(node.Linux.Owners);
    }

    [Theory]
    [InlineData("ReadWriteOnce", false, nameof(AccessMode.SingleNodeWriter))]
    [InlineData("ReadWriteOnce", true, nameof(AccessMode.SingleNodeMultiWriter))]
    [InlineData("ReadWriteOncePod", true, nameof(AccessMode.SingleNodeSingleWriter))]
    [InlineData("ReadOnlyMany", false, nameof(AccessMode.MultiNodeReaderOnly))]
    [InlineData("ReadWriteMany", true, nameof(AccessMode.MultiNodeMultiWriter))]
    public async Task Mount_AccessMode_IsTheDrivers(string mode, bool distinguishes, string expected)
    {
        await using var node = await CsiNode.StartAsync();
        if (distinguishes) node.Driver.Capabilities.Add(Capability.SingleNodeMultiWriter);
        await node.MountAsync(node.PodWithClaim("a", v => v.Spec.AccessModes = [mode]));
        Assert.Equal(expected, node.Driver.Last<NodePublishVolumeRequest>().VolumeCapability.AccessMode.Mode.ToString());
    }

    [Fact]
    public async Task Mount_BlockVolume_IsADeviceOfThePod()
    {
        await using var node = await CsiNode.StartAsync();
        var pod = node.PodWithClaim("a", v => v.Spec.VolumeMode = "Block");
        var device = await node.MountAsync(pod);
        Assert.Equal(node.Directory["kubelet/plugins/kubernetes.io/csi/volumeDevices/publish/pv/uid-a"], device);
        Assert.Equal(node.Directory["kubelet/plugins/kubernetes.io/csi/volumeDevices/staging/pv"], node.Driver.Last<NodeStageVolumeRequest>().StagingTargetPath);
        Assert.Equal(device, new FileInfo(node.Directory["kubelet/pods/uid-a/volumeDevices/kubernetes.io~csi/pv"]).LinkTarget);
        Assert.NotNull(node.Driver.Last<NodePublishVolumeRequest>().VolumeCapability.Block);
        await node.Volumes.RemoveAsync("uid-a", default);
        Assert.Equal(["GetInfo", "Stage", "Publish", "Unpublish", "Unstage"], node.Driver.Calls);
        Assert.Empty(Directory.EnumerateFiles(node.Directory["kubelet"], "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Stats_OfTheDriver_AreTheVolumes()
    {
        await using var node = await CsiNode.StartAsync();
        node.Driver.Stats.Usage.Add(new VolumeUsage { Unit = VolumeUsage.Types.Unit.Bytes, Total = 100, Available = 60, Used = 40 });
        node.Driver.Stats.Usage.Add(new VolumeUsage { Unit = VolumeUsage.Types.Unit.Inodes, Total = 10, Available = 7, Used = 3 });
        var pod = node.PodWithClaim("a");
        await node.MountAsync(pod);
        var metrics = new Client.Metrics.MetricRegistry();
        var reader = new VolumeUsageReader(node.Volumes, node.Linux, new CsiStats(node.Drivers, node.Paths, node.Time), metrics, TimeSpan.FromMinutes(1), node.Time);
        var volume = Assert.Single(await reader.OfAsync(pod, default));
        Assert.Equal(("v", "data", false), (volume.Name, volume.Claim, volume.IsEphemeral));
        Assert.Equal((100, 60, 40, 3), (volume.Usage.Of.Capacity, volume.Usage.Of.Available, volume.Usage.Used, volume.Usage.InodesUsed));
        Assert.EndsWith("/globalmount", node.Driver.Last<NodeGetVolumeStatsRequest>().StagingTargetPath);
        Assert.Contains("kubelet_volume_metric_collection_duration_seconds_count{metric_source=\"test.csi.sampan.io\"} 1\n", metrics.Render(), StringComparison.Ordinal);

        node.Driver.Failing = _ => new RpcException(GrpcStatusCode.Internal, "not now");
        node.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Empty(await reader.OfAsync(pod, default));

        // Upstream: "failed to get usage from response. usage is nil".
        node.Driver.Failing = _ => null;
        node.Driver.Stats.Usage.Clear();
        node.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Empty(await reader.OfAsync(pod, default));
    }

    [Fact]
    public async Task Stats_OfABlockVolume_AreTheDrivers()
    {
        await using var node = await CsiNode.StartAsync();
        node.Driver.Stats.Usage.Add(new VolumeUsage { Unit = VolumeUsage.Types.Unit.Bytes, Total = 100 });
        var pod = node.PodWithClaim("a", v => v.Spec.VolumeMode = "Block");
        var device = await node.MountAsync(pod);
        var reader = new VolumeUsageReader(node.Volumes, node.Linux, new CsiStats(node.Drivers, node.Paths, node.Time), new(), TimeSpan.FromMinutes(1), node.Time);
        var volume = Assert.Single(await reader.OfAsync(pod, default));
        Assert.Equal(("data", 100, 0, 0), (volume.Claim, volume.Usage.Of.Capacity, volume.Usage.Of.Available, volume.Usage.Used));
        var asked = node.Driver.Last<NodeGetVolumeStatsRequest>();
        Assert.Equal((device, node.Paths.StagedDevice("pv")), (asked.VolumePath, asked.StagingTargetPath));
    }

    [Fact]
    public async Task Mount_VolumeThatGrew_ExpandsItAndTellsTheClaim()
    {
        await using var node = await CsiNode.StartAsync();
        var pod = node.PodWithClaim("a", v => v.Spec.Capacity!["storage"] = new Quantity(2L << 30));
        node.Objects.Claims["data"].Status.Conditions = [new() { Type = "FileSystemResizePending", Status = "True" }];
        var path = await node.MountAsync(pod);
        var expanded = node.Driver.Last<NodeExpandVolumeRequest>();
        Assert.Equal(("disk-1", path, 2L << 30), (expanded.VolumeId, expanded.VolumePath, expanded.CapacityRange.RequiredBytes));
        Assert.EndsWith("/globalmount", expanded.StagingTargetPath);
        Assert.Equal(["NodeResizeInProgress", null], node.Api.ClaimPatches.Select(p => (string?)p["status"]!["allocatedResourceStatuses"]!["storage"]));
        Assert.Equal("FileSystemResizePending", (string?)node.Api.ClaimPatches[0]["status"]!["conditions"]![0]!["type"]);
        Assert.Equal("""{"status":{"allocatedResourceStatuses":{"storage":null},"conditions":[],"capacity":{"storage":"2147483648"}}}""", node.Api.ClaimPatches[1].ToJsonString());
        const string success = "Normal FileSystemResizeSuccessful MountVolume.NodeExpandVolume succeeded for volume \"pv\" node";
        Assert.Equal([success, $"data: {success}"], node.Events.All);

        await node.MountAsync(pod);
        Assert.Single(node.Driver.Requests.OfType<NodeExpandVolumeRequest>());
    }

    /// <summary>Upstream: pvcAlreadyUpdated of NodeExpander.</summary>
    [Fact]
    public async Task Mount_VolumeThatAnotherNodeHasToldTheClaimOf_IsExpandedHereToo()
    {
        await using var node = await CsiNode.StartAsync();
        var pod = node.PodWithClaim("a");
        await node.MountAsync(pod);

        node.Objects.Volumes["pv"].Spec.Capacity = node.Objects.Claims["data"].Status.Capacity = new() { ["storage"] = new Quantity(2L << 30) };
        await node.MountAsync(pod);

        Assert.Single(node.Driver.Requests.OfType<NodeExpandVolumeRequest>());
        Assert.Empty(node.Api.ClaimPatches);
    }

    /// <summary>Upstream: MarkForInUseExpansionError, which ends when the node has no pod with the volume.</summary>
    [Fact]
    public async Task Mount_VolumeThatCannotGrowWhileItIsUsed_IsLeftAloneUntilNobodyHasIt()
    {
        await using var node = await CsiNode.StartAsync();
        node.Driver.Failing = request => request is NodeExpandVolumeRequest ? new RpcException(GrpcStatusCode.FailedPrecondition, "in use") : null;
        var pod = node.PodWithClaim("a", v => v.Spec.Capacity!["storage"] = new Quantity(2L << 30));
        for (var i = 0; i < 3; i++)
        {
            Assert.NotNull(await node.MountAsync(pod));
            node.Time.Advance(TimeSpan.FromHours(1));
        }

        Assert.Single(node.Driver.Requests.OfType<NodeExpandVolumeRequest>());
        Assert.Equal("NodeResizeInProgress", (string?)node.Api.ClaimPatches.Last()["status"]!["allocatedResourceStatuses"]!["storage"]);
        await node.Volumes.TearDownAsync(pod.Metadata.Uid, default);
        node.Driver.Failing = _ => null;

        await node.MountAsync(node.PodWithClaim("b", v => v.Spec.Capacity!["storage"] = new Quantity(2L << 30)));
        Assert.Contains(node.Events.All, e => e.StartsWith("Normal FileSystemResizeSuccessful", StringComparison.Ordinal));
    }

    /// <summary>Upstream: markExpansionInfeasibleOnFailure of NodeExpander.</summary>
    [Fact]
    public async Task Mount_VolumeThatFailedToGrowWhileItsClaimChangedItsMind_IsGivenUp()
    {
        await using var node = await CsiNode.StartAsync();
        node.Driver.Failing = request => request is NodeExpandVolumeRequest ? new RpcException(GrpcStatusCode.Internal, "no room") : null;
        var pod = node.PodWithClaim("a", v => v.Spec.Capacity!["storage"] = new Quantity(2L << 30));
        await node.MountAsync(pod);
        await node.MountAsync(pod);
        Assert.Single(node.Driver.Requests.OfType<NodeExpandVolumeRequest>());
        Assert.Equal("NodeResizeInProgress", (string?)node.Api.ClaimPatches.Last()["status"]!["allocatedResourceStatuses"]!["storage"]);

        node.Objects.Claims["data"].Spec.Resources.Requests = new() { ["storage"] = new Quantity(3L << 29) };
        node.Time.Advance(TimeSpan.FromMinutes(3));
        await node.MountAsync(pod);

        Assert.Equal("NodeResizeInfeasible", (string?)node.Api.ClaimPatches.Last()["status"]!["allocatedResourceStatuses"]!["storage"]);
    }

    [Theory]
    [InlineData(GrpcStatusCode.OutOfRange, "NodeResizeInfeasible", 1)]
    [InlineData(GrpcStatusCode.Unavailable, "NodeResizeInProgress", 2)]
    public async Task Mount_VolumeThatCannotGrow_SaysWhyAndTriesAgainWhereThatMayHelp(GrpcStatusCode code, string state, int tries)
    {
        await using var node = await CsiNode.StartAsync();
        node.Driver.Failing = request => request is NodeExpandVolumeRequest ? new RpcException(code, "no room") : null;
        var pod = node.PodWithClaim("a", v => v.Spec.Capacity!["storage"] = new Quantity(2L << 30));

        Assert.NotNull(await node.MountAsync(pod));
        var status = node.Api.ClaimPatches.Last()["status"]!;
        Assert.Equal(state, (string?)status["allocatedResourceStatuses"]!["storage"]);
        Assert.Equal(("NodeResizeError", "True"), ((string?)status["conditions"]![0]!["type"], (string?)status["conditions"]![0]!["status"]));
        Assert.StartsWith("failed to expand pvc with ", (string?)status["conditions"]![0]!["message"], StringComparison.Ordinal);

        node.Objects.Claims["data"].Status.AllocatedResourceStatuses = new() { ["storage"] = state };
        node.Time.Advance(TimeSpan.FromMinutes(3));
        await node.MountAsync(pod);
        Assert.Equal(tries, node.Driver.Requests.OfType<NodeExpandVolumeRequest>().Count());
    }

    [Fact]
    public async Task TearDown_DriverIsGone_KeepsTheVolumeUntilItIsBack()
    {
        await using var node = await CsiNode.StartAsync();
        await node.MountAsync(node.PodWithClaim("a"));
        await node.Drivers.DeregisterAsync(node.Plugin, default);
        var failure = await Assert.ThrowsAsync<VolumeFailure>(() => node.Volumes.RemoveAsync("uid-a", default));
        Assert.Equal($"UnmountVolume.TearDown failed for volume \"pv\" : driver name {CsiNode.DriverName} not found in the list of registered CSI drivers", failure.Message);
        await node.Drivers.RegisterAsync(node.Plugin, default);
        await node.Volumes.RemoveAsync("uid-a", default);
        Assert.Empty(node.Linux.Mounts);
    }

    [Fact]
    public async Task TearDown_AfterARestart_KnowsFromFilesWhatToUndo()
    {
        await using var node = await CsiNode.StartAsync();
        await node.MountAsync(node.PodWithClaim("a"));
        node.Restart();
        await node.Volumes.RemoveAsync("uid-a", default);
        Assert.Equal(["GetInfo", "Stage", "Publish", "Unpublish", "Unstage"], node.Driver.Calls);
        Assert.Empty(node.Linux.Mounts);
        Assert.False(Directory.Exists(node.Directory["kubelet/pods/uid-a"]));
    }

    [Fact]
    public async Task Collect_StagedVolumeOfNoPod_IsUnstaged()
    {
        await using var node = await CsiNode.StartAsync();
        await node.MountAsync(node.PodWithClaim("a"));
        node.Restart();
        await node.Volumes.CollectAsync(default);
        Assert.DoesNotContain("Unstage", node.Driver.Calls);

        // The pod's directory went some other way: the node's administrator was tidying.
        node.Linux.Unmount(node.Paths.PodMount("uid-a", "pv"));
        Directory.Delete(node.Pods.Pod("uid-a"), recursive: true);
        await node.Volumes.CollectAsync(default);
        Assert.Equal("Unstage", node.Driver.Calls.Last());
        Assert.Empty(node.Linux.Mounts);
    }

    [Fact]
    public async Task Mount_DriverThatAttaches_WaitsForItAndPassesOnWhatTheAttacherSaid()
    {
        await using var node = await CsiNode.StartAsync(d => d.AttachRequired = null);
        var name = $"kubernetes.io/csi/{CsiNode.DriverName}^disk-1";
        var mounting = node.MountAsync(node.PodWithClaim("a"));
        await Eventually.TrueAsync(() => node.Attachments.InUse.SequenceEqual([name]), "it is in use");
        Assert.DoesNotContain("Stage", node.Driver.Calls);
        node.Api.Attachments["csi-" + CsiVolume.Hash($"disk-1{CsiNode.DriverName}node")] = new() { Status = new() { Attached = true, AttachmentMetadata = new() { ["device"] = "/dev/sdz" } } };
        node.Api.Object = new() { Metadata = new() { Name = "node" }, Status = new() { VolumesInUse = [name], VolumesAttached = [new() { Name = name }] } };
        await Eventually.TrueAsync(() => mounting.IsCompleted, "it is mounted", () => node.Time.Advance(TimeSpan.FromMilliseconds(200)));
        await mounting;
        Assert.Equal("/dev/sdz", node.Driver.Last<NodeStageVolumeRequest>().PublishContext["device"]);
        Assert.Equal("/dev/sdz", node.Driver.Last<NodePublishVolumeRequest>().PublishContext["device"]);
        node.Restart();
        Assert.Equal([name], node.Attachments.InUse);
        await node.Volumes.RemoveAsync("uid-a", default);
        Assert.Empty(node.Attachments.InUse);
    }

    /// <summary>Upstream: verifyAttachmentStatus.</summary>
    [Fact]
    public async Task Mount_AttachmentThatIsBeingDeleted_IsNone()
    {
        await using var node = await CsiNode.StartAsync(d => d.AttachRequired = true);
        var name = $"kubernetes.io/csi/{CsiNode.DriverName}^disk-1";
        node.Api.Attachments["csi-" + CsiVolume.Hash($"disk-1{CsiNode.DriverName}node")] = new() { Metadata = new() { DeletionTimestamp = node.Time.GetUtcNow() }, Status = new() { Attached = true } };
        node.Api.Object = new() { Metadata = new() { Name = "node" }, Status = new() { VolumesInUse = [name], VolumesAttached = [new() { Name = name }] } };
        var mounting = node.MountAsync(node.PodWithClaim("a"));
        await Eventually.TrueAsync(() => mounting.IsCompleted, "it gave up", () => node.Time.Advance(TimeSpan.FromSeconds(1)));
        var failure = await Assert.ThrowsAsync<VolumesNotReady>(() => mounting);
        Assert.Equal("MountVolume.WaitForAttach failed for volume \"pv\" : volume attachment is being deleted", failure.Message);
        Assert.Equal(["GetInfo"], node.Driver.Calls);
    }

    /// <summary>Upstream: a kubelet that attaches by itself does not do so for CSI volumes.</summary>
    [Fact]
    public async Task Mount_NoControllerAttachesForTheNode_SaysSo()
    {
        await using var node = await CsiNode.StartAsync(d => d.AttachRequired = true);
        node.Restart(isAttachedByController: false);
        var failure = await Assert.ThrowsAsync<VolumesNotReady>(() => node.MountAsync(node.PodWithClaim("a")));
        Assert.Equal($"AttachVolume.Attach failed for volume \"pv\" : attaching CSI volumes is not supported by the kubelet: enableControllerAttachDetach has to be true for kubernetes.io/csi/{CsiNode.DriverName}^disk-1", failure.Message);
        Assert.Empty(node.Attachments.InUse);
    }

    /// <summary>Upstream: VerifyExhaustedResource; only a driver that tells its limit anew sends pods elsewhere.</summary>
    [Theory]
    [InlineData(8, 60L, true)]
    [InlineData(8, null, false)]
    [InlineData(13, 60L, false)]
    public async Task Mount_NodeThatTakesNoMore_SaysSoAndTellsItsLimitAnew(int code, long? period, bool isBeyondLimit)
    {
        await using var node = await CsiNode.StartAsync(d => (d.AttachRequired, d.NodeAllocatableUpdatePeriodSeconds) = (true, period));
        node.Api.Attachments["csi-" + CsiVolume.Hash($"disk-1{CsiNode.DriverName}node")] = new() { Status = new() { AttachError = new() { ErrorCode = code, Message = "no more" } } };
        var mounting = node.MountAsync(node.PodWithClaim("a"));
        await Eventually.TrueAsync(() => mounting.IsCompleted, "it gave up", () => node.Time.Advance(TimeSpan.FromSeconds(1)));
        var failure = await Assert.ThrowsAsync<VolumesNotReady>(() => mounting);
        Assert.Equal(("MountVolume.WaitForAttach failed for volume \"pv\" : no more", isBeyondLimit), (failure.Message, failure.IsBeyondLimit));
        await Eventually.TrueAsync(() => node.Driver.Calls.Count(c => c == "GetInfo") == (isBeyondLimit ? 2 : 1), "the driver is asked");
    }

    [Fact]
    public async Task Mount_NobodyAttaches_SaysForWhomItWaited()
    {
        await using var node = await CsiNode.StartAsync(d => d.AttachRequired = true);
        var mounting = node.MountAsync(node.PodWithClaim("a"));
        await Eventually.TrueAsync(() => mounting.IsCompleted, "it gave up", () => node.Time.Advance(TimeSpan.FromSeconds(1)));
        var failure = await Assert.ThrowsAsync<VolumesNotReady>(() => mounting);
        Assert.Equal($"MountVolume.WaitForAttach failed for volume \"pv\" : timed out waiting for external-attacher of {CsiNode.DriverName} CSI driver to attach volume disk-1", failure.Message);

        // It is in use for as long as the pod wants it.
        Assert.Single(node.Attachments.InUse);
        Directory.CreateDirectory(node.Pods.Pod("uid-a"));
        await node.Volumes.RemoveAsync("uid-a", default);
        Assert.Empty(node.Attachments.InUse);
        Assert.Equal(["GetInfo"], node.Driver.Calls);
    }
}
