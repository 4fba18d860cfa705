using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Api.Resource.V1;
using Sampan.Api.Storage.V1;
using Sampan.Client;
using Sampan.Testing;
using ResourceClaim = Sampan.Api.Resource.V1.ResourceClaim;

namespace Sampan.Integration.Tests.Scheduling;

/// <summary>What the scheduler writes besides the pod's node.</summary>
public sealed class VolumeAndDeviceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pod_WithAClaimThatWaitsForIt_ReservesAVolumeOfItsNodeFirst()
    {
        await using var cluster = await StartAsync();
        await cluster.Client.CreateAsync(new StorageClass { Metadata = new ObjectMeta { Name = "local" }, Provisioner = "kubernetes.io/no-provisioner", VolumeBindingMode = "WaitForFirstConsumer" }, Ct);
        await cluster.Client.CreateAsync(Volume("node-2"), Ct);
        await PhaseAsync(cluster);
        await cluster.Client.CreateAsync(Claim(), Ct);
        await cluster.Client.CreateAsync(Pod(spec => spec.Volumes = [new Volume { Name = "data", PersistentVolumeClaim = new PersistentVolumeClaimVolumeSource { ClaimName = "data" } }]), Ct);

        var volume = await cluster.WaitAsync<PersistentVolume>(null, "disk", v => v?.Spec.ClaimRef?.Name == "data", Ct);
        Assert.Equal("yes", volume!.Metadata.Annotations!["pv.kubernetes.io/bound-by-controller"]);
        Assert.Null((await cluster.Client.Of<Pod>().GetAsync("default", "user", Ct)).Spec.NodeName);

        var bound = new JsonObject
        {
            ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { ["pv.kubernetes.io/bind-completed"] = "yes" } },
            ["spec"] = new JsonObject { ["volumeName"] = "disk" },
        };
        await cluster.Client.Of<PersistentVolumeClaim>().PatchAsync("default", "data", Patch.Merge(bound), Ct);
        await cluster.WaitAsync<Pod>("default", "user", pod => pod?.Spec.NodeName == "node-2", Ct);
    }

    [Fact]
    public async Task Pod_WithAResourceClaim_GetsADeviceAndKeepsOthersOut()
    {
        await using var cluster = await StartAsync();
        await AddDeviceAsync(cluster);
        await cluster.Client.CreateAsync(DeviceClaim("first"), Ct);
        await cluster.Client.CreateAsync(DeviceClaim("second"), Ct);

        var pod = await cluster.Client.CreateAsync(Pod(spec => spec.ResourceClaims = [new PodResourceClaim { Name = "gpu", ResourceClaimName = "first" }]), Ct);

        await cluster.WaitAsync<Pod>("default", "user", p => p?.Spec.NodeName == "node-2", Ct);
        var claim = await cluster.Client.Of<ResourceClaim>().GetAsync("default", "first", Ct);
        Assert.Equal("gpu-0", Assert.Single(claim.Status.Allocation!.Devices.Results!).Device);
        Assert.Equal(pod.Metadata.Uid, Assert.Single(claim.Status.ReservedFor!).Uid);
        Assert.Contains("resource.kubernetes.io/delete-protection", claim.Metadata.Finalizers!);

        var other = Pod(spec => spec.ResourceClaims = [new PodResourceClaim { Name = "gpu", ResourceClaimName = "second" }]);
        other.Metadata.Name = "late";
        Assert.StartsWith("0/2 nodes are available: 2 cannot allocate all claims. still not schedulable, preemption: ", await SchedulingPods.RefusalAsync(cluster, other, Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pod_WhoseClaimIsNotThere_WaitsWithoutAWordUntilItIs()
    {
        await using var cluster = await StartAsync();
        await AddDeviceAsync(cluster);
        await cluster.Client.CreateAsync(Pod(spec => spec.ResourceClaims = [new PodResourceClaim { Name = "gpu", ResourceClaimTemplateName = "gpus" }]), Ct);
        var next = Pod(_ => { });
        next.Metadata.Name = "next";
        await cluster.Client.CreateAsync(next, Ct);
        await cluster.WaitAsync<Pod>("default", "next", pod => !string.IsNullOrEmpty(pod?.Spec.NodeName), Ct);
        var waiting = await cluster.Client.Of<Pod>().GetAsync("default", "user", Ct);
        Assert.Null(SchedulingPods.ConditionOf(waiting, "PodScheduled"));

        var claim = DeviceClaim("user-gpu");
        claim.Metadata.OwnerReferences = [new OwnerReference { ApiVersion = "v1", Kind = "Pod", Name = "user", Uid = waiting.Metadata.Uid!, Controller = true }];
        await cluster.Client.CreateAsync(claim, Ct);
        var made = new JsonObject { ["status"] = new JsonObject { ["resourceClaimStatuses"] = new JsonArray(new JsonObject { ["name"] = "gpu", ["resourceClaimName"] = "user-gpu" }) } };
        await cluster.Client.Of<Pod>().PatchAsync("default", "user", Patch.StrategicMerge(made), "status", Ct);
        await cluster.WaitAsync<Pod>("default", "user", pod => pod?.Spec.NodeName == "node-2", Ct);
    }

    [Fact]
    public async Task Pod_WithAnExtendedResourceThatAClassStandsFor_GetsAClaimOfItsOwn()
    {
        await using var cluster = await StartAsync();
        await AddDeviceAsync(cluster, extendedResource: "example.com/gpu");
        var one = new ResourceRequirements { Requests = new() { ["example.com/gpu"] = new Quantity(1) }, Limits = new() { ["example.com/gpu"] = new Quantity(1) } };

        await cluster.Client.CreateAsync(Pod(spec => spec.Containers[0].Resources = one), Ct);

        var pod = await cluster.WaitAsync<Pod>("default", "user", p => p?.Spec.NodeName == "node-2", Ct);
        var status = pod!.Status.ExtendedResourceClaimStatus!;
        var mapping = Assert.Single(status.RequestMappings);
        Assert.Equal((pod.Spec.Containers[0].Name, "example.com/gpu", "container-0-request-0"), (mapping.ContainerName, mapping.ResourceName, mapping.RequestName));
        var claim = await cluster.Client.Of<ResourceClaim>().GetAsync("default", status.ResourceClaimName, Ct);
        Assert.StartsWith("user-extended-resources-", claim.Metadata.Name, StringComparison.Ordinal);
        Assert.Equal("true", claim.Metadata.Annotations!["resource.kubernetes.io/extended-resource-claim"]);
        Assert.Equal(pod.Metadata.Uid, Assert.Single(claim.Metadata.OwnerReferences!).Uid);
        Assert.Equal(("container-0-request-0", "gpu-0"), (claim.Status.Allocation!.Devices.Results![0].Request, claim.Status.Allocation.Devices.Results[0].Device));
        Assert.Equal(pod.Metadata.Uid, Assert.Single(claim.Status.ReservedFor!).Uid);

        var other = Pod(spec => spec.Containers[0].Resources = one);
        other.Metadata.Name = "late";
        Assert.StartsWith("0/2 nodes are available: 2 cannot allocate all claims. still not schedulable, preemption: ", await SchedulingPods.RefusalAsync(cluster, other, Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pod_WhoseDeviceHasToBePrepared_IsBoundWhenTheDriverSaysSo()
    {
        await using var cluster = await StartAsync();
        var selector = new DeviceSelector { Cel = new CELDeviceSelector { Expression = """device.attributes["nic.example.com"].speed >= 100""" } };
        await cluster.Client.CreateAsync(new DeviceClass { Metadata = new ObjectMeta { Name = "gpu" }, Spec = new DeviceClassSpec { Selectors = [selector] } }, Ct);
        await cluster.Client.CreateAsync(new ResourceSlice
        {
            Metadata = new ObjectMeta { Name = "fabric" },
            Spec = new ResourceSliceSpec
            {
                Driver = "nic.example.com",
                AllNodes = true,
                Pool = new ResourcePool { Name = "fabric", Generation = 1, ResourceSliceCount = 1 },
                Devices =
                [
                    new Device { Name = "slow", Attributes = new() { ["speed"] = new DeviceAttribute { Int = 10 } } },
                    new Device { Name = "fast", Attributes = new() { ["speed"] = new DeviceAttribute { Int = 400 } }, BindsToNode = true, BindingConditions = ["attached"], BindingFailureConditions = ["broken"] },
                ],
            },
        }, Ct);
        await cluster.Client.CreateAsync(DeviceClaim("first"), Ct);
        await cluster.Client.CreateAsync(Pod(spec => spec.ResourceClaims = [new PodResourceClaim { Name = "nic", ResourceClaimName = "first" }]), Ct);

        var claim = (await cluster.WaitAsync<ResourceClaim>("default", "first", c => c?.Status.Allocation is not null, Ct))!.DeepClone();
        Assert.Equal("fast", Assert.Single(claim.Status.Allocation!.Devices.Results!).Device);
        var waiting = await cluster.Client.Of<Pod>().GetAsync("default", "user", Ct);
        Assert.Null(waiting.Spec.NodeName);

        claim.Status.Devices = [new AllocatedDeviceStatus { Driver = "nic.example.com", Pool = "fabric", Device = "fast", Conditions = [new Condition { Type = "attached", Status = "True", Reason = "Done", LastTransitionTime = new Time(DateTimeOffset.UnixEpoch) }] }];
        await cluster.Client.Of<ResourceClaim>().UpdateStatusAsync(claim, Ct);
        var pod = await cluster.WaitAsync<Pod>("default", "user", p => !string.IsNullOrEmpty(p?.Spec.NodeName), Ct);
        Assert.Equal([pod!.Spec.NodeName!], claim.Status.Allocation.NodeSelector!.NodeSelectorTerms[0].MatchFields![0].Values!);
        Assert.Equal((pod.Spec.NodeName, null), (waiting.Status.NominatedNodeName, pod.Status.NominatedNodeName));
    }

    // Without controllers: the test itself does what they would.
    private static async Task<TestCluster> StartAsync()
    {
        var cluster = await TestCluster.StartAsync(new TestClusterOptions { Nodes = 2, Controllers = false }, Ct);
        await cluster.Client.CreateAsync(new ServiceAccount { Metadata = new ObjectMeta { Namespace = "default", Name = "default" } }, Ct);
        return cluster;
    }

    // A class of devices, and one device of it on the second node.
    private static async Task AddDeviceAsync(TestCluster cluster, string? extendedResource = null)
    {
        await cluster.Client.CreateAsync(new DeviceClass { Metadata = new ObjectMeta { Name = "gpu" }, Spec = new DeviceClassSpec { ExtendedResourceName = extendedResource } }, Ct);
        await cluster.Client.CreateAsync(new ResourceSlice
        {
            Metadata = new ObjectMeta { Name = "node-2-gpus" },
            Spec = new ResourceSliceSpec { Driver = "gpu.example.com", NodeName = "node-2", Pool = new ResourcePool { Name = "node-2", Generation = 1, ResourceSliceCount = 1 }, Devices = [new Device { Name = "gpu-0" }] },
        }, Ct);
    }

    private static Pod Pod(Action<PodSpec> with) => SchedulingPods.Pod("user", 0, with: pod =>
    {
        with(pod.Spec);
        pod.Spec.Tolerations = [new Toleration { Operator = "Exists" }];
    });

    private static PersistentVolume Volume(string node) => new()
    {
        Metadata = new ObjectMeta { Name = "disk" },
        Spec = new PersistentVolumeSpec
        {
            Capacity = new() { ["storage"] = Quantity.Parse("1Gi") },
            AccessModes = ["ReadWriteOnce"],
            StorageClassName = "local",
            PersistentVolumeReclaimPolicy = "Retain",
            Local = new LocalVolumeSource { Path = "/disk" },
            NodeAffinity = new VolumeNodeAffinity
            {
                Required = new NodeSelector
                {
                    NodeSelectorTerms = [new NodeSelectorTerm { MatchExpressions = [new NodeSelectorRequirement { Key = "kubernetes.io/hostname", Operator = "In", Values = [node] }] }],
                },
            },
        },
    };

    private static Task PhaseAsync(TestCluster cluster) => cluster.Client.Of<PersistentVolume>().PatchAsync(
        null, "disk", Patch.Merge(new JsonObject { ["status"] = new JsonObject { ["phase"] = "Available" } }), "status", Ct);

    private static PersistentVolumeClaim Claim() => new()
    {
        Metadata = new ObjectMeta { Namespace = "default", Name = "data" },
        Spec = new PersistentVolumeClaimSpec
        {
            AccessModes = ["ReadWriteOnce"],
            StorageClassName = "local",
            Resources = new VolumeResourceRequirements { Requests = new() { ["storage"] = Quantity.Parse("1Gi") } },
        },
    };

    private static ResourceClaim DeviceClaim(string name) => new()
    {
        Metadata = new ObjectMeta { Namespace = "default", Name = name },
        Spec = new ResourceClaimSpec
        {
            Devices = new DeviceClaim { Requests = [new DeviceRequest { Name = "gpu", Exactly = new ExactDeviceRequest { DeviceClassName = "gpu", AllocationMode = "ExactCount", Count = 1 } }] },
        },
    };
}
