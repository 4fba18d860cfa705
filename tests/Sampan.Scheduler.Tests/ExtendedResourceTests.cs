using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Api.Resource.V1;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Configuration;
using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Plugins.Devices;
using ResourceClaim = Sampan.Api.Resource.V1.ResourceClaim;

namespace Sampan.Scheduler.Tests;

/// <summary>Extended resources that device classes stand for.</summary>
public sealed class ExtendedResourceTests
{
    private const string Gpu = "example.com/gpu";

    [Fact]
    public void Requests_InitContainersBeforeOthers_UseTheirDevicesAndShareTheRest()
    {
        var pod = Pod(("main", 2), ("side", 1));
        pod.Spec.InitContainers = [Container("small", 1), Container("large", 5), Container("proxy", 1), Container("middle", 4)];
        pod.Spec.InitContainers[2].RestartPolicy = "Always";

        var wanted = ExtendedResourceRequests.Of(pod, [Gpu], ExtendedResources.Of(Cluster().Objects));

        Assert.Equal(
            ["container-1-request-0 1", "container-2-request-0 1", "container-4-request-0 2", "container-5-request-0 1"],
            wanted.Requests.Select(request => $"{request.Name} {request.Exactly!.Count}"));
        Assert.Equal(
            [
                "proxy container-2-request-0", "main container-4-request-0", "side container-5-request-0",
                "small container-2-request-0",
                "large container-2-request-0", "large container-4-request-0", "large container-5-request-0", "large container-1-request-0",
                "middle container-4-request-0", "middle container-5-request-0", "middle container-1-request-0",
            ],
            wanted.Mappings.Select(mapping => $"{mapping.ContainerName} {mapping.RequestName}"));
    }

    [Fact]
    public void ClassOf_SeveralOfOneName_TakesTheNewest()
    {
        var cluster = Cluster();
        Add(cluster, Class("later", DateTimeOffset.UnixEpoch.AddDays(2)));
        Add(cluster, Class("also-later", DateTimeOffset.UnixEpoch.AddDays(2)));

        Assert.Equal("also-later", ExtendedResources.Of(cluster.Objects).ClassOf(Gpu)!.Metadata.Name);
        Assert.Equal("later", ExtendedResources.Of(cluster.Objects).ClassOf("deviceclass.resource.kubernetes.io/later")!.Metadata.Name);
        Assert.Null(ExtendedResources.Of(cluster.Objects).ClassOf("deviceclass.resource.kubernetes.io/unknown"));
    }

    [Fact]
    public void Reserve_PodWithAnExtendedResource_TakesTheDeviceUntilItIsGivenBack()
    {
        var cluster = Cluster();
        var plugin = new DynamicResources();
        var (first, second) = (new PodInfo(Make.Pod("first", with: pod => pod.Spec = Pod(("main", 1)).Spec)), new PodInfo(Make.Pod("second", with: pod => pod.Spec = Pod(("main", 1)).Spec)));

        var state = Filtered(plugin, first, cluster, expected: true);
        Assert.True(plugin.Reserve(state, first, "n").IsSuccess);
        Filtered(plugin, second, cluster, expected: false);
        plugin.Unreserve(state, first, "n");
        Filtered(plugin, second, cluster, expected: true);
    }

    [Fact]
    public void Claim_PromisedAndWritten_CountsOnceItIsWritten()
    {
        var cluster = Cluster();
        var pod = new PodInfo(Make.Pod("first", with: p => p.Spec = Pod(("main", 1)).Spec));
        var plugin = new DynamicResources();
        var state = Filtered(plugin, pod, cluster, expected: true);
        plugin.Reserve(state, pod, "n");
        var allocated = state.Read<AllocatedClaims>()!;

        var written = allocated.Extended!.Claim.DeepClone();
        (written.Metadata.Name, written.Metadata.ResourceVersion) = ("first-extended-resources-abcde", "9");
        Add(cluster, written);
        allocated.ForgetPromise(cluster.Objects);

        Assert.True(DeviceLedger.Of(cluster.Objects).IsTaken(new DeviceId("gpu.example.com", "n", "g0")));
        cluster.Objects.Of<ResourceClaim>().Set(written, null);
        Assert.False(DeviceLedger.Of(cluster.Objects).IsTaken(new DeviceId("gpu.example.com", "n", "g0")));
    }

    [Fact]
    public void Filter_ClassAppears_KnownNodesAreAskedAgain()
    {
        var cluster = Cluster();
        cluster.Objects.Of<DeviceClass>().Set(Class("gpu", DateTimeOffset.UnixEpoch), null);
        var profile = Profile.Default() with { PercentageOfNodesToScore = 100 };
        var cycle = new Sampan.Scheduler.Cycle.SchedulingCycle(profile, cluster, new Random(1));
        var pod = new PodInfo(Make.Pod("p", with: p => p.Spec = Pod(("main", 1)).Spec));

        Assert.Equal("0/1 nodes are available: 1 Insufficient example.com/gpu. no new claims to deallocate, preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.", cycle.Run(pod).Diagnosis.ToString());
        Add(cluster, Class("gpu", DateTimeOffset.UnixEpoch));
        Assert.Equal("n", cycle.Run(pod).Node);
    }

    [Fact]
    public void Filter_SearchTakesTooLong_IsGivenUp()
    {
        var cluster = Cluster(devices: 24);
        // Twice twelve devices: every combination of twelve is tried before it shows that there is no thirteenth.
        var claim = new ResourceClaim
        {
            Metadata = new ObjectMeta { Name = "c", Namespace = "default", Uid = "uid-c" },
            Spec = new ResourceClaimSpec
            {
                Devices = new DeviceClaim
                {
                    Requests = [new DeviceRequest { Name = "r", Exactly = new ExactDeviceRequest { DeviceClassName = "gpu", AllocationMode = "ExactCount", Count = 13 } }],
                    Constraints = [new DeviceConstraint { MatchAttribute = "gpu.example.com/half" }],
                },
            },
        };
        Add(cluster, claim);
        var pod = new PodInfo(Make.Pod("p", with: p => p.Spec.ResourceClaims = [new PodResourceClaim { Name = "c", ResourceClaimName = "c" }]));
        var plugin = new DynamicResources(new DynamicResourcesArgs { FilterTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(5)) }, new FastClock());

        var state = new CycleState(cluster, new TypeSlots());
        Assert.True(plugin.PreFilter(state, pod, cluster).Status.IsSuccess);
        var status = plugin.Filter(state, pod, cluster.Find("n")!);

        Assert.Equal((Code.UnschedulableAndUnresolvable, "timed out trying to allocate devices"), (status.Code, status.Message));
    }

    private static CycleState Filtered(DynamicResources plugin, PodInfo pod, SchedulerCache cluster, bool expected)
    {
        var state = new CycleState(cluster, new TypeSlots());
        Assert.True(plugin.PreFilter(state, pod, cluster).Status.IsSuccess);
        Assert.Equal(expected, plugin.Filter(state, pod, cluster.Find("n")!).IsSuccess);
        return state;
    }

    private static SchedulerCache Cluster(int devices = 1)
    {
        var cluster = new SchedulerCache();
        cluster.SetNode(Make.Node("n"));
        Add(cluster, Class("gpu", DateTimeOffset.UnixEpoch));
        Add(cluster, new ResourceSlice
        {
            Metadata = new ObjectMeta { Name = "n-gpus" },
            Spec = new ResourceSliceSpec
            {
                Driver = "gpu.example.com",
                NodeName = "n",
                Pool = new ResourcePool { Name = "n", Generation = 1, ResourceSliceCount = 1 },
                Devices = [.. Enumerable.Range(0, devices).Select(i => new Device { Name = $"g{i}", Attributes = new() { ["half"] = new DeviceAttribute { Int = i % 2 } } })],
            },
        });
        return cluster;
    }

    private static void Add<T>(SchedulerCache cluster, T obj) where T : class, IObject<T> => cluster.Objects.Of<T>().Set(null, obj);

    private static DeviceClass Class(string name, DateTimeOffset created) => new()
    {
        Metadata = new ObjectMeta { Name = name, CreationTimestamp = new Time(created) },
        Spec = new DeviceClassSpec { ExtendedResourceName = Gpu },
    };

    private static Pod Pod(params (string Name, int Gpus)[] containers) => new() { Spec = new PodSpec { Containers = [.. containers.Select(c => Container(c.Name, c.Gpus))] } };

    private static Container Container(string name, int gpus) =>
        new() { Name = name, Resources = new ResourceRequirements { Requests = new() { [Gpu] = new Quantity(gpus), ["memory"] = new Quantity(1) } } };

    /// <summary>A second passes with each look.</summary>
    private sealed class FastClock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => ++_now;
    }
}
