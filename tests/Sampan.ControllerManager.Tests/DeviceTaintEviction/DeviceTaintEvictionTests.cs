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
        Put(tolerated is null ? null : new DeviceToleration { Operator = "Exists", Effect = tolerated, TolerationSeconds = seconds });
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

    [Fact]
    public async Task Reconcile_TaintInAnOldGenerationOfThePool_IsNotHeeded()
    {
        Put(null);
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
        await _harness.UntilAsync(() => Api.List<Event>().Exists(e => e is { Reason: "DeviceTaintManagerEviction", Message: "Cancelling deletion of Pod default/trainer" }), "the event");
        await _harness.AdvanceAsync(TimeSpan.FromMinutes(2));
        Assert.False(IsGone);
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private void Put(DeviceToleration? toleration)
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
                Allocation = new() { Devices = new() { Results = [new() { Request = "r", Driver = "d.example", Pool = "p", Device = "gpu-0", Tolerations = toleration is null ? null : [toleration] }] } },
                ReservedFor = [new() { Resource = "pods", Name = "trainer", Uid = pod.Metadata.Uid }],
            },
        });
    }

    private void PutSlice(string? effect, long generation, string name = "slice") => Api.Put(new ResourceSlice
    {
        Metadata = new() { Name = name },
        Spec = new()
        {
            Driver = "d.example",
            Pool = new() { Name = "p", Generation = generation, ResourceSliceCount = 1 },
            Devices = [new() { Name = "gpu-0", Taints = effect is null ? null : [new() { Key = "broken", Effect = effect, TimeAdded = new Time(_harness.Time.GetUtcNow()) }] }],
        },
    });
}
