using Sampan.Kubelet.Claims;
using Sampan.Kubelet.Plugins;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Stats;
using Sampan.Kubelet.Tests.Fakes;

namespace Sampan.Kubelet.Tests.Claims;

/// <summary>Claims of pods that vanished while the kubelet was down: prepared, but no worker is there to give them back.</summary>
public sealed class ClaimRemainsTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private readonly Node _node = new();
    private readonly FakeClaimDriver _driver;

    public ClaimRemainsTests() => _driver = new FakeClaimDriver(_directory["dra.sock"]);

    private IEnumerable<string> Names => _node.Services.Claims.Claims.Select(c => c.Name);

    public async ValueTask InitializeAsync()
    {
        await _driver.StartAsync(_node);
        _node.Objects.ResourceClaims["gpu-x"] = FakeClaimDriver.Claim("gpu-x", "gone", "here");
        _node.Objects.ResourceClaims["gpu-y"] = FakeClaimDriver.Claim("gpu-y", "gone");
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        await _driver.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task EndOrphans_ClaimOfAPodThatNobodyKnows_IsGivenBack()
    {
        await LeaveBehindAsync("gpu-x");

        await _node.Pods.EndOrphansAsync(default);

        Assert.Equal(["prepare gpu-x", "unprepare gpu-x"], _driver.Calls);
        Assert.Empty(Names);
    }

    [Fact]
    public async Task EndOrphans_ClaimSharedWithALivePod_IsKeptForThatPod()
    {
        await LeaveBehindAsync("gpu-x");
        await _node.RunAsync(FakeClaimDriver.Wanting("here", "gpu-x"));

        await _node.Pods.EndOrphansAsync(default);

        Assert.Equal(["prepare gpu-x"], _driver.Calls);
        Assert.Equal(["uid-here"], Assert.Single(_node.Services.Claims.Claims).Pods);
    }

    [Theory]
    [InlineData("gpu-x", "gpu-y")]
    [InlineData("gpu-y", "gpu-x")]
    public async Task EndOrphans_DriverDoesNotTakeOneBack_GivesTheOtherBackAndAsksAgain(string stuck, string other)
    {
        await LeaveBehindAsync("gpu-x");
        await LeaveBehindAsync("gpu-y");
        _driver.Stuck[stuck] = "busy";

        await _node.Pods.EndOrphansAsync(default);
        Assert.Equal([stuck], Names);
        _driver.Stuck.Clear();
        await _node.Pods.EndOrphansAsync(default);

        Assert.Empty(Names);
        Assert.Equal(2, _driver.Calls.Count(c => c == $"unprepare {stuck}"));
        Assert.Single(_driver.Calls, c => c == $"unprepare {other}");
    }

    [Fact]
    public async Task Remove_DriverThatIsNotThere_IsToldOnce()
    {
        await LeaveBehindAsync("gpu-x");
        await _node.Drivers.DeregisterAsync(_driver.Plugin, default);
        var log = new FakeLog();
        var remains = new OrphanRemains(_node.Services with { Logger = log });

        for (var round = 0; round < 3; round++) await remains.RemoveAsync(_ => false, default);
        Assert.Equal(["Could not remove what is left of claim default/gpu-x, and will go on trying: DRA driver driver.test is not registered"], log.Lines);
        await _node.Drivers.RegisterAsync(_driver.Plugin, default);
        await remains.RemoveAsync(_ => false, default);

        Assert.Empty(Names);
        Assert.Single(log.Lines);
    }

    [Fact]
    public async Task EndOrphans_NewClaimOfTheSameNameWaits_LetsItsPodStart()
    {
        await LeaveBehindAsync("gpu-x");
        _node.Objects.ResourceClaims["gpu-x"].Metadata.Uid = "uid-new";
        var pod = FakeClaimDriver.Wanting("here", "gpu-x");
        _node.Pods.Upsert(pod);
        await _node.UntilAsync(() => _node.Events.All.Any(e => e.Contains("old ResourceClaim with same name gpu-x", StringComparison.Ordinal)), "it waits");

        await _node.Pods.EndOrphansAsync(default);
        await _node.InTimeAsync(() => _node.Status(pod).Phase == "Running", "the pod runs");

        Assert.Equal("uid-new", Assert.Single(_node.Services.Claims.Claims).Uid);
    }

    [Fact]
    public async Task Retain_AfterARestart_ForgetsInTheCheckpointToo()
    {
        var checkpoint = new ClaimCheckpoint(_directory["dra_manager_state"]);
        using (var before = Manager(checkpoint))
        {
            await before.PrepareAsync(FakeClaimDriver.Wanting("gone", "gpu-x"), default);
            await before.PrepareAsync(FakeClaimDriver.Wanting("here", "gpu-x"), default);
        }

        using var after = Manager(checkpoint);
        await after.RetainAsync("uid-gpu-x", uid => uid == "uid-here", default);
        Assert.Equal(["uid-here"], Assert.Single(checkpoint.Read()).Pods);
        await after.RetainAsync("uid-gpu-x", _ => false, default);

        Assert.Empty(checkpoint.Read());
        Assert.Equal(["prepare gpu-x", "unprepare gpu-x"], _driver.Calls);
    }

    /// <summary>As a checkpoint has it whose pod is gone.</summary>
    private Task LeaveBehindAsync(string claim) => _node.Services.Claims.PrepareAsync(FakeClaimDriver.Wanting("gone", claim), default);

    private ClaimManager Manager(ClaimCheckpoint checkpoint) => new(_node.Drivers, _node.Objects, checkpoint, new ClaimMetrics(new(), TimeProvider.System));
}
