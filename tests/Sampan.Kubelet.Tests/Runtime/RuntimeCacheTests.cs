using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Runtime;
using Sampan.Kubelet.Runtime.Simulated;
using Sampan.Kubelet.Tests.Fakes;

namespace Sampan.Kubelet.Tests.Runtime;

public sealed class RuntimeCacheTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Run_ContainerEnds_IsKnownByItsEventWithoutPolling()
    {
        using var runtime = new SimulatedRuntime(_time);
        var (cache, id) = await StartAsync(runtime);
        using var stop = new CancellationTokenSource();
        var running = cache.RunAsync(stop.Token);

        runtime.Exit(id, 1);
        await Eventually.TrueAsync(() => cache.Get("uid").Find(id)?.State == Cri.ContainerState.ContainerExited, "seen", () => _time.Advance(TimeSpan.FromMilliseconds(10)));

        await stop.CancelAsync();
        await running;
        Assert.True(_time.GetUtcNow() - new FakeTimeProvider().GetUtcNow() < TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Relist_NothingChanged_RaisesNothing()
    {
        using var runtime = new SimulatedRuntime(_time);
        var (cache, id) = await StartAsync(runtime);
        var raised = 0;
        cache.Changed += _ => raised++;

        await cache.RelistAsync(default);
        Assert.Equal(0, raised);
        runtime.Exit(id, 0);
        await cache.RelistAsync(default);

        Assert.Equal(1, raised);
    }

    [Fact]
    public async Task Relist_PodIsGone_IsForgotten()
    {
        using var runtime = new SimulatedRuntime(_time);
        var (cache, _) = await StartAsync(runtime);

        await runtime.RemovePodSandboxAsync(cache.Get("uid").Sandboxes[0].Id, default);
        await cache.RelistAsync(default);

        Assert.Empty(cache.All);
    }

    /// <summary>Upstream: TestRelistWithCache and TestRelistWithReinspection.</summary>
    [Fact]
    public async Task Relist_OnePodCannotBeLookedAt_OthersAreSeenAndItIsAskedAgain()
    {
        using var runtime = new SimulatedRuntime(_time);
        var (cache, id) = await StartAsync(runtime);
        var other = await PutAsync(runtime, "other");
        runtime.Fault = (method, pod) => method == "ContainerStatus" && pod == id ? new RpcException(GrpcStatusCode.Unknown, "inspection error") : null;
        runtime.Exit(id, 1);

        await cache.RelistAsync(default);

        Assert.NotNull(cache.Get("other").Find(other));
        Assert.Equal(Cri.ContainerState.ContainerRunning, cache.Get("uid").Find(id)!.State);
        Assert.Equal("inspection error", Assert.Throws<RpcException>(() => cache.EnsureReadable("uid")).Detail);
        cache.EnsureReadable("other");

        var changed = new List<string>();
        cache.Changed += changed.Add;
        runtime.Fault = (_, _) => null;
        await cache.RelistAsync(default);

        cache.EnsureReadable("uid");
        Assert.Equal(Cri.ContainerState.ContainerExited, cache.Get("uid").Find(id)!.State);
        Assert.Equal(["uid"], changed);
    }

    private async Task<(RuntimeCache Cache, string ContainerId)> StartAsync(SimulatedRuntime runtime)
    {
        var id = await PutAsync(runtime, "uid");
        var cache = new RuntimeCache(runtime, _time, NullLogger.Instance);
        await cache.RelistAsync(default);
        return (cache, id);
    }

    private static async Task<string> PutAsync(SimulatedRuntime runtime, string uid)
    {
        var labels = new Dictionary<string, string> { [RuntimeLabels.PodUid] = uid, [RuntimeLabels.PodName] = "a" };
        var sandbox = await runtime.RunPodSandboxAsync(new() { Metadata = new() { Name = "a", Uid = uid }, Labels = { labels } }, "", default);
        var id = await runtime.CreateContainerAsync(sandbox, new() { Metadata = new() { Name = "web" }, Image = new() { Image = "x" }, Labels = { labels } }, new(), default);
        await runtime.StartContainerAsync(id, default);
        return id;
    }
}
