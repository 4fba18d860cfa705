using Sampan.Api.Core.V1;
using Sampan.Api.Resource.V1;
using Sampan.ControllerManager.DeviceTaintEviction;
using ResourceClaim = Sampan.Api.Resource.V1.ResourceClaim;

namespace Sampan.ControllerManager.Tests.DeviceTaintEviction;

public sealed class DeviceTaintEvictionTests : IAsyncDisposable
{
    private readonly Harness _harness = new();

    private FakeApi Api => _harness.Api;

    private bool IsGone => Api.Find<Pod>("default", "trainer") is null;

    [Theory]
    [InlineData("NoExecute", null, null, 0)]
    [InlineData("NoSchedule", null, null, -1)]
    [InlineData("NoExecute", "NoExecute", null, -1)]
    [InlineData("NoExecute", "NoSchedule", null, 0)]
    [InlineData("NoExecute", "", 30L, 30)]
    public async Task Reconcile_DeviceIsTainted_PodGoesOnceItsClaimBearsItNoLonger(string effect, string? tolerated, long? seconds, int expected)
    {
        if (tolerated is null) Put();
        else Put(new DeviceToleration { Operator = "Exists", Effect = tolerated, TolerationSeconds = seconds });
        await _harness.StartAsync(c => new DeviceTaintEvictionController(c));
        await _harness.SettleAsync();
        Assert.False(IsGone);
        PutSlice(effect, generation: 1);
        if (expected != 0)
        {
            await _harness.AdvanceAsync(TimeSpan.FromSeconds(expected < 0 ? 1000 : expected - 1));
            Assert.False(IsGone);
        }

        if (expected >= 0) await _harness.AdvanceUntilAsync(() => IsGone, "the pod goes");
    }

    /// <summary>Each as key:effect:seconds, with - for none; the taint has the key broken.</summary>
    [Theory]
    [InlineData("other:NoExecute:20 *:NoExecute:60 *:NoExecute:30", 30)]
    [InlineData("other:NoExecute:60", 0)]
    [InlineData("*:NoExecute:-", -1)]
    [InlineData("*:NoExecute:60 *:NoExecute:-", -1)]
    [InlineData("*:NoExecute:-5", 0)]
    [InlineData("*:NoExecute:9223372036854775807", -1)]
    [InlineData("broken:NoExecute:60 broken:NoSchedule:-", 60)]
    public async Task Reconcile_SeveralTolerations_TheShortestOfThoseThatFitCountsUnlessOneHasNoEnd(string tolerations, int expected)
    {
        Put([.. tolerations.Split(' ').Select(t => t.Split(':')).Select(t => new DeviceToleration
        {
            Key = t[0] == "*" ? null : t[0], Operator = "Exists", Effect = t[1], TolerationSeconds = t[2] == "-" ? null : long.Parse(t[2], System.Globalization.CultureInfo.InvariantCulture),
        })]);
        PutSlice("NoExecute", generation: 1);
        await _harness.StartAsync(c => new DeviceTaintEvictionController(c));
        if (expected != 0)
        {
            await _harness.AdvanceAsync(TimeSpan.FromSeconds(expected < 0 ? 1000 : expected - 1));
            Assert.False(IsGone);
        }

        if (expected >= 0) await _harness.AdvanceUntilAsync(() => IsGone, "the pod goes");
    }

    [Fact]
    public async Task Reconcile_TwoTaintsOneTolerated_Evicts()
    {
        Put(new DeviceToleration { Operator = "Exists", Key = "broken", Effect = "NoExecute" });
        PutSlice("NoExecute", generation: 1, taint: "broken");
        await _harness.StartAsync(c => new DeviceTaintEvictionController(c));
        await _harness.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.False(IsGone);
        PutSlice("NoExecute", generation: 1, taint: "hot");
        await _harness.AdvanceUntilAsync(() => IsGone, "the pod goes");
        Assert.Contains(Api.Requests, r => r is { Verb: ApiVerbs.Update, Subresource: "status", Resource.Resource: "pods" });
    }

    [Theory]
    [InlineData(true, "")]
    [InlineData(false, "somebody else's")]
    public async Task Reconcile_ClaimForExtendedResources_CountsIfItIsThePodsOwn(bool evicted, string owner)
    {
        var pod = Put();
        var copy = pod.DeepClone();
        copy.Spec.ResourceClaims = null;
        copy.Status.ExtendedResourceClaimStatus = new() { ResourceClaimName = "gpu", RequestMappings = [] };
        Api.Put(copy);
        var claim = Api.Find<ResourceClaim>("default", "gpu")!.DeepClone();
        claim.Metadata.OwnerReferences = [new() { ApiVersion = "v1", Kind = "Pod", Name = "trainer", Uid = pod.Metadata.Uid + owner, Controller = true }];
        Api.Put(claim);
        await _harness.StartAsync(c => new DeviceTaintEvictionController(c));
        PutSlice("NoExecute", generation: 1);
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(10));
        if (evicted) await _harness.AdvanceUntilAsync(() => IsGone, "the pod goes");
        Assert.Equal(evicted, IsGone);
    }

    [Theory]
    [InlineData("unscheduled")]
    [InlineData("not reserved")]
    [InlineData("no claim in status")]
    [InlineData("another device")]
    public async Task Reconcile_PodDoesNotUseTheDevice_Stays(string why)
    {
        var pod = Put().DeepClone();
        var claim = Api.Find<ResourceClaim>("default", "gpu")!.DeepClone();
        if (why == "unscheduled") pod.Spec.NodeName = null;
        if (why == "no claim in status") pod.Spec.ResourceClaims = [new() { Name = "gpu", ResourceClaimTemplateName = "gpu" }];
        if (why == "not reserved") claim.Status.ReservedFor = [new() { Resource = "pods", Name = "trainer", Uid = "of an older pod" }];
        if (why == "another device") claim.Status.Allocation!.Devices!.Results![0].Device = "gpu-1";
        Api.Put(pod);
        Api.Put(claim);
        PutSlice("NoExecute", generation: 1);
        await _harness.StartAsync(c => new DeviceTaintEvictionController(c));
        await _harness.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.False(IsGone);
        if (why != "unscheduled") return;
        pod.Spec.NodeName = "n";
        Api.Put(pod);
        await _harness.AdvanceUntilAsync(() => IsGone, "the pod goes once it has a node");
    }

    [Fact]
    public async Task Reconcile_NewGenerationOfThePoolWithoutTheTaint_CallsItOff()
    {
        Put(new DeviceToleration { Operator = "Exists", Effect = "NoExecute", TolerationSeconds = 60 });
        PutSlice("NoExecute", generation: 1);
        await _harness.StartAsync(c => new DeviceTaintEvictionController(c));
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(30));
        PutSlice(null, generation: 2, "newer");
        await _harness.UntilAsync(() => Api.List<Event>().Exists(e => e is { Reason: "DeviceTaintManagerEviction", Message: "Cancelling deletion" }), "the event");
        await _harness.AdvanceAsync(TimeSpan.FromMinutes(2));
        Assert.False(IsGone);
    }

    [Fact]
    public async Task Reconcile_Evicts_SaysSoOnThePodFirst()
    {
        var pod = Put();
        PutSlice("NoExecute", generation: 1);
        await _harness.StartAsync(c => new DeviceTaintEvictionController(c));
        await _harness.AdvanceUntilAsync(() => IsGone, "the pod goes");
        await _harness.AdvanceUntilAsync(() => Api.List<Event>().Exists(e => e is { Reason: "DeviceTaintManagerEviction", Message: "Marking for deletion", Type: "Normal" } && e.InvolvedObject.Uid == pod.Metadata.Uid), "the event");
        Assert.Contains("device_taint_eviction_controller_pod_deletions_total 1", _harness.Context.Metrics.Render(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reconcile_TaintInAnOldGenerationOfThePool_IsNotHeeded()
    {
        Put();
        PutSlice(null, generation: 2, "newer");
        await _harness.StartAsync(c => new DeviceTaintEvictionController(c));
        PutSlice("NoExecute", generation: 1);
        await _harness.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.False(IsGone);
        PutSlice("NoExecute", generation: 2);
        await _harness.AdvanceUntilAsync(() => IsGone, "the pod goes");
    }

    [Fact]
    public async Task Reconcile_TaintGoesInTime_CallsItOff()
    {
        Put(new DeviceToleration { Operator = "Exists", Effect = "NoExecute", TolerationSeconds = 60 });
        PutSlice("NoExecute", generation: 1);
        await _harness.StartAsync(c => new DeviceTaintEvictionController(c));
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(30));
        PutSlice(null, generation: 1);
        await _harness.UntilAsync(() => Api.List<Event>().Exists(e => e is { Reason: "DeviceTaintManagerEviction", Message: "Cancelling deletion" }), "the event");
        await _harness.AdvanceAsync(TimeSpan.FromMinutes(2));
        Assert.False(IsGone);
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private Pod Put(params List<DeviceToleration> tolerations)
    {
        var pod = Api.Put(new Pod
        {
            Metadata = new() { Namespace = "default", Name = "trainer" },
            Spec = new() { NodeName = "n", ResourceClaims = [new() { Name = "gpu", ResourceClaimName = "gpu" }] },
            Status = new() { Phase = "Running" },
        });
        Api.Put(new ResourceClaim
        {
            Metadata = new() { Namespace = "default", Name = "gpu" },
            Status = new()
            {
                Allocation = new() { Devices = new() { Results = [new() { Request = "r", Driver = "d.example", Pool = "p", Device = "gpu-0", Tolerations = tolerations }] } },
                ReservedFor = [new() { Resource = "pods", Name = "trainer", Uid = pod.Metadata.Uid }],
            },
        });
        return pod;
    }

    private void PutSlice(string? effect, long generation, string name = "slice", string taint = "broken") => Api.Put(new ResourceSlice
    {
        Metadata = new() { Name = name },
        Spec = new()
        {
            Driver = "d.example",
            Pool = new() { Name = "p", Generation = generation, ResourceSliceCount = 1 },
            Devices = [new() { Name = "gpu-0", Taints = effect is null ? null : [new() { Key = taint, Effect = effect, TimeAdded = new Time(_harness.Time.GetUtcNow()) }] }],
        },
    });
}
